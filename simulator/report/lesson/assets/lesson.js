// A lesson: nothing is shown before a guess is written; then things that were simulated are counted, one by one and then many.
const DATA = JSON.parse(byId("data").textContent);
const { said: SAID } = DATA;
const announce = (words) => {
  byId("announced").textContent = words;
};

// What stands behind a button is hidden by this script alone: without it everything is read at once.
for (const button of document.querySelectorAll("button.shows")) {
  const behind = byId(button.dataset.shows);
  behind.hidden = true;
  button.addEventListener("click", () => {
    behind.hidden = !behind.hidden;
    button.setAttribute("aria-expanded", String(!behind.hidden));
    // the tree comes before the answer, and the answer before the next question
    if (button.classList.contains("then")) ended(button.closest(".round"));
  });
}

// Alerts one sign each, in the order in which they came: the wrong ones are filled.
const ACROSS = { desk: 50, phone: 25 };
function alerts_drawn(counts, [wrong_, right]) {
  const drawn = (across, kind) => {
    const cells = counts.map(
      ([wrong], i) =>
        `<g transform="translate(${(i % across) * CELL} ${Math.floor(i / across) * CELL})">${wrong ? sign("diamond", "dark") : sign("circle", "ring")}</g>`,
    );
    const high = Math.max(1, Math.ceil(counts.length / across)) * CELL;
    return `<div class="on-${kind}"><svg class="icons" viewBox="0 0 ${across * CELL} ${high}" width="${across * CELL}" height="${high}" aria-hidden="true">${cells.join("")}</svg></div>`;
  };
  return `<p class="note">${legend("diamond", "dark")} ${esc(wrong_)} ${legend("circle", "ring")} ${esc(right)}</p>${drawn(ACROSS.desk, "desk")}${drawn(ACROSS.phone, "phone")}`;
}

// Counts as dots: one dot a trial, in rows by what it had of the column that the question is about.
function dots_drawn(counts, { columns, many }, key, name) {
  const values = counts.map((row) => row[key]),
    high = Math.max(...values),
    least = Math.min(...values),
    // a row of its own for none, where there are few
    low = least <= 3 ? 0 : least;
  const wide = Math.ceil((high - low + 1) / 14),
    rows = [];
  for (let from = low; from <= high; from += wide) {
    const to = from + wide - 1,
      count = values.filter((value) => from <= value && value <= to).length;
    const dots = count
      ? array_of([{ count, shape: "circle", look: "dark" }], Math.min(25, count), `${name}-${key}-${from}`, "")
      : "";
    rows.push(
      `<tr><th scope="row">${to > from ? `${whole(from)}–${whole(to)}` : whole(from)}</th><td>${dots}</td><td class="n">${count}</td></tr>`,
    );
  }
  return `<table class="dots"><thead><tr><th scope="col">${esc(columns[key])}</th><th scope="col">${esc(many)}</th><th scope="col" class="n">${esc(SAID.how_many)}</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function counter(place, name) {
  const trials = DATA.trials[name],
    all = trials.counts.length;
  let counted = 0;
  place.innerHTML = `<h3>${esc(trials.title)}</h3><p class="buttons">${["one", "ten", "all", "again"].map((step) => `<button type="button" data-step="${step}">${esc(filled(SAID[step], { all: whole(all) }))}</button>`).join(" ")}</p><p class="so-far"></p><div class="table"></div><div class="drawn-counts"></div>`;
  const show = () => {
    const seen = trials.counts.slice(0, counted),
      last = seen.at(-1);
    const rows = trials.columns.map((column, i) => {
      const together = seen.reduce((sum_, row) => sum_ + row[i], 0);
      return trials.signs
        ? [column, whole(together)]
        : [column, last ? whole(last[i]) : "", counted ? number(together / counted) : ""];
    });
    const heads = trials.signs ? [SAID.column, SAID.together] : [SAID.column, SAID.last, SAID.average];
    const so_far = filled(SAID.so_far, { counted: whole(counted), all: `${whole(all)} ${trials.many}` });
    place.querySelector(".so-far").textContent = so_far;
    place.querySelector(".table").innerHTML = table_of(trials.title, heads, rows);
    place.querySelector(".drawn-counts").innerHTML = counted
      ? trials.signs
        ? alerts_drawn(seen, trials.columns)
        : trials.keys.map((key) => dots_drawn(seen, trials, key, name)).join("")
      : "";
    for (const step of ["one", "ten", "all"]) place.querySelector(`[data-step=${step}]`).disabled = counted === all;
    if (counted) announce(`${so_far}. ${rows.map(([column, ...cells]) => `${column}: ${cells.at(-1)}`).join(", ")}`);
  };
  for (const button of place.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      const by = { one: 1, ten: 10, all, again: -all }[button.dataset.step];
      counted = Math.min(Math.max(counted + by, 0), all);
      show();
    });
  }
  show();
}

function ended(section) {
  section.querySelector(".gap").hidden = false;
  later(ROUNDS.indexOf(section))[0].hidden = false;
}

const ROUNDS = [...document.querySelectorAll(".round")];
const later = (round) => [...ROUNDS.slice(round + 1), document.querySelector(".ends")];
ROUNDS.forEach((section, i) => {
  const opened = section.querySelector(".opened");
  opened.hidden = true;
  section.querySelector(".gap").hidden = true;
  if (i) section.hidden = true;
  for (const place of section.querySelectorAll(".trials")) counter(place, place.dataset.of);
  section.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const box = byId(`guess-${i}`),
      guess = box.valueAsNumber;
    const right = Number.isFinite(guess) && guess >= 0 && !(box.max !== "" && guess > Number(box.max));
    byId(`fault-${i}`).textContent = right ? "" : filled(box.max === "" ? SAID.guess_fault : SAID.guess_most, { most: box.max });
    if (!right) return;
    byId(`guessed-${i}`).textContent = filled(SAID.guessed, {
      guess: number(guess),
      unit: box.labels[0].textContent.trim(),
    });
    box.readOnly = true;
    section.querySelector(".guess button").disabled = true;
    section.querySelector(".first").hidden = true;
    opened.hidden = false;
    opened.querySelector("button").focus();
  });
});
document.querySelector(".ends").hidden = true;
document.body.dataset.ready = "yes";

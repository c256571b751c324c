// The answer: how often the wrong person would be stopped, out of how many of what, who else is stopped, found and missed.
const ALIKE = 2;

// By the error rates of the source chosen, and both where they differ by so much that neither is quoted without the other.
function headline(state) {
  const { data, setting, numbers } = state,
    begin = extrapolated(data, setting) ? "Extrapolated: in this simulation" : "In this simulation";
  const it = numbers[setting.source],
    like = data.unit === "campaign" ? " like this one" : "";
  if (!(it.wrongful_stops > 0)) {
    const nobody = setting.teams === 0 || setting.operators === 0;
    const why = nobody
      ? "never be stopped, nor anybody else: with these settings no officer comes"
      : "be stopped in none of the simulated";
    return {
      first: nobody ? `${begin} the wrong person would ${why}` : `${begin} the wrong person would ${why} ${data.unit}s`,
      second: nobody ? "" : "That is no evidence of zero.",
    };
  }
  const range = (of) => (of.average_95 ? ` (${number_range(...of.average_95)})` : "");
  if (disagree(numbers)) {
    const sides = numbers
      .map((of, i) => ({ of, whose: data.sources[i].whose }))
      .sort((a, b) => a.of.wrongful_stops - b.of.wrongful_stops);
    return {
      first: `${begin} the wrong person would be stopped ${sides.map(({ of }) => `about ${number(of.wrongful_stops)}`).join(" or ")} times in a ${data.unit}${like}`,
      second: `${sides.map(({ of, whose }) => `${number(of.wrongful_stops)}${range(of)} by ${whose}`).join(", ")}. Why they differ is not published: quote both.`,
    };
  }
  const other =
    numbers.length > 1
      ? ` By ${data.sources[1 - setting.source].whose}: ${number(numbers[1 - setting.source].wrongful_stops)}${range(numbers[1 - setting.source])}.`
      : "";
  return {
    first: `${begin} the wrong person would be stopped ${frequency(it.wrongful_stops, data.unit)}${range(it)}`,
    second: `By ${data.sources[setting.source].whose}.${it.average_95 ? " In brackets: where the average may lie, as the inputs vary within our ranges." : ""}${other}`,
  };
}

const disagree = (numbers) => {
  if (numbers.length < 2) return false;
  const ratio = numbers[0].wrongful_stops / numbers[1].wrongful_stops;
  return !(1 / ALIKE <= ratio && ratio <= ALIKE);
};

const beyond_words = (data, setting) => {
  const { recorded, whose } = data.sources[setting.source],
    { thresholds, sizes } = recorded,
    said = [];
  if (!inside(setting.threshold, thresholds))
    said.push(
      thresholds[0] === thresholds[1]
        ? `thresholds other than ${thresholds[0].toFixed(2)}`
        : `thresholds outside ${thresholds[0].toFixed(2)} to ${thresholds[1].toFixed(2)}`,
    );
  if (!inside(setting.size, sizes))
    said.push(`lists ${setting.size > sizes[1] ? `over ${whole(sizes[1])}` : `under ${whole(sizes[0])}`}`);
  return said.length ? `Extrapolated: by ${whose} there is nothing on ${said.join(", nor on ")}.` : "";
};

function boxes(state) {
  const it = state.numbers[state.setting.source];
  const box = ({ rate, ends }, times, words) =>
    `<li><span class="number">${rate === null ? "-" : number(times * rate)}</span> <span class="per">${words}</span> <span class="within">${ends ? number_range(times * ends[0], times * ends[1]) : ""}</span></li>`;
  return (
    box(it.per_face, 1e6, WORDS.per_face) + box(it.per_alert, 1e3, WORDS.per_alert)
  );
}

// Who is stopped, found and missed, on average.
function counts(state) {
  const it = state.numbers[state.setting.source],
    rows = [
      [WORDS.stops, it.stops],
      [WORDS.wrong_stopped, it.wrongful_stops],
      [WORDS.found, it.listed_stopped],
      [WORDS.missed, it.listed_missed],
    ];
  return rows.map(([words, value]) => `<div><dt>${words}</dt><dd>${number(value)}</dd></div>`).join("");
}

// What one step of the threshold changes, either way: wrongful stops, and people missed.
function steps_of(state) {
  const here = state.numbers[state.setting.source];
  return state.beside
    .map(({ threshold, numbers }) => {
      const wrong = numbers.wrongful_stops - here.wrongful_stops,
        missed = numbers.listed_missed - here.listed_missed;
      const change = (by, more, fewer) => `${number(Math.abs(by))} ${by > 0 ? more : fewer}`;
      const beyond = inside(threshold, state.data.sources[state.setting.source].recorded.thresholds) ? "" : " (extrapolated)";
      return `<li>At <strong>${as_typed("threshold", threshold)}</strong>${beyond}: ${change(wrong, "more", "fewer")} stops of the wrong person (${number(numbers.wrongful_stops)} in all), and ${change(missed, "more", "fewer")} listed people missed (${number(numbers.listed_missed)} in all).</li>`;
    })
    .join("");
}

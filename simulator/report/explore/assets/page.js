// The page: a setting is simulated when a control is let go of; then everything is said and drawn anew.
const DATA = JSON.parse(byId("data").textContent);
const ENGINE = new Worker(URL.createObjectURL(new Blob([byId("engine").textContent], { type: "text/javascript" })));
const waiting = new Map(),
  known = new Map(),
  tables = {};
let asked = 0,
  latest = 0;

ENGINE.postMessage({ sources: DATA.sources.map(({ bank, model }) => ({ bank, model })) });
ENGINE.onmessage = ({ data: { id, found, fault } }) => {
  const [kept, failed] = waiting.get(id);
  waiting.delete(id);
  if (fault) failed(new Error(fault));
  else kept(found);
};

// What is simulated of a source at a setting; twice the same is simulated once.
function simulate(source, setting) {
  const it = simulation_of(DATA, DATA.sources[source], setting),
    key = JSON.stringify([source, it]);
  if (!known.has(key)) {
    if (known.size > 60) known.clear();
    known.set(
      key,
      new Promise((kept, failed) => {
        asked += 1;
        waiting.set(asked, [kept, failed]);
        ENGINE.postMessage({ id: asked, source, setting: it });
      }),
    );
  }
  return known.get(key);
}

const VIEWS = {
  curve_threshold: (state) => curve(state, "threshold"),
  curve_size: (state) => curve(state, "size"),
  thousand,
  campaigns,
  tree,
  base_rate,
};
const state = { data: DATA, beside: [] };

function put_view(name, view) {
  tables[name] = view;
  byId(`view-${name}`).innerHTML = view.picture;
  const behind = byId(`table-${name}`);
  if (behind) behind.innerHTML = table_of(view.caption, view.heads, view.rows);
}

function busy(is) {
  byId("busy").textContent = is ? "Simulating …" : "";
  byId("answer").setAttribute("aria-busy", String(is));
}

function say(first, second, announce) {
  byId("headline").textContent = `${first}.`.replace(/\.\.$/, ".");
  byId("headline").classList.toggle("long", first.length > 110);
  byId("whose").textContent = second;
  const it = state.numbers[state.setting.source];
  byId("glance").textContent = disagree(state.numbers)
    ? `Wrong person stopped: ${state.numbers.map((of) => number(of.wrongful_stops)).join(" or ")} times in a ${DATA.unit} (two sources). Simulated.`
    : `Wrong person stopped: ${number(it.wrongful_stops)}${it.average_95 ? ` (${number_range(...it.average_95)})` : ""} times in a ${DATA.unit}. Simulated.`;
  byId("beyond").textContent = beyond_words(DATA, state.setting);
  byId("boxes").innerHTML = boxes(state);
  byId("box-whose").textContent = disagree(state.numbers)
    ? `By ${DATA.sources[state.setting.source].whose}; choose the other source to see it here.`
    : "";
  byId("counts").innerHTML = counts(state);
  if (announce) byId("announced").textContent = `${first}. ${second}`;
}

// Simulates the setting by every source, says it, then simulates the thresholds beside it.
async function renew(announce = true) {
  const turn = (latest += 1),
    setting = { ...controls.setting },
    all = DATA.sources.map((_, i) => i);
  busy(true);
  if (!state.numbers && as_string(DATA, setting) === as_string(DATA, { ...DATA.own, source: setting.source })) {
    // these numbers are the run's, and need not wait for what is drawn of people
    Object.assign(state, { setting, numbers: DATA.sources.map((source) => shown(DATA, source, setting, UNMOVED, UNMOVED)) });
    const { first, second } = headline(state);
    say(first, second, false);
  }
  try {
    const own = await Promise.all(all.map((i) => simulate(i, DATA.own))),
      found = await Promise.all(all.map((i) => simulate(i, setting)));
    if (turn !== latest) return;
    const numbers = all.map((i) => shown(DATA, DATA.sources[i], setting, found[i], own[i]));
    Object.assign(state, { setting, own, found, numbers, beside: [] });
    const { first, second } = headline(state);
    say(first, second, announce);
    for (const [name, view] of Object.entries(VIEWS)) put_view(name, view(state));
    document.body.dataset.shown = as_string(DATA, setting);
    const i = setting.source,
      steps = DATA.steps.threshold;
    const near = [-0.01, 0.01]
      .map((by) => setting.threshold + by)
      .filter((value) => steps[0] - 1e-9 <= value && value <= steps.at(-1) + 1e-9)
      .map((value) => steps[nearest(steps, value)]);
    const beside = await Promise.all(
      near.map(async (threshold) => {
        const there = { ...setting, threshold };
        return { threshold, numbers: shown(DATA, DATA.sources[i], there, await simulate(i, there), own[i]) };
      }),
    );
    if (turn !== latest) return;
    state.beside = beside;
    byId("steps").innerHTML = steps_of(state);
    busy(false);
    document.body.dataset.ready = as_string(DATA, setting);
  } catch (error) {
    busy(false);
    byId("busy").textContent = `The simulation failed in this browser (${error.message}). A newer browser may help.`;
  }
}

const controls = new Controls(DATA, () => renew());

byId("ask-staffing").addEventListener("click", async () => {
  busy(true);
  byId("ask-staffing").disabled = true;
  const view = await staffing(state, simulate);
  put_view("staffing", view);
  byId("csv-staffing").hidden = false;
  byId("ask-staffing").disabled = false;
  byId("announced").textContent = "Simulated with 1 to 6 teams.";
  busy(false);
});

for (const button of document.querySelectorAll("button.csv")) {
  button.addEventListener("click", () => {
    const view = tables[button.dataset.of];
    if (view) hand_out(`${DATA.name}-${button.dataset.of}.csv`, "text/csv", csv_of(view.heads, view.rows));
  });
}

const renew_zero = () => {
  const view = zero_view();
  if (view) put_view("zero", view);
  else byId("view-zero").innerHTML = "";
};
for (const box of document.querySelectorAll("#zero input")) box.addEventListener("change", renew_zero);
renew_zero();

byId("copy").addEventListener("click", async () => {
  const string = as_string(DATA, state.setting),
    address = location.protocol === "file:" ? string : `${location.href.replace(/#.*$/, "")}#${string}`;
  byId("string").value = address;
  try {
    await navigator.clipboard.writeText(address);
    byId("shared").textContent = "Copied.";
  } catch {
    byId("string").select();
    byId("shared").textContent = document.execCommand("copy") ? "Copied." : "Selected: copy it with Ctrl+C.";
  }
});
function take(string) {
  const { setting, fault } = from_string(DATA, string);
  byId("shared").textContent = fault || "Taken over.";
  if (!setting) return false;
  controls.put(setting);
  renew();
  return true;
}
byId("take").addEventListener("click", () => take(byId("string").value));
byId("download").addEventListener("click", () =>
  hand_out(`${DATA.name}-explored.yaml`, "application/yaml", as_scenario(DATA, state.setting)),
);
addEventListener("hashchange", () => {
  if (location.hash.includes("=")) take(decodeURIComponent(location.hash));
});
if (!(location.hash.includes("=") && take(decodeURIComponent(location.hash)))) renew(false);

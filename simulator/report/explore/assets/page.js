// The page: a setting is simulated when a control is let go of; then everything is said and drawn anew.
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

// A simulated day (play_worker.js) at a setting.
const played_day = (setting, play) =>
  new Promise((kept, failed) => {
    const { source } = setting;
    asked += 1;
    waiting.set(asked, [kept, failed]);
    ENGINE.postMessage({ id: asked, source, setting: simulation_of(DATA, DATA.sources[source], setting), play });
  });

const VIEWS = {
  compare,
  curve_threshold: (state) => curve(state, "threshold"),
  curve_size: (state) => curve(state, "size"),
  map,
  thousand,
  campaigns,
  limit,
  tree,
  base_rate,
  staffing: () => ({ picture: "", rows: null }),
};
const state = { data: DATA, beside: [] };

const shown_table = ({ caption, heads, rows }) => table_of(caption, heads, rows);
function put_view(name, view) {
  tables[name] = view;
  byId(`view-${name}`).innerHTML = view.picture;
  const behind = byId(`table-${name}`);
  byId(`csv-${name}`).hidden = !view.rows;
  const png = byId(`png-${name}`);
  if (png) png.hidden = !drawn(name);
  if (behind && view.rows) behind.innerHTML = shown_table(view.table || view);
}

function busy(is) {
  byId("busy").textContent = is ? WORDS.busy : "";
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
  byId("printed").textContent = source_words(state.setting);
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
    byId("busy").textContent = filled(WORDS.failed, { fault: error.message });
  }
}

const controls = new Controls(DATA, () => renew());

byId("ask-staffing").addEventListener("click", async () => {
  busy(true);
  byId("ask-staffing").disabled = true;
  const { setting } = state,
    view = await staffing(state, simulate);
  // nothing is shown of a setting that is no longer the one shown
  if (state.setting === setting) put_view("staffing", view);
  byId("ask-staffing").disabled = false;
  byId("announced").textContent = WORDS.teams_done;
  busy(false);
});

const day_player = new PlayedDay(DATA, JSON.parse(byId("terms").textContent), () => state.setting || controls.setting, played_day);

for (const button of document.querySelectorAll("button.csv")) {
  button.addEventListener("click", () => {
    const view = tables[button.dataset.of];
    if (view?.rows) hand_out(`${DATA.name}-${button.dataset.of}.csv`, "text/csv", csv_of(view.heads, view.rows));
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
  const string = with_view(as_string(DATA, state.setting)),
    address = location.protocol === "file:" ? string : `${location.href.replace(/#.*$/, "")}#${string}`;
  byId("string").value = address;
  try {
    await navigator.clipboard.writeText(address);
    byId("shared").textContent = WORDS.copied;
  } catch {
    byId("string").select();
    byId("shared").textContent = document.execCommand("copy") ? WORDS.copied : WORDS.selected;
  }
});
function take(string) {
  const { setting, view, fault } = from_string(DATA, string);
  byId("shared").textContent = fault || WORDS.taken;
  if (!setting) return false;
  controls.put(setting);
  renew().then(() => view && go_to(view));
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

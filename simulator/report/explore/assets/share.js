// Settings as a string, and back; the setting as a scenario file.
const SHARED = [...SLIDERS.flatMap((key) => (key === "size" ? [key, "added"] : [key])), "faces_per_passage"];

const shared_of = (data) => SHARED.filter((key) => data.steps[key]);
const as_string = (data, setting) =>
  [...shared_of(data).map((key) => `${key}=${setting[key]}`), `rates=${data.sources[setting.source].preset || "own"}`].join("&");

// The setting of a string, or what is wrong with it; it may be a whole address with the string behind its #.
function from_string(data, given) {
  const setting = { ...data.own, source: 0 };
  let view = "";
  const string = given.trim().replace(/^.*#/, "");
  if (!string) return { fault: WORDS.nothing };
  for (const part of string.split("&")) {
    const [key, value] = part.split("=").map((text) => text.trim());
    if (key === "rates") {
      const source = data.sources.findIndex((one) => (one.preset || "own") === value);
      if (source < 0)
        return {
          fault: `rates: there is no "${value}" here; there is ${data.sources.map((one) => one.preset || "own").join(", ")}.`,
        };
      setting.source = source;
      continue;
    }
    if (key === "view") {
      if (!data.views.includes(value)) return { fault: `view: there is no "${value}" here; there is ${data.views.join(", ")}.` };
      view = value;
      continue;
    }
    if (!shared_of(data).includes(key)) return { fault: `"${key}" is no setting of this page.` };
    const steps = data.steps[key],
      number_ = Number(value);
    if (!value || Number.isNaN(number_)) return { fault: `${key}: "${value ?? ""}" is no number.` };
    if (number_ < steps[0] - 1e-9 || number_ > steps.at(-1) + 1e-9)
      return { fault: `${key}: ${value} is outside of what this page simulates, ${steps[0]} to ${steps.at(-1)}.` };
    setting[key] = steps[nearest(steps, number_)];
  }
  return { setting, view };
}

// Puts the controls of the street into a scenario: what it says is multiplied, with its interval, so that ranges stay as wide.
function street_of(data, source, setting, scenario, changed) {
  const { law } = source,
    factors = {};
  const times = (key, factor) => {
    factors[key] = (factors[key] ?? 1) * factor;
  };
  for (const [key, inputs] of Object.entries(law.moves)) {
    if (setting[key] === data.own[key]) continue;
    changed.push(`${key} ${setting[key]}`);
    for (const input of inputs) times(input, setting[key] / data.own[key]);
  }
  const put = (input, quantity) => {
    const [section, name] = input.split(".");
    scenario[section][name] = quantity;
  };
  const kept = days_of(data, source, setting);
  if (kept) {
    changed.push(`deployments ${setting.deployments}`);
    scenario.campaign.deployments = scenario.campaign.deployments.filter((_, day) => kept[day]);
    scenario.campaign.deployments_a_year = setting.deployments;
    // the same people come as often to each deployment
    if (law.visits) factors["street.visits_per_person"] = sum(law.day_shares.filter((_, day) => kept[day]));
  }
  if (!setting.added && setting.size > data.own.size) {
    changed.push("added names do not come past");
    times(law.rate, (data.own.size / setting.size) ** law.growth);
  }
  for (const [input, factor] of Object.entries(factors)) put(input, multiple(law.quantities[input], factor));
  if (setting.capture !== data.own.capture)
    put(CORRELATION, multiple(law.quantities[CORRELATION], law.correlations[data.steps.capture.indexOf(setting.capture)]));
  if (setting.list_exponent !== data.own.list_exponent) {
    changed.push(`list_exponent ${setting.list_exponent}`);
    put("recogniser.list_size_exponent", assumed(setting.list_exponent));
    // another level was measured with a list that a file has to name
    for (const { settings } of scenario.alternatives ?? [])
      if ("recogniser.fmr_at_anchor" in settings) settings["recogniser.reference_list_size"] ??= law.reference;
  }
}
const assumed = (value) => ({ value, source: "set in the explorer", grade: "assumed" });
const CORRELATION = "recogniser.detection_correlation";
function multiple(quantity, factor) {
  const made = assumed(quantity.value * factor);
  if (quantity.beta) {
    // a share: the law with so many times the mean and the standard deviation
    const { a, b } = quantity.beta,
      mean = (factor * a) / (a + b),
      parts = (mean * (1 - mean) * (a + b) ** 2 * (a + b + 1)) / (factor ** 2 * a * b) - 1;
    if (parts > 0) {
      made.beta = { a: mean * parts, b: (1 - mean) * parts };
      delete made.value;
    }
  }
  for (const end of ["low", "high"]) if (quantity[end] !== undefined) made[end] = quantity[end] * factor;
  if (quantity.gamma) made.gamma = { ...quantity.gamma, rate: quantity.gamma.rate / factor };
  return made;
}

// The scenario with the setting put in, in the words of a file; JSON is YAML.
function as_scenario(data, setting) {
  const source = data.sources[setting.source],
    scenario = structuredClone(source.scenario),
    { own } = data,
    changed = [];
  const put = (section, key, value) => {
    scenario[section][key] = { value, source: "set in the explorer", grade: "assumed" };
  };
  const places = {
    threshold: ["recogniser", "threshold"],
    size: ["watchlist", "size"],
    hold_limit_min: ["procedure", "hold_limit_min"],
    faces_per_passage: ["street", "faces_per_passage"],
  };
  for (const key of ["operators", "teams", "checkers", "vans"]) places[key] = ["officers", key];
  for (const [key, [section, name]] of Object.entries(places)) {
    if (setting[key] === own[key]) continue;
    changed.push(`${key} ${setting[key]}`);
    put(section, name, setting[key]);
  }
  street_of(data, source, setting, scenario, changed);
  if (setting.strictness !== 0) {
    changed.push(`strictness ${setting.strictness}`);
    const look = source.strictness[data.steps.strictness.indexOf(setting.strictness)];
    for (const [key, value] of Object.entries(look))
      scenario.procedure.look[key] = key === "criterion" ? value : { ...value, source: "moved in the explorer", grade: "assumed" };
  }
  if (setting.source) changed.push(`rates ${source.preset}`);
  if (changed.length) scenario.title = `${scenario.title} (explorer: ${changed.join(", ")})`;
  return JSON.stringify(scenario, null, 1);
}

// From simulated campaigns to the numbers of the page. At the scenario's own setting every number is that of ``lfrsim run``: the page
// moves it by how much its own people, or the closed form, say that the setting changes it.
const sum = (values) => values.reduce((a, b) => a + b, 0);
const mean = (values) => sum(values) / values.length;

// What officers did, out of new alerts that were accepted: the share that ended in a stop. False alerts wait for the same officers,
// and people walk away from both alike.
function reached(measures) {
  const lost = sum(
    ["outcome_not_reviewed", "outcome_gone", "outcome_no_team", "outcome_not_found"].map((name) => sum(measures[name])),
  );
  const stopped = sum(measures.stops);
  return stopped + lost > 0 ? stopped / (stopped + lost) : 0;
}

// A table of the surface at a setting: between its steps on a straight line of logarithms.
function at(surface, rows, threshold, size) {
  const place = (steps, value) => {
    let i = 0;
    while (i < steps.length - 2 && steps[i + 1] < value) i += 1;
    return [i, (value - steps[i]) / (steps[i + 1] - steps[i])];
  };
  const [i, a] = place(surface.thresholds, threshold),
    [j, b] = place(surface.sizes, size);
  const log = (k, l) => Math.log(Math.max(rows[k][l], 1e-300));
  const mixed = (1 - a) * ((1 - b) * log(i, j) + b * log(i, j + 1)) + a * ((1 - b) * log(i + 1, j) + b * log(i + 1, j + 1));
  return Math.exp(mixed);
}

// How much a stricter operator (criterion moved by *by*) changes the share of false alerts that are accepted.
function accepted(data, limits, by) {
  const phi = (x) => {
    const { from, step, values } = data.normal;
    const place = Math.min(Math.max((x - from) / step, 0), values.length - 1.001),
      i = Math.floor(place);
    return values[i] + (place - i) * (values[i + 1] - values[i]);
  };
  return phi(limits[0][0] - by) / Math.max(phi(limits[0][0]), 1e-300);
}

const nearest = (steps, value) =>
  steps.reduce((best, step, i) => (Math.abs(step - value) < Math.abs(steps[best] - value) ? i : best), 0);
// The operator's limits at the nearest steps: by kind of deployment and truth.
function limits_at(data, source, setting) {
  const parts = source.limits[nearest(data.steps.threshold, setting.threshold)][nearest(data.steps.size, setting.size)];
  return parts.map((of_kind) => of_kind.map((part) => part / data.limit_parts));
}

// Wrongful stops by closed form (*rows* of the surface) times what officers reach, at a setting: as a share of that at the own one.
function moved(data, source, rows, setting, reach, own_reach) {
  const form = (it) =>
    at(source.surface, rows, it.threshold, it.size) * accepted(data, limits_at(data, source, it), it.strictness);
  return own_reach > 0 ? (form(setting) / form(data.own)) * (reach / own_reach) : 0;
}

// A setting as the simulation takes it.
function simulation_of(data, source, setting) {
  return {
    threshold: setting.threshold,
    size: setting.size,
    staff: [setting.vans, setting.checkers, setting.teams, setting.operators],
    hold_limit_s: setting.hold_limit_min * 60,
    van_limit_s: data.own.van_limit_min * 60,
    limits: limits_at(data, source, setting).map((of_kind) => of_kind.map((limit) => limit - setting.strictness)),
  };
}

// Every number that the page shows of a source at a setting, given what was simulated there and at the scenario's own setting.
function shown(data, source, setting, found, own_found) {
  const { run, rates, surface } = source,
    here = found.measures,
    before = own_found.measures,
    numbers = {};
  const reach = reached(here),
    own_reach = reached(before);
  const times = (of) => {
    const was = mean(of(before));
    return was > 0 ? mean(of(here)) / was : 1;
  };
  for (const name of Object.keys(run)) if (here[name]) numbers[name] = run[name].mean * times((it) => it[name]);
  const faces = setting.faces_per_passage / data.own.faces_per_passage;
  numbers.faces = run.faces.mean * faces;
  const by = (rows) => moved(data, source, rows, setting, reach, own_reach);
  const wrong = by(surface.mean);
  numbers.wrongful_stops = run.wrongful_stops.mean * wrong;
  const ends = run.wrongful_stops.average_95;
  numbers.average_95 = ends && [ends[0] * by(surface.low), ends[1] * by(surface.high)];
  // rare as they are, false alerts follow the closed form as well; all alerts are these and the true ones
  const false_form = (it) =>
    (at(surface, surface.best.false_alerts, it.threshold, it.size) * at(surface, surface.mean, it.threshold, it.size)) /
    at(surface, surface.best.wrongful_stops, it.threshold, it.size);
  numbers.false_alerts = run.false_alerts.mean * (false_form(setting) / false_form(data.own));
  numbers.alerts = numbers.true_alerts + numbers.false_alerts;
  const right = (it) => it.stops.map((all, i) => all - it.wrongful_stops[i]);
  numbers.stops = (run.stops.mean - run.wrongful_stops.mean) * times(right) + numbers.wrongful_stops;
  const per = (unit, change) => {
    const rate = rates[unit];
    return {
      rate: rate.rate === null ? null : (rate.rate * wrong) / change,
      ends: rate.average_95 && [
        (rate.average_95[0] * by(surface.low)) / change,
        (rate.average_95[1] * by(surface.high)) / change,
      ],
    };
  };
  numbers.per_face = per("face", faces);
  numbers.per_alert = per("alert", run.alerts.mean > 0 ? numbers.alerts / run.alerts.mean : 1);
  numbers.reach = own_reach > 0 ? reach / own_reach : 0;
  return numbers;
}

// Wrongful stops at another threshold or list, by closed form: what officers reach is taken as at the setting shown.
function along(data, source, setting, reach, change) {
  const there = { ...setting, ...change },
    ends = source.run.wrongful_stops.average_95;
  const by = (rows) => moved(data, source, rows, there, reach, 1);
  return {
    mean: source.run.wrongful_stops.mean * by(source.surface.mean),
    low: ends && ends[0] * by(source.surface.low),
    high: ends && ends[1] * by(source.surface.high),
  };
}

// Whether the source of the rates has no data at a setting.
function extrapolated(data, setting) {
  const { thresholds, sizes } = data.sources[setting.source].recorded;
  return !inside(setting.threshold, thresholds) || !inside(setting.size, sizes);
}

const inside = (value, ends) => ends[0] - 1e-9 <= value && value <= ends[1] + 1e-9;

// Whole numbers in proportion to *totals* that sum to *seats*: of equal remainders the earlier one gets the seat.
function largest_remainder(totals, seats) {
  const all = sum(totals);
  if (!(all > 0)) return totals.map(() => 0);
  const exact = totals.map((total) => (total / all) * seats),
    given = exact.map(Math.floor);
  const order = given.map((_, i) => i).sort((a, b) => given[a] - exact[a] - (given[b] - exact[b]) || a - b);
  for (const i of order.slice(0, seats - sum(given))) given[i] += 1;
  return given;
}

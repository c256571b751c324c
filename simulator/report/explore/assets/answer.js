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
// The share of false alerts that could be, which happen (people may be held by then), and which are of people not dealt with already.
const happening = ({ left }) => (left.could ? left.happened / left.could : 1);
const fresh = ({ left }) => (left.could ? left.fresh / left.could : 1);

// A table of the surface at a setting: between its steps a power of the list size, and exponential in the threshold.
function at(surface, rows, threshold, size) {
  const place = (steps, value, scaled) => {
    let i = 0;
    while (i < steps.length - 2 && steps[i + 1] < value) i += 1;
    return [i, (scaled(value) - scaled(steps[i])) / (scaled(steps[i + 1]) - scaled(steps[i]))];
  };
  const [i, a] = place(surface.thresholds, threshold, Number),
    [j, b] = place(surface.sizes, size, Math.log);
  const log = (k, l) => Math.log(Math.max(rows[k][l], 1e-300));
  const mixed = (1 - a) * ((1 - b) * log(i, j) + b * log(i, j + 1)) + a * ((1 - b) * log(i + 1, j) + b * log(i + 1, j + 1));
  return Math.exp(mixed);
}

// Which days of a year are left of fewer deployments; null: all.
const days_of = (data, source, setting) =>
  setting.deployments === data.own.deployments
    ? null
    : source.law.days_kept[data.steps.deployments.indexOf(setting.deployments)];

// How many times the scenario's footfall (of fewer days), share listed and capture a setting has, and how often as many false
// alerts come of it.
function times_own(data, source, setting) {
  const kept = days_of(data, source, setting),
    part = kept ? sum(source.law.day_shares.filter((_, day) => kept[day])) : 1;
  const [an_hour, listed, capture] = ["footfall", "listed", "capture"].map((key) => setting[key] / data.own[key]),
    footfall = an_hour * part,
    { reference, capture_acts_on_false } = source.law;
  const bent = reference ? (setting.size / reference) ** (setting.list_exponent - data.own.list_exponent) : 1;
  return { an_hour, footfall, listed, capture, wrong: footfall * (capture_acts_on_false ? capture : 1) * bent };
}
// So many names of the list belong to people who come past.
const coming = (data, setting) => (setting.added ? setting.size : Math.min(setting.size, data.own.size));

// True alerts by closed form at the best inputs, before anybody is held.
function true_form(data, source, setting) {
  const { footfall, listed, capture } = times_own(data, source, setting),
    { surface } = source;
  return at(surface, surface.best.true_alerts, setting.threshold, coming(data, setting)) * footfall * listed * capture;
}

// Listed people who come past at least once, by closed form, as so many times those of the scenario.
function people_form(data, source, setting) {
  const { law } = source,
    place = (key) => (data.steps[key] ? data.steps[key].indexOf(setting[key]) : 0);
  const listed = (setting.listed / data.own.listed) * (coming(data, setting) / data.own.size) ** law.growth;
  return law.people[place("footfall")][place("deployments")] * listed;
}

// False alerts for every true one, at the best inputs.
function odds_at(data, source, setting) {
  const { surface } = source,
    wrong = at(surface, surface.best.false_alerts, setting.threshold, setting.size) * times_own(data, source, setting).wrong;
  return wrong / true_form(data, source, setting);
}

// The operator's limits where controls of the street are *moved*: by kind of deployment (there is one) and truth.
function limits_at(data, source, setting) {
  const { review } = source,
    odds = odds_at(data, source, setting);
  const last = review.limits[0].length - 1,
    place = Math.min(Math.max((Math.log(odds) - review.first) / review.step, 0), last - 1e-9),
    i = Math.floor(place);
  return [review.limits.map((of) => of[i] + (place - i) * (of[i + 1] - of[i]))];
}

// The share of false alerts that are accepted, over all that the inputs may be.
function accepted(data, source, setting, strictness) {
  const { surface } = source,
    there = { ...setting, size: data.own.size };
  const odds = odds_at(data, source, setting) / odds_at(data, source, unmoved(data, there));
  const of = surface.accepted[data.steps.strictness.indexOf(strictness)];
  return at({ thresholds: surface.thresholds, sizes: surface.odds }, of, setting.threshold, odds);
}

const nearest = (steps, value) =>
  steps.reduce((best, step, i) => (Math.abs(step - value) < Math.abs(steps[best] - value) ? i : best), 0);

// The setting with the controls of the street where the scenario has them.
const STREET = ["footfall", "listed", "capture", "list_exponent", "added", "deployments"];
const unmoved = (data, setting) => ({ ...setting, ...Object.fromEntries(STREET.map((key) => [key, data.own[key]])) });

// Wrongful stops by closed form (*rows* of the surface) times what officers reach, at a setting: as a share of that at the own one.
function moved(data, source, rows, setting, reach, own_reach) {
  const before = accepted(data, source, unmoved(data, setting), 0),
    by_officers = accepted(data, source, setting, setting.strictness) / Math.max(before, 1e-300),
    form = at(source.surface, rows, setting.threshold, setting.size) * by_officers,
    own = at(source.surface, rows, data.own.threshold, data.own.size);
  return own_reach > 0 ? (form / own) * times_own(data, source, setting).wrong * (reach / own_reach) : 0;
}

// Whom of the bank a setting has kept (thinning.py).
function kept_at(data, source, setting) {
  const { law } = source,
    { an_hour, listed, capture } = times_own(data, source, setting),
    bends = law.most.exponent !== null;
  const score = law.scores[data.steps.threshold.indexOf(setting.threshold)][
    data.steps.capture ? data.steps.capture.indexOf(setting.capture) : 0
  ];
  const entries = bends ? (law.reference * (setting.size / law.reference) ** setting.list_exponent) / law.most_entries : setting.size;
  return [
    Math.round((law.footfall_parts * an_hour) / law.most.footfall),
    coming(data, setting) * (law.growth ? (listed / law.most.listed) ** (1 / law.growth) : 1),
    score,
    Math.round((law.capture_parts * capture) / law.most.capture),
    entries,
  ];
}

// A setting as the simulation takes it; *crowded* has all false alerts that the bank has, of the same people otherwise.
function simulation_of(data, source, setting) {
  const kept = kept_at(data, source, setting),
    [threshold, size] = [data.steps.threshold[0], data.steps.size.at(-1)],
    most = kept_at(data, source, { ...setting, threshold, size });
  most[1] = kept[1];
  return {
    crowded: { threshold, size, kept: most },
    threshold: setting.threshold,
    size: setting.size,
    kept,
    days: days_of(data, source, setting),
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
  const reach = reached(here) * fresh(found),
    own_reach = reached(before) * fresh(own_found);
  // by chance these people could raise more or fewer true alerts than their closed form says: that is taken out
  const could = mean(here.true_could) / mean(before.true_could),
    evened = could > 0 ? true_form(data, source, setting) / true_form(data, source, data.own) / could : 1;
  const times = (of) => {
    const was = mean(of(before));
    return was > 0 ? (evened * mean(of(here))) / was : 1;
  };
  for (const name of Object.keys(run)) if (here[name]) numbers[name] = run[name].mean * times((it) => it[name]);
  const street = times_own(data, source, setting),
    faces = (setting.faces_per_passage / data.own.faces_per_passage) * street.footfall;
  numbers.listed_people = run.listed_people.mean * people_form(data, source, setting);
  // who is missed came past and was not stopped: both averages move less with the inputs than what is left between them
  numbers.listed_missed = numbers.listed_people - numbers.listed_stopped;
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
  numbers.false_alerts = run.false_alerts.mean * (false_form(setting) / false_form(data.own)) * street.wrong * (happening(found) / happening(own_found));
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

// Stands for a simulation where nothing is moved by one: at the scenario's own setting.
const UNMOVED = { measures: new Proxy({}, { get: () => [1] }), left: { could: 0 } };

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

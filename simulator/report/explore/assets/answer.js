"use strict";
// From simulated campaigns to the numbers of the page. At the scenario's own setting every number is that of ``lfrsim run``: the page
// moves it by how much its own people, or the closed form, say that the setting changes it.

// What officers did, out of new alerts on listed people that were accepted: the share that ended in a stop. False alerts wait for the
// same officers, and people walk away from both alike.
function reached(measures) {
  const sum = (name) => measures[name].reduce((a, b) => a + b, 0);
  const lost = ["outcome_not_reviewed", "outcome_gone", "outcome_no_team", "outcome_not_found"].reduce((a, name) => a + sum(name), 0);
  const stopped = sum("stops");
  return stopped + lost > 0 ? stopped / (stopped + lost) : 0;
}

// A table of the surface at a setting: between its steps on a straight line of logarithms.
function at(surface, rows, threshold, size) {
  const place = (steps, value) => {
    let i = 0;
    while (i < steps.length - 2 && steps[i + 1] < value) i += 1;
    return [i, (value - steps[i]) / (steps[i + 1] - steps[i])];
  };
  const [i, a] = place(surface.thresholds, threshold), [j, b] = place(surface.sizes, size);
  const log = (k, l) => Math.log(Math.max(rows[k][l], 1e-300));
  const mixed = (1 - a) * ((1 - b) * log(i, j) + b * log(i, j + 1)) + a * ((1 - b) * log(i + 1, j) + b * log(i + 1, j + 1));
  return Math.exp(mixed);
}

// How much a stricter operator (criterion moved by *by*) changes the share of false alerts that are accepted.
function accepted(data, limits, by) {
  const phi = (x) => {
    const { from, step, values } = data.normal;
    const place = Math.min(Math.max((x - from) / step, 0), values.length - 1.001), i = Math.floor(place);
    return values[i] + (place - i) * (values[i + 1] - values[i]);
  };
  return phi(limits[0][0] - by) / Math.max(phi(limits[0][0]), 1e-300);
}

// Wrongful stops by closed form with what is not known, times what officers reach, at a setting: as a share of that at another one.
function moved(data, source, rows, setting, own, reach, own_reach) {
  const form = (it) => at(source.surface, rows, it.threshold, it.size) * accepted(data, limits_at(data, source, it), it.strictness || 0);
  return own_reach > 0 ? (form(setting) / form(own)) * (reach / own_reach) : 0;
}

// The operator's limits at the nearest steps.
function limits_at(data, source, setting) {
  const nearest = (steps, value) => steps.reduce((best, step, i) => (Math.abs(step - value) < Math.abs(steps[best] - value) ? i : best), 0);
  return source.limits[nearest(data.thresholds, setting.threshold)][nearest(data.sizes, setting.size)];
}

const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;

// Each measure as the page shows it: average, where it may lie (wrongful stops only), what 9 in 10 campaigns bring.
function shown(data, source, setting, measures, own, own_measures) {
  const numbers = {}, reach = reached(measures), own_reach = reached(own_measures);
  for (const [name, run] of Object.entries(source.run)) {
    const before = measures[name] && mean(own_measures[name]);
    const by = before > 0 ? mean(measures[name]) / before : 1;
    numbers[name] = { mean: run.mean * by, campaign_90: run.campaign_90.map((end) => Math.round(end * by)) };
  }
  const faces = (setting.faces_per_passage || own.faces_per_passage) / own.faces_per_passage;
  numbers.faces = { mean: source.run.faces.mean * faces };
  const { surface, run } = source, factor = (rows) => moved(data, source, rows, setting, own, reach, own_reach);
  numbers.wrongful_stops = {
    mean: run.wrongful_stops.mean * factor(surface.mean),
    average_95: run.wrongful_stops.average_95 && [
      run.wrongful_stops.average_95[0] * factor(surface.low), run.wrongful_stops.average_95[1] * factor(surface.high),
    ],
  };
  return numbers;
}

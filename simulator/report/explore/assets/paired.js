// How sure a difference is between two settings: on the same people where they are simulated, on the same inputs where a formula is.

// Numbers of a source at settings *a* and *b* without campaign *i*, which both have with the same people.
function left_one_out(data, source, [a, b, own], i) {
  const without = ({ measures, left }) => ({
    left,
    measures: Object.fromEntries(
      Object.entries(measures).map(([name, values]) => [name, values.filter((_, campaign) => campaign !== i)]),
    ),
  });
  return [a, b].map(({ setting, found }) => shown(data, source, setting, without(found), without(own)));
}

// Of each of *names* the interval (95 %) of the difference that chance in the page's campaigns leaves: the jackknife, campaign by campaign.
function chance_of(data, source, pair, names) {
  const n = pair[0].found.measures.stops.length,
    all = Array.from({ length: n }, (_, i) => left_one_out(data, source, pair, i));
  const here = pair.slice(0, 2).map(({ setting, found }) => shown(data, source, setting, found, pair[2]));
  return Object.fromEntries(
    names.map((name) => {
      const differences = all.map(([a, b]) => b[name] - a[name]),
        middle = mean(differences);
      const error = Math.sqrt(((n - 1) / n) * sum(differences.map((value) => (value - middle) ** 2)));
      const by = here[1][name] - here[0][name];
      return [name, [by - student(n - 1) * error, by + student(n - 1) * error]];
    }),
  );
}

// The 97.5 % point of Student's law (Fisher and Cornish 1960), to one in a hundred from four degrees of freedom on.
function student(freedom) {
  const z = 1.959964;
  return z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2);
}

// Where the difference of two averages of wrongful stops (each {threshold, value}) may lie as the inputs vary: both have the same inputs.
function inputs_of(source, a, b) {
  const { thresholds, spread } = source.surface;
  const at_ = ({ threshold, value }) => spread[nearest(thresholds, threshold)].map((share) => value * share);
  const [of_a, of_b] = [at_(a), at_(b)];
  return quantiles(of_b.map((value, i) => value - of_a[i]));
}
// What holds one more of such values (95 %), a little wider where they are few.
function quantiles(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return [0.025, 0.975].map((share) => {
    const place = Math.min(Math.max(share * (sorted.length + 1) - 1, 0), sorted.length - 1),
      i = Math.floor(place);
    return sorted[i] + (place - i) * ((sorted[i + 1] ?? sorted[i]) - sorted[i]);
  });
}

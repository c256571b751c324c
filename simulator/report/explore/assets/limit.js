// The reader's own limit: in how many of the campaigns that the page simulated it is kept, which is chance alone; and, by formula, in
// how many it would be where the inputs vary too. Campaigns at best inputs alone would promise too much.
const FACES = 100_000;

function limit(state) {
  const { data, setting, numbers, found } = state,
    { unit } = data,
    per_face = byId("limit-per").value === "faces",
    most = byId("limit-most").valueAsNumber;
  byId("limit-fault").textContent = most >= 0 ? "" : WORDS.limit.fault;
  if (!(most >= 0)) return { picture: "", rows: null };

  const lines = data.sources.map((source, i) => {
    const { wrongful_stops, passages } = found[i].measures,
      faces = passages.map((count) => (count * setting.faces_per_passage) / FACES),
      had = wrongful_stops.map((count, it) => (per_face ? count / faces[it] : count));
    const kept = had.filter((value) => value <= most).length,
      // of all faces of all campaigns, as the headline's rate is
      average = per_face ? sum(wrongful_stops) / sum(faces) : mean(wrongful_stops);
    return {
      source,
      kept,
      of: had.length,
      ends: share_interval(kept, had.length, 0.025),
      // of a scenario whose inputs are all known nothing varies
      varied: source.run.wrongful_stops.average_95
        ? of_hundred(
            varied(source, setting, numbers[i].wrongful_stops, per_face ? (most * numbers[i].faces) / FACES : most, clustering(wrongful_stops)),
          )
        : "",
      average,
      above: above(numbers[i], per_face),
    };
  });
  const what = filled(per_face ? WORDS.limit.at_most_faces : WORDS.limit.at_most, { most: number(most), unit }).replace(/^(at most 1 wrongful stop)s/, "$1"),
    begin = extrapolated(data, setting) ? `${WORDS.limit.extrapolated} ` : "";
  const said = lines.map(
    ({ source, kept, of, ends, varied }) =>
      (varied && `${filled(WORDS.limit.said_varied, { what, varied, unit, whose: source.whose })} `) +
      filled(WORDS.limit.said, { what, kept, of, unit, ends: hundredths(ends), whose: source.whose }),
  );
  const heads = [WORDS.limit.rates, WORDS.limit.kept, filled(WORDS.limit.of, { unit }), WORDS.limit.exact, WORDS.limit.varied, WORDS.limit.average, WORDS.limit.above];
  const caption = filled(WORDS.limit.caption, { what });
  const rows = lines.map(({ source, kept, of, ends, varied, average, above }) => [
    source.short,
    String(kept),
    String(of),
    hundredths(ends),
    varied,
    number(average),
    above,
  ]);
  return {
    picture: `<ul>${said.map((line) => `<li>${esc(begin + line)}</li>`).join("")}</ul>${table_of(caption, heads, rows)}<p class="note">${lines.some(({ varied }) => varied) ? `${esc(WORDS.limit.quote)} ` : ""}${esc(filled(WORDS.limit.note, { unit }))}</p>`,
    caption,
    heads,
    rows,
  };
}

// Shares of campaigns as so many of a hundred.
const hundredths = (ends) => number_range(...ends.map((end) => 100 * end));

// How many times as large the variance of counts is as their mean: people come again, and days differ; 1 is a Poisson law.
function clustering(counts) {
  const middle = mean(counts);
  if (!(middle > 0)) return 1;
  return Math.max(1, sum(counts.map((count) => (count - middle) ** 2)) / (counts.length - 1) / middle);
}

// P(X <= count) of a negative binomial law with such a mean and variance.
function clustered_below(count, expected, clustered) {
  if (clustered < 1.0001) return poisson_below(count, expected);
  const size = expected / (clustered - 1);
  let term = clustered ** -size,
    all = 0;
  for (let k = 0; k <= count; k += 1) {
    all += term;
    term *= ((size + k) / (k + 1)) * (1 - 1 / clustered);
  }
  return Math.min(all, 1);
}

// In what share of campaigns at most so many wrongful stops would come, *average* of them over the inputs: that law at each draw.
function varied(source, { threshold }, average, most, clustered) {
  const draws = source.surface.spread[nearest(source.surface.thresholds, threshold)];
  const below = (expected) =>
    !(expected > 0) || most > expected + 40 * Math.sqrt(clustered * expected) + 100
      ? 1
      : clustered_below(Math.floor(most + 1e-9), expected, clustered);
  return mean(draws.map((share) => below(average * share)));
}
function of_hundred(share) {
  if (share > 0.99 && share < 1) return WORDS.limit.nearly_all;
  return share < 0.01 && share > 0 ? WORDS.limit.hardly_any : whole(100 * share);
}

// The average that the page shows above, with where it may lie, by the unit of the limit.
function above({ wrongful_stops, average_95, per_face }, by_faces) {
  const value = by_faces ? FACES * (per_face.rate ?? 0) : wrongful_stops,
    ends = by_faces ? per_face.ends?.map((end) => FACES * end) : average_95;
  return ends ? `${number(value)} (${number_range(...ends)})` : number(value);
}

for (const id of ["limit-most", "limit-per"])
  byId(id).addEventListener("change", () => state.numbers && put_view("limit", limit(state)));

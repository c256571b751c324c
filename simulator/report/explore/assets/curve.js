// Wrongful stops by threshold and by list size, of every source, with what is recorded beside them.
function curve(state, by) {
  const { data, setting, numbers } = state,
    { unit } = data,
    steps = data.sources[0].surface[by === "threshold" ? "thresholds" : "sizes"];
  const said =
    by === "threshold" ? (value) => value.toFixed((value * 100) % 1 > 1e-6 && (value * 100) % 1 < 1 - 1e-6 ? 3 : 2) : whole;
  const lines = data.sources.map((source, i) => ({
    look: i ? "lab" : "own",
    points: steps.map((step) => ({
      x: step,
      ...along(data, source, setting, numbers[i].reach, { [by]: step }),
      known: within(source, by, step),
    })),
  }));
  const points = data.sources.map((source, i) => ({
    x: setting[by],
    y: numbers[i].wrongful_stops,
    look: i ? "lab" : "own",
    words: i === setting.source ? `here: ${number(numbers[i].wrongful_stops)}` : "",
  }));
  const rows = steps.flatMap((step, k) =>
    data.sources.map((source, i) => {
      const { mean: average, low, high, known } = lines[i].points[k];
      return [
        said(step),
        source.short,
        number(average),
        low > 0 || high > 0 ? number_range(low, high) : "",
        known ? WORDS.curve.known : WORDS.curve.unknown,
      ];
    }),
  );
  const { recorded } = data.sources[0];
  if (by === "threshold" && recorded.stops) {
    const faces = numbers[0].faces;
    points.push({
      x: recorded.threshold,
      y: (recorded.stops / recorded.faces) * faces,
      low: recorded.per_face_95[0] * faces,
      high: recorded.per_face_95[1] * faces,
      look: "recorded",
      words: "",
    });
    rows.push([
      said(recorded.threshold),
      WORDS.curve.recorded,
      number((recorded.stops / recorded.faces) * faces),
      number_range(recorded.per_face_95[0] * faces, recorded.per_face_95[1] * faces),
      WORDS.curve.known,
    ]);
  }
  const x =
    by === "threshold"
      ? {
          from: steps[0],
          to: steps.at(-1),
          ticks: steps.filter((step) => Math.abs(step * 50 - Math.round(step * 50)) < 1e-6),
          said,
          words: WORDS.curve.threshold,
        }
      : {
          from: steps[0],
          to: steps.at(-1),
          log: true,
          ticks: steps.filter((step) => /^[125]0*$/.test(String(step))),
          said: (value) => (value >= 1000 ? `${value / 1000}k` : String(value)),
          words: WORDS.curve.size,
        };
  const ends = data.sources[setting.source].recorded[by === "threshold" ? "thresholds" : "sizes"];
  const hatched = [
    [x.from, Math.max(ends[0], x.from)],
    [Math.min(ends[1], x.to), x.to],
  ];
  const words = `Wrongful stops in a ${data.unit} by ${by === "threshold" ? "threshold" : "list size"}: at ${said(setting[by])} ${number(numbers[setting.source].wrongful_stops)}.`;
  const nobody = !lines.some((line) => line.points.some((point) => point.mean > 0));
  return {
    picture: nobody
      ? `<p>${WORDS.curve.nobody}</p>`
      : in_both((width, name) =>
          chart(width, `${by}-${name}`, { words, lines, points, hatched, x, unit: filled(WORDS.curve.unit, { unit }) }),
        ) + curve_key(state, by),
    caption: filled(by === "threshold" ? WORDS.curve.caption_threshold : WORDS.curve.caption_size, { unit }),
    heads: [
      by === "threshold" ? WORDS.curve.head_threshold : WORDS.curve.head_size,
      WORDS.curve.rates,
      WORDS.curve.average,
      WORDS.curve.may_lie,
      WORDS.curve.counted,
    ],
    rows,
  };
}

const within = ({ recorded }, by, step) => inside(step, recorded[by === "threshold" ? "thresholds" : "sizes"]);

// What the line of each source looks like.
const line_key = (i, words) =>
  `<li><svg class="key wide-key" viewBox="0 0 34 12" width="34" height="12" aria-hidden="true"><path d="M0 6H34" class="line ${i ? "lab" : "own"}"/>${i ? '<rect x="12" y="1" width="10" height="10" class="here lab"/>' : '<circle cx="17" cy="6" r="5" class="here own"/>'}</svg>${esc(words)}</li>`;

function curve_key(state, by) {
  const { data, setting } = state,
    { recorded } = data.sources[0];
  const keys = data.sources.map((source, i) => line_key(i, filled(WORDS.curve.key, source)));
  if (by === "threshold" && recorded.stops)
    keys.push(
      `<li><svg class="key" viewBox="0 0 14 14" width="16" height="16" aria-hidden="true"><path d="M7 0l7 7l-7 7l-7 -7Z" class="spot-recorded"/></svg>recorded: ${recorded.stops} such stops in ${large(recorded.faces)} faces (${esc(recorded.what)}), as many as that is in ${large(state.numbers[0].faces)} faces</li>`,
    );
  const at = { threshold: "lists", size: "thresholds" }[by];
  const none = `<li><svg class="key" viewBox="0 0 14 14" width="16" height="16" aria-hidden="true"><path d="M0 14L14 0M0 7L7 0M7 14L14 7" class="hatch"/></svg>${esc(filled(WORDS.curve.hatched, data.sources[setting.source]))}</li>`;
  return `<ul class="keys">${keys.join("")}${none}</ul><p class="note">Each line up is ten times as many${by === "size" ? "; to the right, each doubling of the list takes the same room" : ""}. "1 in 10" is once in ten ${data.unit}s. Everything but the ${by === "threshold" ? "threshold" : "list"} stays as set. How ${at === "lists" ? "officers keep up" : "false alerts grow with the list"} is ${at === "lists" ? "taken as at the setting shown" : "assumed, not measured"}.</p>`;
}

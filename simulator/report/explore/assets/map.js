// Wrongful stops over thresholds and lists, as a table whose cells are the darker the more: of the source chosen, by closed form.
const SHADES = 8;

function map(state) {
  const { data, setting, numbers } = state,
    { unit } = data,
    source = data.sources[setting.source],
    { thresholds, sizes } = source.surface;
  const cell = (threshold, size) => ({
    threshold,
    size,
    ...along(data, source, setting, numbers[setting.source].reach, { threshold, size }),
    known: within(source, "threshold", threshold) && within(source, "size", size),
  });
  const all = with_set(sizes, setting.size).flatMap((size) => with_set(thresholds, setting.threshold).map((at_) => cell(at_, size)));
  const { columns, rows } = steps_shown(state, 100);
  const caption = filled(WORDS.map.caption, { unit, whose: source.whose });
  const range = ({ low, high }) => (low > 0 || high > 0 ? number_range(low, high) : "");
  return {
    picture: all.some(({ mean }) => mean > 0)
      ? `<p>${esc(caption)}.</p>${in_both((width, name) => drawn_map(state, cell, width, name, caption), 960)}` + map_key(source, unit, data.sources.length > 1)
      : `<p>${WORDS.curve.nobody}</p>`,
    caption,
    // in rows and columns as it is drawn; its file has each cell in a row, with where it may lie
    table: {
      caption: filled(WORDS.map.table, { caption }),
      heads: [WORDS.map.head, ...columns.map((threshold) => as_typed("threshold", threshold))],
      rows: rows.map((size) => [
        whole(size),
        ...columns.map((threshold) => {
          const { mean, known } = cell(threshold, size);
          return `${number(mean)}${known ? "" : "*"}`;
        }),
      ]),
    },
    heads: [WORDS.curve.head_threshold, WORDS.curve.head_size, WORDS.curve.average, WORDS.curve.may_lie, WORDS.curve.counted],
    rows: all.map((it) => [
      as_typed("threshold", it.threshold),
      whole(it.size),
      number(it.mean),
      range(it),
      it.known ? WORDS.curve.known : WORDS.curve.unknown,
    ]),
  };
}

const with_set = (steps, value) => [...new Set([...steps, value])].sort((a, b) => a - b);

// Thresholds that are so many parts of one, and lists from the longest; the scenario's own and those set are always there.
function steps_shown({ data, setting }, parts) {
  const { thresholds, sizes } = data.sources[setting.source].surface;
  const even = thresholds.filter((value) => Math.abs(value * parts - Math.round(value * parts)) < 1e-6);
  const with_both = (steps, key) => with_set(with_set(steps, data.own[key]), setting[key]);
  return { columns: with_both(even, "threshold"), rows: with_both(sizes, "size").reverse() };
}

// On a phone every second hundredth.
function drawn_map(state, cell, width, name, words) {
  const { data, setting } = state,
    { columns, rows } = steps_shown(state, width > 400 ? 100 : 50);
  const left = 54,
    top = 4,
    wide = (width - left - 4) / columns.length,
    high = 30,
    height = top + rows.length * high + 40;
  const parts = [
    `<defs><pattern id="map-${name}-none" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V7" class="hatch"/></pattern></defs>`,
  ];
  const marks = [];
  rows.forEach((size, j) => {
    const y = top + j * high;
    parts.push(text(left - 6, y + 20, size >= 10_000 ? `${number(size / 1000)}k` : whole(size), "tick", "end"));
    columns.forEach((threshold, i) => {
      const x = left + i * wide,
        it = cell(threshold, size),
        box = `x="${x.toFixed(1)}" y="${y}" width="${wide.toFixed(1)}" height="${high}"`;
      parts.push(`<rect ${box} class="heat heat-${shade(it.mean)}"/>`);
      if (!it.known) parts.push(`<rect ${box} fill="url(#map-${name}-none)"/>`);
      parts.push(text(x + wide / 2, y + 20, short(it.mean), "cell", "middle"));
      const inner = (by) =>
        `x="${(x + by).toFixed(1)}" y="${y + by}" width="${(wide - 2 * by).toFixed(1)}" height="${high - 2 * by}"`;
      if (threshold === data.own.threshold && size === data.own.size) marks.push(`<rect ${inner(1)} class="cell-own"/>`);
      if (threshold === setting.threshold && size === setting.size) marks.push(`<rect ${inner(-1)} class="cell-here"/>`);
    });
  });
  const every = wide < 34 ? 2 : 1;
  columns.forEach((threshold, i) => {
    if (i % every === 0 || every === 1)
      parts.push(text(left + (i + 0.5) * wide, top + rows.length * high + 17, as_typed("threshold", threshold), "tick", "middle"));
  });
  parts.push(text(width - 4, height - 4, WORDS.map.across, "tick", "end"));
  const here = cell(setting.threshold, setting.size);
  const spoken = filled(WORDS.map.spoken, { words, here: number(here.mean) });
  return picture(width, height, "chart map", spoken, parts.join("") + marks.join(""));
}

// Each shade is about three times the one before: below 0.01, 0.03, 0.1, ... 10, and more.
const shade = (value) => (value > 0 ? Math.min(Math.max(Math.floor(2 * Math.log10(value) + 5), 0), SHADES - 1) : 0);
// What fits into a cell: two digits, and none of less than a hundredth.
function short(value) {
  if (value >= 1000) return `${number(value / 1000)}k`;
  return value > 0 && value < 0.01 ? "<0.01" : value >= 9.95 ? whole(value) : rounded(value, value >= 0.995 ? 1 : 2).toFixed(value >= 0.995 ? 1 : 2);
}

function map_key(source, unit, more) {
  const key = (inside, words) =>
    `<li><svg class="key" viewBox="0 0 22 16" width="22" height="16" aria-hidden="true">${inside}</svg>${esc(words)}</li>`;
  const keys = [
    key('<rect x="2" y="2" width="18" height="12" class="cell-own"/>', WORDS.map.own),
    key('<rect x="2" y="2" width="18" height="12" class="cell-here"/>', WORDS.map.here),
    ...(source.recorded.thresholds
      ? [key('<path d="M0 16L16 0M6 16L22 0M0 9L9 0M13 16L22 7" class="hatch"/>', filled(WORDS.map.hatched, source))]
      : []),
  ];
  return `<ul class="keys">${keys.join("")}</ul><p class="note">${esc(filled(WORDS.map.note, { unit }))}${more ? ` ${esc(WORDS.map.other)}` : ""}</p>`;
}

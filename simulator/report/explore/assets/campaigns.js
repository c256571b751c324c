// The campaigns that the page simulated, one dot each, by how many wrongful stops they had.
function campaigns(state) {
  const { data, setting } = state,
    { unit } = data,
    stops = state.found[setting.source].measures.wrongful_stops,
    most = Math.max(...stops),
    rows = [];
  const width = Math.max(1, Math.ceil(most / 6));
  const none = stops.filter((count) => count === 0).length;
  rows.push({ words: WORDS.campaigns.none, count: none, filled: false });
  for (let low = 1; low <= most; low += width) {
    const high = low + width - 1;
    rows.push({
      words: high > low ? `${low} to ${high}` : String(low),
      count: stops.filter((count) => low <= count && count <= high).length,
      filled: true,
    });
  }
  const dots = (row, i) =>
    `<tr><th scope="row">${row.words}</th><td>${row.count ? array_of([{ count: row.count, shape: "circle", look: row.filled ? "dark" : "ring" }], Math.min(20, row.count), `dot-${i}`, "") : ""}</td><td class="n">${row.count}</td></tr>`;
  return {
    picture: `<table class="dots"><caption class="unseen">${filled(WORDS.campaigns.unseen, { unit })}</caption><thead><tr><th scope="col">${WORDS.wrongful}</th><th scope="col">${unit}s</th><th scope="col" class="n">${WORDS.campaigns.many}</th></tr></thead><tbody>${rows.map(dots).join("")}</tbody></table>
      <p class="note">${esc(filled(WORDS.campaigns.note, { number: stops.length, unit, whose: data.sources[setting.source].whose }))}</p>`,
    caption: filled(WORDS.campaigns.caption, { number: stops.length, unit }),
    heads: [WORDS.wrongful, `${unit}s`],
    rows: rows.map((row) => [row.words, String(row.count)]),
  };
}

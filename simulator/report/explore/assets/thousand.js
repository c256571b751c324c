// A thousand alerts: what came of them. Rare ends are as many as the boxes say, the others as simulated.
const LOOKS = {
  arrested: "dark",
  other_disposal: "sky",
  conditions_kept: "green",
  let_go: "violet",
  outdated_record: "yellow",
  bystander: "plus",
  already_dealt_with: "grey",
  dismissed: "cross",
  not_reached: "falling",
  not_found: "ring",
};

// Alerts of a campaign by end: totals of true, of wrongful stops and of other false alerts, each shared out as simulated.
function totals_by_end(state) {
  const { data, setting } = state,
    it = state.numbers[setting.source],
    { ends } = state.found[setting.source];
  const groups = [
    [(end) => !end.false, it.true_alerts],
    [(end) => end.false && end.did !== "bystander" && end.stopped, it.wrongful_stops],
    [(end) => end.false && !(end.did !== "bystander" && end.stopped), it.false_alerts - it.wrongful_stops],
  ];
  const totals = data.ends.map(() => 0);
  for (const [mine, total] of groups) {
    const of = data.ends.map((end, i) => (mine(end) ? ends[i] : 0)),
      all = sum(of);
    // where none was simulated, the commonest end of such alerts stands for all
    const commonest = data.ends.findIndex((end) => mine(end) && (end.did === "let_go" || end.did === "dismissed"));
    of.forEach((count, i) => {
      if (all > 0) totals[i] += (Math.max(total, 0) * count) / all;
    });
    if (!(all > 0) && total > 0) totals[commonest] += total;
  }
  return totals;
}

function thousand(state) {
  const { data, setting } = state,
    it = state.numbers[setting.source],
    totals = totals_by_end(state),
    signs = largest_remainder(totals, 1000);
  const groups = data.ends.map((end, i) => ({
    ...end,
    count: signs[i],
    total: totals[i],
    shape: end.false ? "diamond" : "circle",
    look: LOOKS[end.did],
  }));
  const drawn = groups.filter((group) => group.count),
    rare = groups.filter((group) => !group.count && group.total > 0 && group.stopped);
  const words = `Of 1,000 alerts: ${drawn.map((group) => `${group.count} ${group.words}`).join("; ")}.`;
  const parts = (across, name) =>
    ["diamond", "circle"]
      .map((shape) => {
        const mine = drawn.filter((group) => group.shape === shape);
        return mine.length
          ? `<div>${array_of(mine, across, `${shape}-${name}`, shape === "circle" || drawn.every((group) => group.shape === shape) ? words : "")}</div>`
          : "";
      })
      .join("");
  const keys = ["diamond", "circle"]
    .map((shape) => {
      const mine = drawn.filter((group) => group.shape === shape);
      return mine.length
        ? `<p class="title">${shape === "diamond" ? WORDS.thousand.wrong : WORDS.thousand.right}</p><ul class="keys">${mine.map((group) => `<li>${legend(shape, group.look)}<b>${group.count}</b> ${esc(group.words)}</li>`).join("")}</ul>`
        : "";
    })
    .join("");
  const more = rare.length
    ? `<p class="note">${esc(filled(WORDS.thousand.rare, { ends: rare.map((group) => group.words).join("; ") }))}</p>`
    : "";
  return {
    picture: `<p>${filled(WORDS.thousand.takes, { faces: large((1000 * it.faces) / it.alerts) })}</p><div class="thousand"><div class="signs"><div class="on-desk">${parts(50, "d")}</div><div class="on-phone">${parts(25, "p")}</div></div><div>${keys}${more}</div></div>`,
    caption: WORDS.thousand.caption,
    heads: [WORDS.thousand.came, WORDS.who, WORDS.thousand.of, filled(WORDS.thousand.average, { unit: data.unit })],
    rows: groups
      .filter((group) => group.total > 0)
      .map((group) => [group.words, group.false ? WORDS.wrong : WORDS.right, String(group.count), number(group.total)]),
  };
}

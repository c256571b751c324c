// "Virtually zero": what counts of false alerts exclude, and what would have to be true for such words. As ``lfrsim claim`` does.
const LIMITS = [1000, 10_000, 100_000, 1_000_000];
const LOG_20 = Math.log(20);
// Fewer cases say nothing, whichever way they went (evidence/claim/no_test.py).
const FEWEST = 7;

const millions = (x) =>
  x >= 0.9995e12
    ? `${number(x / 1e12)} trillion`
    : x >= 0.9995e9
      ? `${number(x / 1e9)} billion`
      : x >= 0.9995e6
        ? `${number(x / 1e6)} million`
        : number(x);
const one_in_of = (rate) => (!(rate > 0) ? "none" : rate >= 0.1 ? `${number(100 * rate)} in 100` : `1 in ${millions(1 / rate)}`);
function enough(units) {
  const step = 10 ** Math.max(Math.floor(Math.log10(units)) - 2, 0);
  return millions(Math.ceil((units / step) * (1 - 1e-12)) * step);
}
const span_of = ([low, high], wrong) =>
  wrong === 0
    ? `at most ${one_in_of(high)}`
    : low <= 0
      ? `${one_in_of(high)} or rarer`
      : `${one_in_of(high)} to ${one_in_of(low)}`;

// What is said of *wrong* false alerts among so many *faces* and *alerts*, *unconfirmed* of which nobody confirmed.
function zero({ wrong, faces, alerts, unconfirmed }) {
  const per_face = mean_interval(wrong, 0.025).map((end) => Math.min(end / faces, 1)),
    per_alert = share_interval(wrong, alerts, 0.025);
  const [least, most] = mean_interval(wrong, 0.05).map((end) => end / faces);
  const readings = LIMITS.map((one) => {
    const limit = 1 / one,
      could = Math.min(alerts, Math.floor(limit * faces * (1 + 1e-9)));
    const few =
      Math.min(alerts, faces) < FEWEST || (wrong === 0 && 10 * limit < 1 && faces * Math.log1p(-10 * limit) > Math.log(0.5));
    const holds = most < limit ? "holds" : least > limit ? "does not hold" : "cannot be shown";
    const bearing = could === alerts ? "no test" : holds !== "does not hold" && few ? "no test" : holds;
    return { one, could, bearing, units: LOG_20 / limit };
  });
  const worst =
    unconfirmed > 0 ? { top: wrong + unconfirmed, interval: share_interval(wrong + unconfirmed, alerts, 0.025) } : null;
  return { per_face, per_alert, readings, worst };
}

function zero_view() {
  const [wrong, faces, alerts, unconfirmed] = ["wrong", "faces", "alerts", "unconfirmed"].map((name) => {
    const box = byId(`zero-${name}`);
    return box.value === "" && name === "unconfirmed" ? 0 : box.valueAsNumber;
  });
  const given = [wrong, faces, alerts, unconfirmed];
  const fault = given.some((value) => !Number.isInteger(value) || value < 0)
    ? WORDS.zero.whole
    : faces < 1 || alerts < 1
      ? WORDS.zero.least
      : wrong + unconfirmed > alerts
        ? WORDS.zero.more_false
        : alerts > faces
          ? WORDS.zero.more_alerts
          : "";
  byId("zero-fault").textContent = fault;
  if (fault) return null;
  const found = zero({ wrong, faces, alerts, unconfirmed }),
    [, tenth] = found.readings;
  const said = [
    `Per face counted: ${wrong === 0 ? "none" : one_in_of(wrong / faces)} (exact 95 %: ${span_of(found.per_face, wrong)}). Rates above 1 in ${millions(1 / found.per_face[1])} are excluded at 95 %, lower ones are not shown.`,
    `Per alert: ${wrong === 0 ? "none" : one_in_of(wrong / alerts)} (exact 95 %: ${span_of(found.per_alert, wrong)}).`,
    `Of ${whole(alerts)} alerts ${tenth.could === alerts ? `all ${whole(alerts)}` : tenth.could ? whole(tenth.could) : "none"} could be wrong and "at most 1 in 10,000 faces" would still hold${tenth.could === alerts ? ": it is no test" : ""}.`,
    `To show "fewer than 1 in 10,000 faces" takes ${enough(tenth.units)} faces without a false alert.`,
    ...(found.worst
      ? [
          `If all ${whole(unconfirmed)} unconfirmed alerts were false too: ${one_in_of(found.worst.top / alerts)} alerts (exact 95 %: ${span_of(found.worst.interval, found.worst.top)}).`,
        ]
      : []),
  ];
  const heads = [
    WORDS.zero.means,
    filled(WORDS.zero.could, { alerts: whole(alerts) }),
    WORDS.zero.counted,
    WORDS.zero.shows,
  ];
  const rows = found.readings.map((item) => [
    millions(item.one),
    item.could === alerts ? `all ${whole(alerts)}` : item.could ? whole(item.could) : "none",
    item.bearing,
    enough(item.units),
  ]);
  return {
    picture: `<ul>${said.map((line) => `<li>${esc(line)}</li>`).join("")}</ul>${table_of(WORDS.zero.caption, heads, rows)}<p class="note">${esc(WORDS.zero.note)}</p>`,
    caption: WORDS.zero.csv,
    heads,
    rows,
  };
}

// Natural frequencies: a million faces parted into alerts, right and wrong, stopped or not; and the same as two by two.
function tree(state) {
  const { data, setting } = state,
    it = state.numbers[setting.source],
    per = 1e6 / it.faces;
  const wrong = { all: it.false_alerts * per, stopped: it.wrongful_stops * per },
    right = { all: it.true_alerts * per, stopped: (it.stops - it.wrongful_stops) * per };
  const node = (count, words, inside = "", strong = "") =>
    `<li${strong}><span><b>${count}</b> ${words}</span>${inside ? `<ul>${inside}</ul>` : ""}</li>`;
  const side = ({ all, stopped }, words, strong) =>
    node(
      number(all),
      words,
      node(number(stopped), "stopped", "", strong) + node(number(Math.max(all - stopped, 0)), "not stopped"),
    );
  const alerts = wrong.all + right.all;
  const picture_ = `<div class="tree"><ul>${node("1 million", "faces counted", node(number(alerts), "alerts", side(wrong, "wrong person", ' class="strong"') + side(right, "right person", "")) + node(large(1e6 - alerts), "without an alert"))}</ul></div>`;
  const row = (words, { all, stopped }) => [words, number(stopped), number(Math.max(all - stopped, 0)), number(all)];
  const both = { all: alerts, stopped: wrong.stopped + right.stopped };
  const rows = [row("wrong person", wrong), row("right person", right), row("together", both)];
  const of =
    wrong.all > 0
      ? `Of ${number(alerts)} alerts ${number(wrong.all)} point at the wrong person: ${one_in(wrong.all / alerts)}.`
      : "";
  return {
    picture: `<div class="two"><div>${picture_}</div><div><p>${of}</p>${table_of("Alerts on a million faces, two by two", ["who it was", "stopped", "not stopped", "together"], rows)}<p class="note">Averages, so parts of people occur. ${esc(data.sources[setting.source].whose[0].toUpperCase() + data.sources[setting.source].whose.slice(1))} for the errors.</p></div></div>`,
    caption: "Alerts on a million faces, two by two",
    heads: ["who it was", "stopped", "not stopped", "together"],
    rows,
  };
}

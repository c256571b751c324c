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
      node(number(stopped), WORDS.stopped, "", strong) + node(number(Math.max(all - stopped, 0)), WORDS.not_stopped),
    );
  const alerts = wrong.all + right.all;
  const picture_ = `<div class="tree"><ul>${node(WORDS.tree.million, WORDS.tree.faces, node(number(alerts), WORDS.tree.alerts, side(wrong, WORDS.wrong, ' class="strong"') + side(right, WORDS.right, "")) + node(large(1e6 - alerts), WORDS.tree.without))}</ul></div>`;
  const row = (words, { all, stopped }) => [words, number(stopped), number(Math.max(all - stopped, 0)), number(all)];
  const heads = [WORDS.who, WORDS.stopped, WORDS.not_stopped, WORDS.together],
    { whose } = data.sources[setting.source];
  const both = { all: alerts, stopped: wrong.stopped + right.stopped };
  const rows = [row(WORDS.wrong, wrong), row(WORDS.right, right), row(WORDS.together, both)];
  const of =
    wrong.all > 0
      ? `Of ${number(alerts)} alerts ${number(wrong.all)} point at the wrong person: ${one_in(wrong.all / alerts)}.`
      : "";
  return {
    picture: `<div class="two"><div>${picture_}</div><div><p>${of}</p>${table_of(WORDS.tree.caption, heads, rows)}<p class="note">${esc(filled(WORDS.tree.note, { whose: whose[0].toUpperCase() + whose.slice(1) }))}</p></div></div>`,
    caption: WORDS.tree.caption,
    heads,
    rows,
  };
}

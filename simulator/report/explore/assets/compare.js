// Two settings side by side on the same people: the one kept as A, and the one set now, B.
const COUNTED = { stops: WORDS.stops, listed_stopped: WORDS.found, listed_missed: WORDS.missed };

function compare(state) {
  const { data, setting, kept } = state,
    { unit } = data;
  if (!kept) return { picture: `<p>${esc(WORDS.compare.begin)}</p>`, rows: null };
  const forget = ` <button type="button" data-do="forget">${WORDS.compare.forget}</button>`,
    here = `<p><b>A</b> ${esc(setting_words(kept.setting))}.${forget}</p>`,
    differ = differing(setting, kept.setting);
  if (!differ.length) return { picture: `${here}<p>${esc(WORDS.compare.same)}</p>`, rows: null };

  const source = data.sources[setting.source],
    [a, b] = [kept, state].map(({ setting, found, numbers }) => ({ setting, found: found[state.setting.source], numbers }));
  const items = [
    ...data.sources.map((of, i) => by_formula(filled(WORDS.compare.wrongful, { unit }), of, a, b, i, (it) => it.wrongful_stops, 1)),
    by_formula(WORDS.per_face, source, a, b, setting.source, (it) => it.per_face.rate, 1e6),
    by_formula(WORDS.per_alert, source, a, b, setting.source, (it) => it.per_alert.rate, 1e3),
  ];
  // what officers change is simulated: the chance of that is in a difference as well as what is not known of the inputs
  data.sources.forEach((of, i) => {
    const pair = [kept, state].map(({ setting: at_, found }) => ({ setting: at_, found: found[i] })),
      [low, high] = chance_of(data, of, [...pair, state.own[i]], ["wrongful_stops"]).wrongful_stops,
      { ends } = items[i];
    if (ends) items[i].ends = [Math.min(ends[0], low), Math.max(ends[1], high)];
  });
  const chance = chance_of(data, source, [a, b, state.own[setting.source]], Object.keys(COUNTED));
  for (const name of Object.keys(COUNTED)) {
    const [was, is] = [a, b].map(({ numbers }) => numbers[setting.source][name]);
    items.push({ label: COUNTED[name], short: source.short, was, is, ends: chance[name], why: WORDS.compare.chance });
  }
  // where no campaign differed, an interval of nothing would say more than they do
  for (const item of items)
    if (item.ends && !(item.ends[1] > item.ends[0])) Object.assign(item, { ends: null, why: filled(WORDS.compare.none, { unit }) });
  const rows = items.map(({ label, short, was, is, ends, why }) => [
    `${label} (${short})`,
    number(was),
    number(is),
    signed(is - was),
    ends ? `${signed(ends[0])} to ${signed(ends[1])}` : "",
    why,
  ]);
  const heads = [WORDS.compare.what, "A", "B", WORDS.compare.difference, WORDS.compare.may_lie, WORDS.compare.because];
  const caption = filled(WORDS.compare.caption, { unit });
  const beyond = [kept.setting, setting].map((it) => beyond_words(data, it)),
    said = beyond.map((it, i) => (it ? `<p class="beyond">${"AB"[i]}: ${esc(it)}</p>` : "")).join("");
  const { heads: more_heads, rows: more_rows } = campaign_by_campaign(state, a.found.measures, b.found.measures);
  return {
    picture: `${here}<p><b>B</b> ${esc(filled(WORDS.compare.differs, { what: setting_words(setting, differ) }))}</p>${said}${table_of(caption, heads, rows)}${table_of(filled(WORDS.compare.by_campaign, { number: a.found.measures.stops.length, unit, whose: source.whose }), more_heads, more_rows)}<p class="note">${esc(filled(WORDS.compare.note, { unit }))}</p>`,
    caption,
    heads: [
      WORDS.compare.what,
      WORDS.compare.rates,
      ...heads.slice(1, 4),
      WORDS.compare.least,
      WORDS.compare.most,
      WORDS.compare.because,
      ...more_heads.slice(1),
    ],
    rows: items.map(({ label, short, was, is, ends, why }) => {
      const same = short === source.short && more_rows.find((row) => row[0] === label);
      return [label, short, ...[was, is, is - was, ends?.[0], ends?.[1]].map(number), why, ...(same || ["", "", "", ""]).slice(1)];
    }),
  };
}

// A number that follows the closed form: its difference with where it may lie as the inputs vary.
function by_formula(label, source, a, b, i, value, times) {
  const [was, is] = [a, b].map(({ numbers }) => times * value(numbers[i]));
  const ends =
    source.run.wrongful_stops.average_95 &&
    inputs_of(source, { threshold: a.setting.threshold, value: was }, { threshold: b.setting.threshold, value: is });
  return { label, short: source.short, was, is, ends, why: ends ? WORDS.compare.inputs : "" };
}

// In how many campaigns B had more, as many and fewer than A: the same people came to both.
function campaign_by_campaign({ data }, a, b) {
  const { unit } = data;
  const rows = ["wrongful_stops", ...Object.keys(COUNTED)].map((name) => {
    const by = a[name].map((value, i) => Math.sign(b[name][i] - value)),
      of = (sign) => String(by.filter((it) => it === sign).length);
    return [name === "wrongful_stops" ? filled(WORDS.compare.wrongful, { unit }) : COUNTED[name], of(1), of(0), of(-1)];
  });
  return { heads: [WORDS.compare.what, WORDS.compare.more, WORDS.compare.as_many, WORDS.compare.fewer], rows };
}

const signed = (x) => (x > 0 ? `+${number(x)}` : x < 0 ? `−${number(-x)}` : "0");

byId("keep").addEventListener("click", () => {
  if (!state.numbers) return;
  state.kept = { setting: state.setting, found: state.found, numbers: state.numbers };
  put_view("compare", compare(state));
  byId("announced").textContent = WORDS.compare.kept;
});
byId("view-compare").addEventListener("click", ({ target }) => {
  if (target.dataset.do !== "forget") return;
  state.kept = null;
  put_view("compare", compare(state));
  byId("keep").focus();
});

// How many alerts are right depends on how many listed people come past: the share of right alerts over true alerts per 1,000 faces.
function base_rate(state) {
  const { data, setting, numbers } = state,
    x = {
      from: 0.001,
      to: 10,
      log: true,
      ticks: [0.001, 0.01, 0.1, 1, 10],
      said: String,
      words: WORDS.base_rate.across,
    };
  const steps = Array.from({ length: 41 }, (_, i) => 10 ** (-3 + i / 10));
  const false_per = numbers.map((of) => (1000 * of.false_alerts) / of.faces),
    here = numbers.map((of) => (1000 * of.true_alerts) / of.faces);
  const draw = (width, name) => {
    const height = Math.round(width * 0.42) + 90,
      left = 52,
      right = width - 12,
      top = 14,
      bottom = height - 40;
    const across = (value) => left + ((Math.log10(value) + 3) / 4) * (right - left),
      up = (share) => bottom - share * (bottom - top);
    const parts = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
      `<path d="M${left} ${up(share)}H${right}" class="grid"/>`,
      text(left - 6, up(share) + 4, `${share * 100} %`, "tick", "end"),
    ]);
    x.ticks.forEach((value) => parts.push(text(across(value), bottom + 19, x.said(value), "tick", "middle")));
    parts.push(text((left + right) / 2, height - 4, x.words, "tick", "middle"));
    data.sources.forEach((_, i) => {
      const path = steps.map((step) => `${across(step).toFixed(1)} ${up(step / (step + false_per[i])).toFixed(1)}`);
      parts.push(`<path d="M${path.join("L")}" class="line ${i ? "lab" : "own"}"/>`);
      const even = false_per[i];
      if (even > x.from && even < x.to)
        parts.push(`<path d="M${across(even).toFixed(1)} ${up(0.5)}V${bottom}" class="even ${i ? "lab" : "own"}"/>`);
      const now = Math.min(Math.max(here[i], x.from), x.to);
      parts.push(
        i
          ? `<rect x="${across(now) - 6}" y="${up(now / (now + even)) - 6}" width="12" height="12" class="here lab"/>`
          : `<circle cx="${across(now)}" cy="${up(now / (now + even))}" r="7" class="here own"/>`,
      );
    });
    // the share of passers-by who are listed, were the system to find from 9 down to 5 of 10 of them
    const ends = [here[setting.source] / 0.9, here[setting.source] / 0.5].map((value) => Math.min(Math.max(value, x.from), x.to));
    parts.push(`<path d="M${across(ends[0]).toFixed(1)} ${bottom - 4}H${across(ends[1]).toFixed(1)}" class="bar"/>`);
    return picture(
      width,
      height,
      "chart",
      filled(WORDS.base_rate.spoken, { here: number(here[setting.source]) }),
      parts.join(""),
    );
  };
  const at = [0.001, 0.01, 0.1, 0.5, 1, 2, 5, 10];
  const even = (i) => `by ${data.sources[i].whose} below ${number(false_per[i])}`;
  return {
    picture: `${in_both(draw)}<ul class="keys">${data.sources.map((source, i) => line_key(i, source.whose)).join("")}</ul><p>More alerts are wrong than right where fewer true alerts come than false ones: ${data.sources
      .map((_, i) => even(i))
      .map(esc)
      .join(", ")} true alerts per 1,000 faces (upright lines). Here there are ${number(here[setting.source])}.</p>
      <p class="note">${WORDS.base_rate.bar}</p>`,
    caption: WORDS.base_rate.caption,
    heads: [WORDS.base_rate.head, ...data.sources.map((source) => source.short)],
    rows: at.map((step) => [String(step), ...false_per.map((each) => `${number((100 * step) / (step + each))} %`)]),
  };
}

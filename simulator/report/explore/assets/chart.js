// A chart whose upright axis is logarithmic: lines with bands, hatched where there is no data, points with their intervals.
const EDGE = { left: 74, right: 20, top: 14, bottom: 40 };

// *lines*: {look, points: [{x, mean, low, high, known}]}; *points*: {x, y, low, high, look, words}; *hatched*: [from, to] on the x axis.
function chart(width, name, { words, lines, points, hatched, x, unit }) {
  const height = Math.round(width * 0.5) + 90,
    inner = [EDGE.left, width - EDGE.right, EDGE.top, height - EDGE.bottom];
  const all = [...lines.flatMap((line) => line.points.map((point) => point.mean)), ...points.map((point) => point.y)].filter(
    (value) => value > 0,
  );
  const first = Math.floor(Math.log10(Math.min(...all)) - 0.2),
    last = Math.ceil(Math.log10(Math.max(...all)) + 0.2);
  const scaled = x.log ? Math.log10 : (value) => value;
  const across = (value) =>
    inner[0] + ((scaled(value) - scaled(x.from)) / (scaled(x.to) - scaled(x.from))) * (inner[1] - inner[0]);
  const up = (value) => {
    const share = (Math.log10(Math.max(value, 1e-300)) - first) / (last - first);
    return inner[3] - Math.min(Math.max(share, 0), 1) * (inner[3] - inner[2]);
  };
  const parts = [
    `<defs><pattern id="${name}-none" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V7" class="hatch"/></pattern></defs>`,
  ];
  for (const [from, to] of hatched) {
    const left = across(Math.max(from, x.from)),
      right = across(Math.min(to, x.to));
    if (right - left > 1)
      parts.push(
        `<rect x="${left.toFixed(1)}" y="${inner[2]}" width="${(right - left).toFixed(1)}" height="${inner[3] - inner[2]}" fill="url(#${name}-none)"/>`,
      );
  }
  for (let power = first; power <= last; power += 1) {
    const y = up(10 ** power);
    parts.push(
      `<path d="M${inner[0]} ${y.toFixed(1)}H${inner[1]}" class="grid"/>`,
      text(inner[0] - 6, y + 4, power < 0 ? `1 in ${number(10 ** -power)}` : number(10 ** power), "tick", "end"),
    );
  }
  const every = Math.ceil((x.ticks.length * 52) / (inner[1] - inner[0]));
  x.ticks
    .filter((_, i) => i % every === 0)
    .forEach((value) =>
      parts.push(
        `<path d="M${across(value).toFixed(1)} ${inner[3]}v5" class="axis"/>`,
        text(across(value), inner[3] + 19, x.said(value), "tick", "middle"),
      ),
    );
  parts.push(
    `<path d="M${inner[0]} ${inner[2]}V${inner[3]}H${inner[1]}" class="axis"/>`,
    text((inner[0] + inner[1]) / 2, height - 4, x.words, "tick", "middle"),
  );
  for (const line of lines) {
    const has = line.points.filter((point) => point.high > 0);
    if (has.length) {
      const there = has.map((point) => `${across(point.x).toFixed(1)} ${up(point.high).toFixed(1)}`);
      const back = [...has].reverse().map((point) => `${across(point.x).toFixed(1)} ${up(point.low).toFixed(1)}`);
      parts.push(`<path d="M${[...there, ...back].join("L")}Z" class="band ${line.look}"/>`);
    }
  }
  for (const line of lines) {
    line.points.slice(1).forEach((point, i) => {
      const before = line.points[i];
      parts.push(
        `<path d="M${across(before.x).toFixed(1)} ${up(before.mean).toFixed(1)}L${across(point.x).toFixed(1)} ${up(point.mean).toFixed(1)}" class="line ${line.look}${before.known && point.known ? "" : " guess"}"/>`,
      );
    });
  }
  for (const point of points) {
    const px = across(point.x),
      py = up(point.y);
    if (point.high)
      parts.push(
        `<path d="M${px.toFixed(1)} ${up(point.low).toFixed(1)}V${up(point.high).toFixed(1)}M${px - 5} ${up(point.low).toFixed(1)}h10M${px - 5} ${up(point.high).toFixed(1)}h10" class="span ${point.look}"/>`,
      );
    parts.push(
      point.look === "recorded"
        ? `<path d="M${px} ${py - 12}l12 12l-12 12l-12 -12Z" class="spot-recorded"/>`
        : point.look === "lab"
          ? `<rect x="${px - 6}" y="${py - 6}" width="12" height="12" class="here lab"/>`
          : `<circle cx="${px}" cy="${py}" r="7" class="here ${point.look}"/>`,
    );
    if (point.words) {
      const left = px > (inner[0] + inner[1]) / 2;
      parts.push(text(px + (left ? -12 : 12), py - 10, point.words, "said", left ? "end" : "start"));
    }
  }
  return picture(width, height, "chart", filled(WORDS.curve.spoken, { words, unit }), parts.join(""));
}

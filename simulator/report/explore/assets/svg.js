// Small parts of pictures and tables, as text that is put into the page; everything that is not the program's own goes through esc.
const esc = (text) =>
  String(text).replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
// Words with what their ``{names}`` stand for.
const filled = (words, parts) => words.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
const byId = (id) => document.getElementById(id);

// A picture of so many pixels; *words* say to whoever cannot see it what is on it.
const picture = (width, height, kind, words, inside) =>
  `<svg class="${kind}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${esc(words)}">${inside}</svg>`;
const text = (x, y, words, kind = "", anchor = "start") =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" class="${kind}" text-anchor="${anchor}">${esc(words)}</text>`;

// The same picture for a desk and for a phone.
const in_both = (draw, desk = 480) => `<div class="on-desk">${draw(desk, "d")}</div><div class="on-phone">${draw(332, "p")}</div>`;

// A table with a head for every column and every row; cells are text.
function table_of(caption, heads, rows) {
  const head = heads.map((words, i) => `<th scope="col"${i ? ' class="n"' : ""}>${esc(words)}</th>`).join("");
  const lines = rows.map(
    ([first, ...others]) =>
      `<tr><th scope="row">${esc(first)}</th>${others.map((cell) => `<td class="n">${esc(cell)}</td>`).join("")}</tr>`,
  );
  return `<div class="wide" tabindex="0" role="region" aria-label="${esc(caption)}"><table><caption>${esc(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${lines.join("")}</tbody></table></div>`;
}

// The same as a file of comma-separated values.
const csv_of = (heads, rows) =>
  [heads, ...rows]
    .map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${String(cell).replace(/"/g, '""')}"` : cell)).join(","))
    .join("\r\n") + "\r\n";

// Offers a file that lies in the page.
function hand_out(name, media, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: media }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// Signs as in the reports (render/svg/icons.py): the shape says who it was, the fill what officers did.
const CELL = 12;
const SHAPES = {
  circle: (look) => `<circle cx="6" cy="6" r="4.3" class="sign ${look}"/>`,
  diamond: (look) => `<path d="M6 .6L11.4 6L6 11.4L.6 6Z" class="sign ${look}"/>`,
};
const MARKS = {
  sky: '<circle cx="6" cy="6" r="1.4" class="mark spot"/>',
  green: '<path d="M3 6H9" class="mark"/>',
  violet: '<path d="M6 3V9" class="mark"/>',
  yellow: '<path d="M3.8 8.2L8.2 3.8" class="mark"/>',
  plus: '<path d="M6 3.4V8.6M3.4 6H8.6" class="mark"/>',
  falling: '<path d="M3.8 3.8L8.2 8.2" class="mark"/>',
  cross: '<path d="M4 4L8 8M8 4L4 8" class="mark"/>',
};
const sign = (shape, look) => SHAPES[shape](look) + (MARKS[look] || "");
const legend = (shape, look) =>
  `<svg class="key" viewBox="0 0 12 12" width="16" height="16" aria-hidden="true">${sign(shape, look)}</svg>`;

// A run of equal signs is filled by a pattern: what is left of a row, whole rows, the rest.
function array_of(groups, across, name, words) {
  const patterns = [],
    cells = [];
  let at = 0;
  groups
    .filter((group) => group.count)
    .forEach((group, i) => {
      patterns.push(
        `<pattern id="${name}-${i}" width="12" height="12" patternUnits="userSpaceOnUse">${sign(group.shape, group.look)}</pattern>`,
      );
      const end = at + group.count;
      while (at < end) {
        const column = at % across,
          row = Math.floor(at / across),
          part = column || end - at < across;
        const width = part ? Math.min(across - column, end - at) : across,
          height = part ? 1 : Math.floor((end - at) / across);
        cells.push(
          `<rect x="${column * CELL}" y="${row * CELL}" width="${width * CELL}" height="${height * CELL}" fill="url(#${name}-${i})"/>`,
        );
        at += width * height;
      }
    });
  const size = [Math.min(across, Math.max(at, 1)) * CELL, Math.max(Math.ceil(at / across), 1) * CELL];
  const spoken = words ? `role="img" aria-label="${esc(words)}"` : 'aria-hidden="true"';
  return `<svg class="icons" viewBox="0 0 ${size[0]} ${size[1]}" width="${size[0]}" height="${size[1]}" ${spoken}><defs>${patterns.join("")}</defs>${cells.join("")}</svg>`;
}

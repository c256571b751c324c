// A view's picture as PNG, twice as fine as on a desk: its title, what is drawn, its key and notes, and what it was made from.
const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linejoin",
  "opacity",
  "paint-order",
  "font-size",
  "font-weight",
  "font-family",
  "text-anchor",
];
const MARGIN = 24,
  NARROWEST = 600;

// A drawing as it looks here, without the style sheet that it has here.
function painted(svg, x, y) {
  const copy = svg.cloneNode(true),
    [, , width, height] = svg.getAttribute("viewBox").split(" ");
  const [from, to] = [svg, copy].map((root) => [root, ...root.querySelectorAll("*")]);
  from.forEach((part, i) => {
    const style = getComputedStyle(part);
    for (const name of STYLES) to[i].setAttribute(name, style.getPropertyValue(name));
    to[i].removeAttribute("class");
  });
  for (const [name, value] of Object.entries({ x, y, width, height })) copy.setAttribute(name, value);
  return { text: new XMLSerializer().serializeToString(copy), width: Number(width), height: Number(height) };
}

// A sheet that is written from top to bottom.
class Sheet {
  constructor(width) {
    const style = getComputedStyle(document.querySelector(".lfrsim"));
    this.width = width;
    this.y = MARGIN;
    this.parts = [];
    [this.ink, this.paper, this.quiet] = ["--ink", "--paper", "--quiet"].map((name) => style.getPropertyValue(name).trim());
    this.family = style.fontFamily;
    this.pen = document.createElement("canvas").getContext("2d");
  }
  // *words* over as many lines as they need, from *x* on.
  write(words, size, { x = MARGIN, weight = 400, colour = this.ink, after = 6 } = {}) {
    this.pen.font = `${weight} ${size}px ${this.family}`;
    const lines = [];
    for (const word of words.trim().split(/\s+/)) {
      const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
      if (!lines.length || this.pen.measureText(longer).width > this.width - MARGIN - x) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    for (const line of lines) {
      this.y += size * 1.4;
      this.parts.push(
        `<text x="${x}" y="${this.y - size * 0.35}" font-size="${size}" font-weight="${weight}" font-family="${esc(this.family)}" fill="${colour}">${esc(line)}</text>`,
      );
    }
    this.y += after;
  }
  draw(svg, x = MARGIN, after = 10) {
    const { text, height } = painted(svg, x, this.y);
    this.parts.push(text);
    this.y += height + after;
  }
  svg() {
    const height = Math.ceil(this.y + MARGIN / 2);
    return {
      height,
      text: `<svg xmlns="http://www.w3.org/2000/svg" width="${2 * this.width}" height="${2 * height}" viewBox="0 0 ${this.width} ${height}"><rect width="${this.width}" height="${height}" fill="${this.paper}"/>${this.parts.join("")}</svg>`,
    };
  }
}

// What of a view goes onto its sheet, in order: what is drawn for a desk, words, keys, rows of dots; tables are in its CSV.
const pieces = (name) =>
  [...byId(`view-${name}`).querySelectorAll("p, li, svg, tr")].filter(
    (piece) =>
      !piece.closest(".on-phone") &&
      (piece.matches("svg") ? !piece.closest("li, tr") : piece.matches("tr") ? piece.closest(".dots") : true),
  );
const drawn = (name) => pieces(name).some((piece) => piece.matches("svg") || piece.querySelector("td svg"));

function sheet_of(name) {
  const all = pieces(name),
    widest = Math.max(...all.filter((piece) => piece.matches("svg")).map((svg) => svg.viewBox.baseVal.width), 0);
  const sheet = new Sheet(Math.max(widest + 2 * MARGIN, NARROWEST));
  sheet.write(byId(`title-${name}`).textContent, 22, { weight: 700, after: 8 });
  const { caption } = tables[name];
  if (!all[0].textContent.startsWith(caption)) sheet.write(caption, 15);
  for (const piece of all) {
    if (piece.matches("svg")) sheet.draw(piece);
    else if (piece.matches("tr")) row_of_dots(sheet, piece);
    else if (piece.matches("li")) {
      const key = piece.querySelector("svg"),
        wide = key ? key.getAttribute("viewBox").split(" ")[2] : 0;
      if (key) sheet.parts.push(painted(key, MARGIN, sheet.y + 3).text);
      sheet.write(piece.textContent, 14, { x: MARGIN + (key ? Number(wide) + 8 : 0), after: 3 });
    } else if (piece.matches(".note")) sheet.write(piece.textContent, 12.5, { colour: sheet.quiet });
    else sheet.write(piece.textContent, 15, { weight: piece.matches(".title") ? 700 : 400 });
  }
  const { setting } = state,
    beyond = beyond_words(DATA, setting);
  sheet.parts.push(`<path d="M${MARGIN} ${sheet.y + 4}H${sheet.width - MARGIN}" stroke="${sheet.quiet}"/>`);
  sheet.y += 10;
  if (beyond) sheet.write(beyond, 12.5, { weight: 700 });
  if (disagree(state.numbers))
    sheet.write(filled(WORDS.saved.both, { unit: DATA.unit, second: headline(state).second }), 12.5);
  sheet.write(source_words(setting), 12.5, { colour: sheet.quiet });
  return sheet;
}

function row_of_dots(sheet, row) {
  const [label, , many] = row.cells,
    dots = row.querySelector("svg"),
    begin = sheet.y;
  sheet.write(label.textContent, 14, { after: 0 });
  const after_label = sheet.y;
  sheet.y = begin;
  sheet.write(many.textContent, 14, { x: 140, after: 0 });
  sheet.y = begin + 3;
  if (dots) sheet.draw(dots, 240, 3);
  sheet.y = Math.max(sheet.y, after_label) + 3;
}

// What a picture or a print was made from.
const source_words = (setting) =>
  filled(WORDS.saved.source, {
    title: DATA.title,
    setting: setting_words(setting),
    whose: DATA.sources[setting.source].whose,
    unit: DATA.unit,
    replications: whole(DATA.sources[0].replications),
    seed: DATA.sources[0].seed,
    made: document.querySelector("footer .made").textContent,
  });

async function save_picture(name) {
  const sheet = sheet_of(name),
    { text, height } = sheet.svg(),
    image = new Image(),
    canvas = document.createElement("canvas");
  image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  await image.decode();
  [canvas.width, canvas.height] = [2 * sheet.width, 2 * height];
  canvas.getContext("2d").drawImage(image, 0, 0);
  URL.revokeObjectURL(image.src);
  const file = await new Promise((done) => canvas.toBlob(done, "image/png"));
  hand_out(`${DATA.name}-${name}.png`, "image/png", file);
}
for (const button of document.querySelectorAll("button.png"))
  button.addEventListener("click", () => save_picture(button.dataset.of));

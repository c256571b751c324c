// What the page was made with, and its words (report/words): ``{names}`` in them are filled in where they are said.
const DATA = JSON.parse(document.getElementById("data").textContent),
  WORDS = DATA.words;
const filled = (words, parts) => words.replace(/\{(\w+)\}/g, (_, name) => parts[name]);

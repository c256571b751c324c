// What the page was made with, and its words (report/words).
const DATA = JSON.parse(document.getElementById("data").textContent),
  WORDS = DATA.words;

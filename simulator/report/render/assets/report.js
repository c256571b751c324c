"use strict";
// Copies a sentence; where the clipboard is not to be had, the sentence is selected, so that one key copies it.
for (const button of document.querySelectorAll("button.copy")) {
  const sentence = document.getElementById(button.dataset.of);
  const said = button.parentElement.querySelector(".copied");
  button.addEventListener("click", async () => {
    const range = document.createRange();
    range.selectNodeContents(sentence);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    try {
      await navigator.clipboard.writeText(sentence.textContent);
      said.textContent = button.dataset.copied;
    } catch {
      said.textContent = document.execCommand("copy") ? button.dataset.copied : button.dataset.selected;
    }
  });
}
// A part that is folded away opens when a link leads to it.
function unfold() {
  const part = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = part && (part.matches("details") ? part : part.querySelector(":scope > details"));
  if (folded) folded.open = true;
}
addEventListener("hashchange", unfold);
unfold();

/* Marks the words that a reader searched for on the page that was found by them. */

import { asPattern } from "./scripts.js";

/* A drawing has no room for marks, and a script reads the source of one that the browser draws. */
const LEFT_ALONE = "svg, pre.mermaid, script, style, .headerlink";

/* Of a drawing that is folded away, the picture above it says the same. */
const FOLDED = "article details:not(.diagram > *):has(mark.sought)";

export function mark(words) {
  unmark();
  if (!words.length) return; // or each letter would have an empty mark beside it
  const pattern = new RegExp(`(${words.map(asPattern).join("|")})`, "giu");
  for (const text of texts(document.querySelector("article"))) {
    const parts = text.data.split(pattern); // every second one is a word that was sought
    if (parts.length > 1) text.replaceWith(...parts.map((part, at) => (at % 2 ? makeMark(part) : part)));
  }
  document.querySelectorAll(FOLDED).forEach((fold) => (fold.open = true));
}

function unmark() {
  for (const marked of document.querySelectorAll("mark.sought")) {
    const { parentNode } = marked;
    marked.replaceWith(...marked.childNodes);
    parentNode.normalize(); // or a word that was marked in part would not be found again
  }
}

function texts(article) {
  const found = [];
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(LEFT_ALONE)) found.push(walker.currentNode);
  return found;
}

function makeMark(word) {
  const marked = Object.assign(document.createElement("mark"), { className: "sought" });
  marked.append(word);
  return marked;
}

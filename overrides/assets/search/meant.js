/* Whether what was found is what was sought. Where no word of the index begins as a word that is sought, Pagefind takes
   the longest one with which that begins: for `banana`, pages with a `b`. */

import { isUnspaced } from "./scripts.js";

const LEAST = 0.4; // of a word: `run` for `running`, `try` for `tries`

const plain = (word) => word.normalize("NFD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
const words = (text) => text.split(/\s+/);

/** In: the words that Pagefind was asked for, and its data of the first page that it gave. */
export function isMeant(sought, { raw_content: text, locations }) {
  const all = words(text);
  const found = locations.map((at) => plain(all[at]));
  return words(sought).map(plain).every((word) => found.some((other) => isLike(word, other)));
}

function isLike(word, other) {
  const beginning = word.slice(0, isUnspaced(word) ? word.length : Math.ceil(LEAST * word.length));
  return other.includes(beginning) || (word.includes(other) && other.length >= beginning.length);
}

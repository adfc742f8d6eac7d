/* Scripts that put no blanks between words. In the index each two letters of them that stand together are a word: see
   hooks/searching/scripts.py. Here the same is made of what a reader seeks, and a text of what is found. */

const UNSPACED =
  "[\\p{scx=Hani}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Mymr}\\p{scx=Khmr}\\uff01-\\uff0f\\uff1a-\\uff20\\uff5f-\\uff65]";
const RUN = new RegExp(`(?:${UNSPACED}\\p{M}*)+`, "gu");
const START = new RegExp(`^${UNSPACED}`, "u");

const PARTING = "\u2060'"; // in the index, behind signs of which Pagefind does not know that they part words

export const isUnspaced = (word) => START.test(word);
const letters = (word) => word.match(/\P{M}\p{M}*/gu) ?? [];

/** The words to ask Pagefind for, to which a wide blank, as one types in Japanese, parts none. */
export const fold = (sought) => sought.replace(/\s/gu, " ").replace(RUN, (run) => ` ${pairs(letters(run)).join(" ")} `);

function pairs(run) {
  const found = run.slice(1).map((letter, before) => run[before] + letter);
  return found.length ? found.filter((pair) => !/\p{P}/u.test(pair)) : run;
}

/** A text of the index as its author wrote it. In: nodes, of which the `mark`s were sought. Out: [text, isSought]. */
export function unfold(nodes) {
  const parts = [];
  const add = (text, isSought) => text && parts.push([text, isSought]);
  let before = "";
  let isBlank = false;
  let isSecondSought = false; // of the pair before
  for (const { textContent, localName } of nodes)
    for (const word of textContent.replaceAll(PARTING, "").match(/\s+|\S+/g) ?? []) {
      if (!word.trim()) {
        isBlank = true;
        continue;
      }
      const isSought = localName === "mark";
      const [first, second] = letters(word);
      const isPair = isUnspaced(first) && isUnspaced(second ?? "");
      if (isBlank && !isTight(before, word)) add(" ", false);
      const [, opening, core, closing] = /^(\p{P}*)(.*?)(\p{P}*)$/su.exec(isPair ? first : word);
      add(opening, false);
      add(core, isSought || isSecondSought);
      add(closing, false);
      [before, isBlank, isSecondSought] = [word, false, isSought && isPair];
    }
  return parts;
}

/* In the index blanks stand around all runs of such letters, beside signs of other scripts too. */
function isTight(before, word) {
  const last = letters(before).at(-1) ?? "";
  if (isUnspaced(last) && isUnspaced(word)) return true;
  const isBesideSign = /[^\P{P}.,:;!?]/u.test(last) || /^\p{P}/u.test(word);
  return isBesideSign && (isUnspaced(last) || isUnspaced(word));
}

/** A pattern for a word as it stands in a text: as a whole, where blanks tell what is a whole. */
export function asPattern(word) {
  const exact = word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return isUnspaced(word) ? exact : `(?<![\\p{L}\\p{N}_])${exact}(?![\\p{L}\\p{M}\\p{N}_])`;
}

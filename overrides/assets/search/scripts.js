/* Scripts that put no blanks between words. hooks/searching/scripts.py makes each of their letters a word of the index;
   here the same is done to what a reader asks for, and undone in what is shown. */

const UNSPACED = "\\p{scx=Hani}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Mymr}\\p{scx=Khmr}";
const LETTER = new RegExp(`[${UNSPACED}]\\p{M}*`, "gu");
const GAP = new RegExp(`(?<=[${UNSPACED}]\\p{M}*(?:</mark>)?) (?=(?:<mark>)?[${UNSPACED}])`, "gu");

/** The words to ask Pagefind for: letters of such a script apart, and as a phrase if they are all there is. */
export function separate(words) {
  const apart = words.replace(LETTER, " $& ").trim().replace(/\s+/g, " ");
  const isPhrase = apart.includes(" ") && !/\s/.test(words) && !words.replace(LETTER, "");
  return isPhrase ? `"${apart}"` : apart;
}

/** A text of the index, or Pagefind's excerpt of it, with its letters together, as the author wrote them. */
export const join = (text) => text.replace(GAP, "").replaceAll("</mark><mark>", "");

/** A pattern for a word as it stands in a text: as a whole, where blanks tell what is a whole. */
export function asPattern(word) {
  const exact = word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return word.search(LETTER) >= 0 ? exact : `(?<![\\p{L}\\p{N}_])${exact}(?![\\p{L}\\p{M}\\p{N}_])`;
}

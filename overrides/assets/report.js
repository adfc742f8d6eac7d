/* "Report a problem" names the section: that of the words that are selected, which it quotes, or else the one that the
   reader came to by a link. */

const HEADINGS = "h1[id], h2[id], h3[id], h4[id], h5[id], h6[id]";
const LONGEST = 500; // characters of a quotation

/* The last heading of the article that does not come after a place in it. */
function findHeading(place) {
  const article = document.querySelector("article");
  if (!article.contains(place)) return undefined;
  const isBefore = (heading) => !(heading.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_PRECEDING);
  return Array.from(article.querySelectorAll(HEADINGS)).findLast(isBefore);
}

const getText = (heading) => {
  const copy = heading.cloneNode(true);
  copy.querySelectorAll(".headerlink, .flag, .visually-hidden").forEach((part) => part.remove());
  return copy.textContent.trim();
};

function findTarget() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null; // a `%` may encode nothing
  }
}

const quote = (words) => words.trim().slice(0, LONGEST).replace(/^/gm, "> ");

export function fill(link) {
  const selection = getSelection();
  const start = selection.isCollapsed ? null : selection.getRangeAt(0).startContainer;
  const heading = findHeading(start ?? findTarget());
  const address = new URL((link.dataset.form ??= link.href)); // as the build filled it in
  if (heading) address.searchParams.set("section", getText(heading));
  if (start && heading) address.searchParams.set("problem", quote(selection.toString()));
  link.href = address.href;
}

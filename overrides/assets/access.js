/* What Material leaves out, and what it puts in the way of readers, above all of those without a mouse or without sight. */

/* What scrolls sideways can be reached, so that the arrow keys scroll it. */
const scrollers = ".md-typeset__scrollwrap, .md-typeset pre > code, .scroller, div.mermaid, math";
const widths = new ResizeObserver((entries) => {
  for (const { target } of entries)
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
});

/* The buttons of a piece of code are no part of the site's navigation. */
const groups = ".md-code__nav:not([role])";

export function makeButton(name, className, onclick) {
  const button = document.createElement("button");
  return Object.assign(button, { type: "button", className: `tool ${className}`, title: name, ariaLabel: name, onclick });
}

/* What only some readers do is fetched when they are about to do it. */
function addEnlarging(picture) {
  const name = picture.querySelector("title")?.textContent;
  const enlarge = async () => (await import("./enlarge.js")).enlarge(picture);
  picture.append(makeButton(`Enlarge the diagram${name ? `: ${name}` : ""}`, "tool--enlarge", enlarge));
}

async function fillForm({ target }) {
  const link = target.closest?.(".md-feedback a");
  if (link) (await import("./report.js")).fill(link);
}
for (const event of ["pointerover", "pointerdown", "focusin"]) addEventListener(event, fillForm);

/* Material looks for the id that a link to a part leads to in the link's address, where other letters than English ones
   are encoded: it found none. */
function decodeTarget(link) {
  const { hash } = new URL(link.href);
  try {
    Object.defineProperty(link, "hash", { value: decodeURIComponent(hash), configurable: true });
  } catch {
    // In an author's HTML a `%` may encode nothing.
  }
}

function improve() {
  document.querySelectorAll("a[data-preview]").forEach(decodeTarget);
  document.querySelectorAll(".picture:not(:has(.tool))").forEach(addEnlarging);
  document.querySelectorAll(scrollers).forEach((scroller) => widths.observe(scroller));
  document.querySelectorAll(groups).forEach((group) => group.setAttribute("role", "none"));
}
const arrivals = new MutationObserver(improve); // Material makes all of these when it likes

document$.subscribe(() => {
  widths.disconnect();
  arrivals.disconnect();
  arrivals.observe(document.querySelector("article"), { childList: true, subtree: true });
  improve();
});

/* Material writes down 100 ms later how far a reader has scrolled. With who follows a link before that, it took this for
   the place in the page that comes. */
let followsLink = false;
addEventListener("click", () => (followsLink = true), { capture: true });
addEventListener("popstate", () => (followsLink = false));

document$.subscribe(() => {
  if (!followsLink || history.state === null) return;
  if (location.hash) location.assign(location.hash);
  else scrollTo(0, 0);
});

/* Material acts on single letters: who dictates, or rests a hand on the keys, is taken elsewhere, and nobody can
   switch it off. It listens to the window, so the window must hear it here first. */
function dropLetter(event) {
  const letter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (letter && !writing) event.stopImmediatePropagation();
}
addEventListener("keydown", dropLetter, { capture: true });

/* A preview of what a link leads to, a page or a footnote, is a dialog without a name for Material, brings ids that the
   page may have already, and stays as long as the pointer does. */
function prepare(preview) {
  const first = preview.querySelector("h3");
  const link = document.querySelector("a:is([data-preview], .footnote-ref):is(:hover, :focus)");
  if (first && link?.hash && !first.querySelector(".headerlink")) {
    // Material makes a heading of whatever an address names: of a passage too.
    first.replaceWith(Object.assign(document.createElement("p"), { innerHTML: first.innerHTML }));
  }
  preview.setAttribute("aria-label", `Preview: ${link?.textContent ?? ""}`);
  preview.querySelector(".md-tooltip2__inner").tabIndex = 0; // it scrolls
  preview.querySelectorAll("[id]:not(svg [id])").forEach((part) => part.removeAttribute("id"));
}

const previews = new MutationObserver((changes) => {
  for (const { addedNodes } of changes)
    for (const node of addedNodes) if (node.matches?.(".md-tooltip2[role=dialog]")) prepare(node);
});
previews.observe(document.body, { childList: true });

addEventListener("keydown", ({ key }) => {
  if (key === "Escape") document.querySelectorAll(".md-tooltip2[role=dialog]").forEach((preview) => preview.remove());
});

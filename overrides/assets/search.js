/* Opens the search, Material's dialog, and marks the words on the page that a reader chose. Until then nothing is
   fetched but this: neither the modules in the folder beside it nor a piece of the index (see hooks/searching). Where
   the index is not in pieces, Material works its dialog itself. */

const toggle = document.getElementById("__search"); // Material's style sheet opens the dialog by it
const dialog = document.querySelector(".md-search");
const input = dialog.querySelector("input");

function open() {
  if (!toggle.checked) toggle.click(); // a click, since Material listens too
  input.focus();
}

/* No single letter: see access.js. */
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
dialog.querySelector("kbd").textContent = isMac ? "⌘ K" : "Ctrl K";
addEventListener("keydown", (event) => {
  const modifier = isMac ? event.metaKey : event.ctrlKey;
  if (event.key !== "k" || !modifier || event.altKey || event.shiftKey) return;
  event.preventDefault();
  open();
});

/* On a phone Material opens the dialog with a label, which no key reaches. */
const label = document.querySelector(".md-header__button[for=__search]");
const button = Object.assign(document.createElement("button"), { className: "search-opener", onclick: open });
button.ariaLabel = dialog.ariaLabel;
button.append(...label.children);
label.append(button);

if ("pieces" in dialog.dataset) {
  const output = dialog.querySelector(".md-search__output");

  const close = () => toggle.checked && toggle.click();
  const follow = () => {
    output.inert = !toggle.checked;
    if (toggle.checked) {
      input.focus();
      import("./search/dialog.js");
    } else if (dialog.contains(document.activeElement)) {
      input.blur(); // on a desk the field stays in sight, on a phone the button
      button.focus();
    }
  };

  toggle.addEventListener("change", follow);
  input.addEventListener("focus", open);
  dialog.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !dialog.contains(relatedTarget)) close();
  });
  dialog.addEventListener("keydown", ({ key, isComposing }) => {
    if (key === "Escape" && !isComposing) close();
  });
  if (document.activeElement === input) open();
  if (toggle.checked) follow();
}

/* The address of a result carries the words; the address that readers see, copy and keep does not. */
const WORDS = "h";
document$.subscribe(async () => {
  const address = new URL(location);
  const words = address.searchParams.getAll(WORDS);
  if (!words.length) return;
  address.searchParams.delete(WORDS);
  history.replaceState(history.state, "", address);
  (await import("./search/marks.js")).mark(words);
});

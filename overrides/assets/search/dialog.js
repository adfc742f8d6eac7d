/* What the dialog does: asks Pagefind for what the reader types, shows what it finds, leads to what is chosen. */

import { makeItem } from "./item.js";
import { mark } from "./marks.js";
import { isMeant } from "./meant.js";
import { fold } from "./scripts.js";

const root = new URL("../..", import.meta.url);
const toggle = document.getElementById("__search");
const dialog = document.querySelector(".md-search");
const input = dialog.querySelector("input");
const output = dialog.querySelector(".md-search__output");
const status = dialog.querySelector("[role=status]");
const list = dialog.querySelector(".md-search-result__list");
const told = status.dataset;

const AT_ONCE = 10; // pages; the next ones come when the reader has scrolled to the last
const PAUSE = 150; // ms without a key

/* ---- Pagefind ---- */

let library;
let failures = 0;
const getLibrary = () => (library ??= load());

async function load() {
  try {
    // A browser may remember that a module did not arrive: it is asked for by another address.
    const pagefind = await import(new URL(`pagefind/pagefind.js${failures ? `?${failures}` : ""}`, root));
    await pagefind.options({ baseUrl: root.pathname });
    await start(pagefind);
    return pagefind;
  } catch (error) {
    failures += 1;
    library = undefined; // the reader may be connected again at the next key
    throw error;
  }
}

/* Pagefind asks the page for its language once. In Chinese, Japanese and Thai it would part what is sought by a
   dictionary, into other words than the index has: see scripts.js. */
function start(pagefind) {
  const page = document.documentElement;
  const { lang } = page;
  page.lang = "";
  const started = pagefind.init();
  page.lang = lang;
  return started;
}

const getWords = () => input.value.trim();
let searching;

async function search() {
  const words = getWords();
  if (!words) return show([], told.placeholder);
  try {
    if (!list.firstChild) status.textContent = told.initializer;
    const pagefind = await getLibrary();
    const sought = fold(words);
    const found = await pagefind.debouncedSearch(sought, {}, PAUSE);
    if (!found || words !== getWords()) return; // the reader has typed on
    const pages = await take(found.results);
    if (words !== getWords()) return;
    if (pages.length && isMeant(sought, pages[0])) show(pages, count(found.results.length), found.results.slice(AT_ONCE));
    else show([], told.none);
  } catch (error) {
    console.warn(error);
    show([], told.failed);
  }
}

const take = (results) => Promise.all(results.slice(0, AT_ONCE).map((result) => result.data()));

const count = (number) => (number === 1 ? told.one : told.other.replace("#", number));

/* ---- What was found ---- */

let rest = [];

function show(pages, message, more = []) {
  status.textContent = message;
  list.replaceChildren(...pages.map(makeItem));
  output.querySelector(".md-search__scrollwrap").scrollTop = 0;
  awaitLast(more);
}

const ends = new IntersectionObserver(async ([{ isIntersecting, target }]) => {
  if (!isIntersecting) return;
  ends.disconnect();
  const pages = await take(rest);
  if (target !== list.lastElementChild) return; // the reader has searched for something else
  list.append(...pages.map(makeItem));
  awaitLast(rest.slice(AT_ONCE));
});

function awaitLast(more) {
  rest = more;
  ends.disconnect();
  if (rest.length) ends.observe(list.lastElementChild);
}

/* ---- Keys ---- */

function move(step) {
  const stops = [input, ...list.querySelectorAll("a")];
  const next = stops[stops.indexOf(document.activeElement) + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

const steps = { ArrowDown: 1, ArrowUp: -1 };

dialog.addEventListener("keydown", (event) => {
  if (event.isComposing || !steps[event.key]) return;
  event.preventDefault();
  move(steps[event.key]);
});

/* ---- The page that is chosen ---- */

const WORD = /[\p{L}\p{M}\p{N}_]+|\p{So}[\p{So}\p{Sk}\p{M}\u200d]*/gu; // or a picture among the letters

/* As the page has them: Pagefind looks for their stems. */
function soughtWords(link) {
  const marks = Array.from(link.closest("li").querySelectorAll("mark"));
  return new Set(marks.flatMap(({ textContent }) => textContent.toLowerCase().match(WORD) ?? []));
}

/* The words go with the reader, into another window too; assets/search.js takes them out of the address there. */
function choose(event) {
  const link = event.target.closest("a");
  if (!link) return;
  const words = soughtWords(link);
  const address = new URL(link);
  link.search = new URLSearchParams(Array.from(words, (word) => ["h", word]));
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return; // this window stays as it is
  toggle.click();
  unlock();
  if (address.pathname !== location.pathname) return;
  event.preventDefault(); // nothing is to be fetched
  event.stopPropagation();
  here = { path: location.pathname, words: [...words] };
  mark(here.words);
  location.assign(address.hash || "#"); // to where the reader has been led before, too: to set `hash` would do nothing
}

/* On a phone Material holds the page while the dialog is open, and scrolls it back afterwards. */
function unlock() {
  document.body.removeAttribute("data-md-scrolllock");
  document.body.style.top = "";
}

/* Material may fetch the page anew where only the part of it changes. */
let here;
document$.subscribe(() => {
  if (here?.path === location.pathname) mark(here.words);
  else here = undefined;
});

list.addEventListener("click", choose);
list.addEventListener("auxclick", choose);

/* ---- What the reader does ---- */

input.form.noValidate = true;
input.addEventListener("input", () => (searching = search()));
input.form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await searching;
  list.querySelector("a")?.click();
});
input.form.addEventListener("reset", () => {
  show([], told.placeholder);
  input.focus();
});

getLibrary().catch(() => {}); // told when the reader searches
if (getWords()) searching = search(); // typed while this was fetched

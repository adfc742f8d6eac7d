/* One page that was found, as an item of the dialog's list. In: Pagefind's data. Out: an element. */

import { unfold } from "./scripts.js";

const SECTIONS = 3; // of a page, those that say most of what was sought

export function makeItem(page) {
  const item = make("li", "md-search-result__item");
  const beginning = page.sub_results.find(({ url }) => !url.includes("#"));
  item.append(makeLink("page", { url: page.url, title: page.meta.title, excerpt: beginning?.excerpt }));
  for (const section of bestSections(page)) item.append(makeLink("section", section));
  return item;
}

function bestSections({ sub_results: parts }) {
  const sections = parts.filter(({ url }) => url.includes("#"));
  const best = [...sections].sort((one, other) => score(other) - score(one)).slice(0, SECTIONS);
  return sections.filter((section) => best.includes(section)); // in the order of the page
}

const score = ({ weighted_locations: words }) => words.reduce((sum, word) => sum + word.balanced_score, 0);

function makeLink(kind, { url, title, excerpt = "" }) {
  const link = make("a", `md-search-result__link found found--${kind}`);
  link.href = url;
  if (kind === "page") link.append(make("span", "md-search-result__icon md-icon"));
  const [heading, text] = divide(unfold([new Text(title)]), unfold(parse(excerpt)));
  link.append(makeText("found__title", heading));
  if (text.length) link.append(makeText("found__excerpt", text));
  return link;
}

/* Pagefind's excerpt is HTML; of it, only its texts and which of them are marked are taken over. */
const parse = (html) => new DOMParser().parseFromString(html, "text/html").body.childNodes;

/* An excerpt from the beginning of a section repeats its title, with marks. */
function divide(title, excerpt) {
  const { length } = asText(title);
  if (!asText(excerpt).startsWith(asText(title))) return [title, excerpt];
  return [slice(excerpt, 0, length), slice(excerpt, length, Infinity)];
}

const asText = (parts) => parts.map(([text]) => text).join("");

function slice(parts, start, end) {
  let place = 0;
  const sliced = parts.map(([text, isSought]) => {
    const here = place;
    place += text.length;
    return [text.slice(Math.max(0, start - here), Math.max(0, end - here)), isSought];
  });
  const first = sliced.findIndex(([text]) => text.replace(/^[.\s]+/, "")); // Pagefind ends a title with a stop
  return first < 0 ? [] : sliced.slice(first).filter(([text]) => text);
}

function makeText(className, parts) {
  const whole = make("span", className);
  for (const [text, isSought] of parts) {
    const last = whole.lastChild;
    const isLike = last && (last.localName === "mark") === isSought;
    const place = isLike ? last : whole.appendChild(isSought ? make("mark") : new Text());
    place.textContent += text;
  }
  return whole;
}

const make = (name, className = "") => Object.assign(document.createElement(name), { className });

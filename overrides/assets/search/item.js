/* One page that was found, as an item of the dialog's list. In: Pagefind's data. Out: an element. */

import { join } from "./scripts.js";

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

function makeLink(kind, { url, title, excerpt }) {
  const link = make("a", `md-search-result__link found found--${kind}`);
  link.href = url;
  if (kind === "page") link.append(make("span", "md-search-result__icon md-icon"));
  const name = make("span", "found__title");
  name.append(join(title));
  link.append(name);
  if (excerpt) link.append(makeExcerpt(excerpt));
  return link;
}

/* Pagefind's excerpt is HTML; of it, only its texts and which of them are marked are taken over. */
function makeExcerpt(html) {
  const excerpt = make("span", "found__excerpt");
  for (const part of parse(join(html))) {
    const piece = part.localName === "mark" ? make("mark") : new Text();
    piece.textContent = part.textContent;
    excerpt.append(piece);
  }
  return excerpt;
}

const parse = (html) => new DOMParser().parseFromString(html, "text/html").body.childNodes;

const make = (name, className = "") => Object.assign(document.createElement(name), { className });

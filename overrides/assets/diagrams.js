/* Material draws diagrams with the global `mermaid`, and asks a third party when there is none. mermaid2 adds the
   library to a page that has diagrams, but not when the reader arrives there by instant navigation. So this stands
   in the library's place, and fetches it from our own site when the first diagram is to be drawn.
   (A file whose name held the library's would make mermaid2 parse every page.) */

const address = new URL("mermaid.js", import.meta.url);
const ours = {
  securityLevel: "strict",
  startOnLoad: false,
  suppressErrorRendering: true, // the source says more than Mermaid's picture of a bomb
};
/* Material colours all of a diagram by the palette, but not these. */
const arrowheads = `[id$="arrowhead"] path, [id$="crosshead"] path, [id$="filled-head"] path {
  fill: var(--md-mermaid-edge-color);
  stroke: var(--md-mermaid-edge-color);
}`;
/* Of other kinds it would colour some words and lines: Mermaid made them for a light ground, as a whole. */
const COLOURED = /^(flowchart|sequence|class|state|er)/;
const plate = "& { background-color: #fff; }";
const onPaper = `@media print { & { max-width: 100%; height: auto; } }`; // nothing scrolls there
const never = new Promise(() => {});

/* A heading "Mermaid" is `window.mermaid` too (HTML, "Named access on the Window object"), but none of its own. */
let library = Object.hasOwn(window, "mermaid") ? window.mermaid : undefined;
if (library) library.startOnLoad = false; // or it draws what Material is about to draw
let settings;
let prepared;
let turn = Promise.resolve(); // one after the other, as each has settings of its own

const fetchLibrary = () =>
  new Promise((resolve, reject) => {
    const onerror = () => reject(new Error(`${address} did not arrive`));
    document.head.append(Object.assign(document.createElement("script"), { src: address, onload: resolve, onerror }));
  });

/* A wide diagram scrolls, of whatever kind; shrunk, nobody could read it. A plan takes what width there is. */
function inFullSize() {
  const kinds = Object.entries(library.mermaidAPI.defaultConfig).filter(([, kind]) => kind?.useMaxWidth);
  const size = { useMaxWidth: false, useWidth: document.querySelector("article").clientWidth };
  return Object.fromEntries(kinds.map(([name]) => [name, { ...settings[name], ...size }]));
}

async function prepare() {
  if (!library) {
    await fetchLibrary();
    library = window.mermaid;
    window.mermaid = standIn;
  }
  library.initialize(settings); // until then it knows no kind
}

function draw(id, source) {
  const colours = COLOURED.test(library.detectType(source)) ? `${settings.themeCSS}\n${arrowheads}` : plate;
  library.initialize({ ...settings, ...ours, ...inFullSize(), themeCSS: `${colours}\n${onPaper}` });
  return library.render(id, source);
}

/* The picture is there: the drawing that it was made from can be folded away. */
function fold(source) {
  for (const pre of document.querySelectorAll(".diagram > .picture > pre"))
    if (pre.textContent === source) pre.closest(".diagram").querySelector("details").open = false;
}

async function render(id, source) {
  try {
    await (prepared ??= prepare());
    const picture = await (turn = turn.catch(() => {}).then(() => draw(id, source)));
    fold(source);
    return picture;
  } catch (error) {
    console.warn(`This diagram stays as its source: ${error.message}`);
    return never; // Material has no answer to a failure; while it waits, the source stays
  }
}

const standIn = {
  initialize: (config) => {
    settings = config;
  },
  render,
};
window.mermaid = standIn;

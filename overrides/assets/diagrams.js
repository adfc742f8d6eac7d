/* Material draws diagrams with the global `mermaid`, and asks a third party when there is none. mermaid2 adds the
   library to a page that has diagrams, but not when the reader arrives there by instant navigation. So this stands
   in the library's place, and fetches it from our own site when the first diagram is to be drawn.
   (A file whose name held the library's would make mermaid2 parse every page.) */

const address = new URL("mermaid.js", import.meta.url);
const ours = {
  securityLevel: "strict",
  startOnLoad: false,
  suppressErrorRendering: true, // the source says more than Mermaid's picture of a bomb
  flowchart: { useMaxWidth: false }, // a wide one scrolls; shrunk, nobody could read it
};
/* Material colours all of a diagram by the palette, but not these. */
const arrowheads = `[id$="arrowhead"] path, [id$="crosshead"] path, [id$="filled-head"] path {
  fill: var(--md-mermaid-edge-color);
  stroke: var(--md-mermaid-edge-color);
}`;
const never = new Promise(() => {});

/* A heading "Mermaid" is `window.mermaid` too (HTML, "Named access on the Window object"), but none of its own. */
let library = Object.hasOwn(window, "mermaid") ? window.mermaid : undefined;
if (library) library.startOnLoad = false; // or it draws what Material is about to draw
let settings;
let prepared;

const fetchLibrary = () =>
  new Promise((resolve, reject) => {
    const onerror = () => reject(new Error(`${address} did not arrive`));
    document.head.append(Object.assign(document.createElement("script"), { src: address, onload: resolve, onerror }));
  });

async function prepare() {
  if (!library) {
    await fetchLibrary();
    library = window.mermaid;
    window.mermaid = standIn;
  }
  library.initialize({ ...settings, ...ours, themeCSS: `${settings.themeCSS}\n${arrowheads}` });
}

/* The picture is there: the drawing that it was made from can be folded away. */
function fold(source) {
  for (const pre of document.querySelectorAll(".diagram > .picture > pre"))
    if (pre.textContent === source) pre.closest(".diagram").querySelector("details").open = false;
}

async function render(id, source) {
  try {
    await (prepared ??= prepare());
    const picture = await library.render(id, source);
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

/* What Material's script lacks. Loaded on every page, so kept small.
   Its name must not hold the word that mermaid2 looks for, or mermaid2 parses every page. */

/* Material draws diagrams with the global `mermaid`, and asks a third party when there is none. mermaid2 adds
   the library to a page that has diagrams, but not when the reader arrives there by instant navigation. So
   this stands in its place, and fetches the library from our own site when the first diagram is to be drawn. */
(() => {
  const address = new URL("mermaid.js", document.currentScript.src);
  const ours = {
    securityLevel: "strict",
    startOnLoad: false,
    suppressErrorRendering: true, // the source says more than Mermaid's picture of a bomb
    flowchart: { useMaxWidth: false }, // a wide one scrolls; shrunk, nobody could read it
  };
  const never = new Promise(() => {});
  let library, settings, ready;

  const fetched = () =>
    new Promise((resolve, reject) => {
      const script = Object.assign(document.createElement("script"), { src: address, onload: resolve, onerror: reject });
      document.head.append(script);
    });

  const prepared = async () => {
    if (!library) await fetched();
    library.initialize({ ...settings, ...ours });
  };

  // The picture is there: the drawing that it was made from can be folded away.
  const fold = (source) => {
    for (const pre of document.querySelectorAll(".diagram > pre"))
      if (pre.textContent === source) pre.parentElement.querySelector("details").open = false;
  };

  const standIn = {
    initialize: (config) => (settings = config),
    render: async (id, source) => {
      try {
        await (ready ??= prepared());
        const picture = await library.render(id, source);
        fold(source);
        return picture;
      } catch (error) {
        console.warn(`This diagram stays as its source: ${error.message}`);
        return never; // Material has no answer to a failure; while it waits, the source stays
      }
    },
  };

  Object.defineProperty(window, "mermaid", {
    get: () => standIn,
    set: (arrived) => {
      library = arrived;
      library.startOnLoad = false; // or it draws what Material is about to draw
    },
  });
})();

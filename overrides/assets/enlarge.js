/* A diagram opens large: in a dialog that it moves into, since what Material draws (in a closed shadow root) cannot
   be copied. Without script it scrolls where it is. */

import { makeButton } from "./access.js";

const STEP = 1.25;
const LARGEST = 3; // times its size; a small one would look coarse

export function enlarge(picture) {
  const drawing = picture.querySelector(".scroller, .mermaid");
  const name = drawing.querySelector("title")?.textContent ?? "Diagram";
  const dialog = Object.assign(document.createElement("dialog"), { className: "large", ariaLabel: name });
  const view = Object.assign(document.createElement("div"), { className: "large__view", tabIndex: 0 });
  const tools = Object.assign(document.createElement("div"), { className: "large__tools" });
  let scale = 1;
  const zoom = (factor) => {
    scale = Math.min(2 * LARGEST, Math.max(0.25, scale * factor));
    drawing.style.zoom = scale;
  };
  tools.append(
    makeButton("Smaller", "tool--smaller", () => zoom(1 / STEP)),
    makeButton("Larger", "tool--larger", () => zoom(STEP)),
    makeButton("Close", "tool--close", () => dialog.close()),
  );
  dialog.onclick = ({ target }) => target === dialog && dialog.close(); // beside it
  dialog.onclose = () => {
    drawing.style.zoom = "";
    picture.prepend(drawing);
    picture.style.minHeight = "";
    dialog.remove();
  };
  picture.style.minHeight = `${picture.offsetHeight}px`; // so that the page beneath stays as it is
  view.append(drawing);
  dialog.append(tools, view);
  picture.append(dialog);
  dialog.showModal();
  view.focus();
  // As large as there is room for; one that is larger already scrolls.
  const { offsetWidth, offsetHeight } = drawing;
  const fit = Math.min((view.clientWidth - 32) / offsetWidth, (view.clientHeight - 32) / offsetHeight);
  zoom(Math.min(LARGEST, Math.max(1, fit)));
}

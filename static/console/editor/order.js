// Blocks and sections are put in order by dragging their grip, and by Alt with the arrows.
import { $, $$ } from "../dom.js";
import { form, outline, press, whenDrawn } from "./outline.js";

const MANY = 300, EDGE = 60;
const mark = Object.assign(document.createElement("div"), { className: "drop" });

// A grip is an icon that only a pointer uses: keys and buttons do the same.
const grip = head => {
  if (!head || $(".grip", head)) return;
  const made = Object.assign(document.createElement("span"), { className: "grip" });
  made.setAttribute("aria-hidden", "true");
  made.append(document.importNode($("#grip").content, true));
  head.prepend(made);
};
const heads = () => $$("[data-block] > .head, [data-section] > header", outline());
if (form) {
  whenDrawn(() => { if (outline().querySelectorAll("[data-block]").length <= MANY) heads().forEach(grip); });
  form.addEventListener("pointerover", event => grip(event.target.closest?.("[data-block] > .head, [data-section] > header")));
}

const half = (box, y) => y < box.top + box.height / 2 ? "before" : "after";

// Where something would go that is let go of here: the word for it, and the element that the mark stands beside.
const place = (kind, x, y) => {
  const under = document.elementFromPoint(x, y);
  const hit = under?.closest(`[data-${kind}]`);
  if (hit && form.contains(hit)) {
    const side = half(hit.getBoundingClientRect(), y);
    return { to: `${side}:${hit.dataset[kind]}`, beside: hit, side };
  }
  const column = kind === "block" && under?.closest("[data-column]");
  return column && { to: `column:${column.dataset.column}`, beside: $(".last", column) ?? column.lastElementChild, side: "before" };
};

const drag = (start, kind, own) => {
  let found = null;
  const move = event => {
    if (event.clientY < EDGE) scrollBy(0, -12);
    if (event.clientY > innerHeight - EDGE) scrollBy(0, 12);
    mark.remove();
    found = place(kind, event.clientX, event.clientY);
    if (found?.beside === own) found = null;
    found?.beside[found.side](mark);
  };
  const end = event => {
    start.target.removeEventListener("pointermove", move);
    mark.remove();
    own.classList.remove("dragged");
    if (event.type === "pointerup" && found) press(`${kind === "block" ? "move" : "section-move"}:${own.dataset[kind]}`, { to: found.to });
  };
  start.preventDefault();
  start.target.setPointerCapture(start.pointerId);
  own.classList.add("dragged");
  start.target.addEventListener("pointermove", move);
  for (const type of ["pointerup", "pointercancel"]) start.target.addEventListener(type, end, { once: true });
};

form?.addEventListener("pointerdown", event => {
  const held = event.target.closest?.(".grip");
  if (!held || event.button) return;
  const block = held.closest("[data-block]");
  drag(event, block ? "block" : "section", block ?? held.closest("[data-section]"));
});

form?.addEventListener("keydown", event => {
  const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  const line = event.altKey && way && event.target.closest?.(".line");
  if (!line) return;
  event.preventDefault();
  const block = line.closest("[data-block]"), section = line.closest("[data-section]");
  press(block ? `${way}:${block.dataset.block}` : `section-${way}:${section.dataset.section}`)
    .then(() => $(`#part-${CSS.escape((block ?? section).id.slice(5))} .line`, outline())?.focus());
});

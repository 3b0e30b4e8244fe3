// A tree in an order that people make: Alt with the arrow keys on a grip, or the grip dragged. Both send what the buttons of the menu send,
// and put the tree of the answer in place of this one.
import { announce } from "./announce.js";
import { $, $$, on, parsed } from "./dom.js";

const KEYS = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };
const EDGE = 56, STEP = 12; // so near to the edge of the window, it scrolls by so much
let busy = false;

const shown = async (item, to, beside = "") => {
  if (busy) return;
  busy = true;
  const { id } = item.dataset, here = location.pathname.replace(/\/[0-9a-f-]{36}\/move$/, "");
  try {
    const answer = await fetch(`${here}/${id}/move`, { method: "POST", body: new URLSearchParams({ to, beside }) });
    const page = parsed(await answer.text()), tree = $("#tree", page);
    if (!tree) return location.assign(here); // somebody must sign in first
    $("#tree").replaceWith(tree);
    $$(".content > .note").forEach(note => note.remove());
    $(`#tree li[data-id="${id}"] > .line .grip`)?.focus({ preventScroll: true });
    announce(($("#tree .note", page) ?? $("#tree .note") ?? $(".content > .note", page))?.textContent.trim() ?? "");
  } catch {
    location.reload();
  } finally {
    busy = false;
  }
};

on("keydown", "#tree .grip", (grip, event) => {
  if (!event.altKey || !KEYS[event.key]) return;
  event.preventDefault();
  shown(grip.closest("li"), KEYS[event.key]);
});

// Where something goes that is let go at this height: before or behind a line, or below it.
const place = (item, y) => {
  for (const line of $$("#tree .line")) {
    const { top, height } = line.getBoundingClientRect();
    if (y < top || y > top + height) continue;
    const over = line.closest("li");
    if (item.contains(over)) return null;
    const part = (y - top) / height;
    return { line, over, to: part < .3 ? "before" : part > .7 && !$(":scope > ul", over) ? "after" : "into" };
  }
  return null;
};

on("pointerdown", "#tree .grip", (grip, down) => {
  if (down.button !== 0) return;
  const item = grip.closest("li"), ends = new AbortController();
  let goes = null, moved = false;
  const mark = next => {
    goes?.line.removeAttribute("data-drop");
    goes = next;
    goes?.line.setAttribute("data-drop", goes.to);
  };
  const end = () => {
    ends.abort();
    item.classList.remove("dragged");
    const last = goes;
    mark(null);
    return last;
  };
  grip.setPointerCapture(down.pointerId);
  const listen = (type, act) => grip.addEventListener(type, act, { signal: ends.signal });
  listen("pointermove", event => {
    if (!moved && Math.abs(event.clientY - down.clientY) < 4) return;
    moved = true;
    item.classList.add("dragged");
    if (event.clientY < EDGE) scrollBy(0, -STEP);
    if (event.clientY > innerHeight - EDGE) scrollBy(0, STEP);
    mark(place(item, event.clientY));
  });
  listen("pointerup", () => {
    const last = end();
    if (last) shown(item, last.to, last.over.dataset.id);
  });
  listen("pointercancel", end);
  listen("keydown", event => event.key === "Escape" && end());
});

// The buttons of the editor are answered in place: what was typed is sent, and only the outline is drawn anew.
import { announce } from "../announce.js";
import { $, $$, parsed } from "../dom.js";

export const form = $("[data-outline]")?.closest("form");
export const outline = () => $("[data-outline]", form);

// One request at a time, in the order of what was done.
let last = Promise.resolve();
export const queued = job => (last = last.then(job, job));

// What the form says, with a button and whatever else is to be said.
export const body = (button, more = {}) => {
  const data = new URLSearchParams(new FormData(form));
  data.set("do", button);
  for (const [name, value] of Object.entries(more)) data.set(name, value);
  return data;
};
export const draft = () => form.getAttribute("action");

// Whoever changes what the outline holds is called after each change.
const drawn = [];
export const whenDrawn = act => { drawn.push(act); act(); };

const same = (root, value) => value && $(`button[value="${CSS.escape(value)}"]`, root);
const focus = (pressed, was) => {
  const root = outline();
  const body = $(".block.open > .body, .section > .body", root);
  const [verb, about] = pressed.split(":"), pressable = same(root, pressed);
  const kept = /^(up|down|item-|section-|column-)/.test(pressed) && pressable?.checkVisibility() && pressable; // a menu is closed again
  const moved = /^(up|down)$/.test(verb) && $(`#part-${CSS.escape(about)} > .head > .line`, root);
  const first = body && $$("input:not([type=hidden]), textarea, select", body).find(one => one.offsetParent); // what is hidden takes no focus
  const closed = pressed === "close" && was && $(`#part-${CSS.escape(was)} .line`, root);
  const target = kept || moved || closed || (/^(open|add|paste|duplicate)/.test(pressed) && first) || $("#part-adding button", root) || same(root, pressed.replace("close", "open"));
  (target || first || $(".line", root))?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: "nearest" });
};

// What is opened or closed changes no other block: only those are asked for, however long the entry is.
const few = pressed => {
  const [verb, wanted] = pressed.split(":"), open = $("input[name=open]", outline())?.value;
  const ids = [wanted, open].filter(id => id);
  const are = /^(open|close)$/.test(verb) && !$("#part-adding", outline()) && ids.length && ids.every(id => $(`[data-block="${CSS.escape(id)}"]`, outline()));
  return are ? { blocks: ids.join() } : {};
};

const put = (page, selector, from = document) => {
  const [old, now] = [$(selector, from), $(selector, page)];
  if (old && now) old.replaceWith(document.adoptNode(now));
};

// What a page would say on top is said beside what one looks at.
const said = words => {
  if (!words) return null;
  const all = Object.assign(document.createElement("div"), { className: "toasts" });
  const one = all.appendChild(Object.assign(document.createElement("div"), { className: "toast" }));
  one.appendChild(Object.assign(document.createElement("span"), { textContent: words.textContent.trim() })).setAttribute("role", "status");
  return all;
};

// Sends a button, and draws what is answered. Where that fails the browser sends it, and shows what went wrong.
export const press = (pressed, more) => queued(async () => {
  const was = $("input[name=open]", outline())?.value;
  const answer = await fetch(draft(), { method: "POST", body: body(pressed, { ...few(pressed), ...more }) }).catch(() => null);
  const page = answer && /html/.test(answer.headers.get("content-type")) && parsed(await answer.text());
  if (!page || !$("[data-outline], [data-blocks]", page)) return Object.assign(location, { href: draft().replace(/\/draft$/, "") });
  const { scrollX, scrollY } = window;
  for (const block of $$("[data-blocks] > [data-block]", page)) put(page, `#${CSS.escape(block.id)}`);
  put(page, "[data-outline]");
  put(page, "#kept");
  put(page, "#unsaved");
  put(page, ".bar > .actions > .menu");
  $(".toasts")?.remove();
  const toast = $(".toasts", page) ?? said($(".content > .note.ok > div", page));
  if (toast) document.body.append(document.adoptNode(toast));
  scrollTo(scrollX, scrollY);
  for (const act of drawn) act();
  focus(pressed, was);
  const fault = $(".fault", outline());
  announce(fault?.textContent.trim() || $(".toast [role=status]")?.textContent || $(".content > .note", page)?.textContent.trim() || "");
  form.dispatchEvent(new Event(answer.ok ? "kept" : "refused"));
});

// Languages and the parts of a form are shown on a page of their own; all else stays.
const stays = button => button?.name === "do" && button.value && !/^(language|beside|tab):/.test(button.value);
form?.addEventListener("submit", event => {
  if (!stays(event.submitter)) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // nothing is left, and nothing is sent twice
  press(event.submitter.value);
});

// Escape closes what is open; what offers something within it takes the key for itself.
form?.addEventListener("keydown", event => {
  const line = event.key === "Escape" && !event.defaultPrevented && $('[data-block].open > .head > .line', outline());
  if (line && line.closest("[data-block]").contains(event.target)) press(line.value);
});

// Taking back by the keyboard, where no text is being written.
form && addEventListener("keydown", event => {
  const writes = event.target.closest?.("input, textarea, select");
  if ((event.ctrlKey || event.metaKey) && event.key === "z" && !event.shiftKey && !writes && $("button[value=undo]")) {
    event.preventDefault();
    press("undo");
  }
});

// Dialogs: every one is also a page. A link to it opens the same markup in place; whatever is no dialog is simply visited.
import { $, $$, on, parsed } from "./dom.js";
import { settle } from "./tabs.js";

export const open = dialog => {
  dialog.removeAttribute("open");
  dialog.showModal();
  const first = ".body :is(input:checked, input:not([type=radio]), select, textarea)";
  ($("[autofocus]", dialog) ?? $(first, dialog) ?? $(".foot a, .body a", dialog))?.focus();
};

const fetched = async address => {
  const answer = await fetch(address, { signal: AbortSignal.timeout(5000) });
  if (answer.status !== 200 || answer.redirected) return null; // an error, or the password is asked again
  const dialog = $("dialog.dialog[open]", parsed(await answer.text()));
  if (!dialog) return null;
  // What is relative in it is relative to its page.
  $$("form", dialog).forEach(form => { form.setAttribute("action", new URL(form.getAttribute("action") ?? "", address)); });
  $$("a[href]", dialog).forEach(link => { link.href = new URL(link.getAttribute("href"), address); });
  return dialog;
};

// What is opened over a page is a step of the history, so that Back closes it; what closes it otherwise takes the step back.
const isStep = () => history.state?.over === true;
let back = Promise.resolve();
export const leave = () => {
  if (!isStep()) return back;
  back = new Promise(done => addEventListener("popstate", done, { once: true }));
  history.back();
  return back;
};
export const over = dialog => {
  if (!isStep()) history.pushState({ over: true }, "");
  dialog.addEventListener("close", leave, { once: true });
  open(dialog);
};
addEventListener("popstate", () => { if (!isStep()) $$("dialog:modal:not([data-modal])").forEach(dialog => dialog.close()); });

let opening = false;
const openInPlace = async link => {
  if (opening) return;
  opening = true;
  const dialog = await fetched(link.href).catch(() => null);
  opening = false;
  if (!dialog) return location.assign(link.href);
  const before = link.closest("[data-in-place]"), menu = link.closest("details.menu");
  // The focus returns to the link, or to what shows it.
  const stops = before?.stops ?? [link, menu && $("summary", menu), $(".open-nav")];
  before?.remove(); // at once: one that is closed goes only after the event of it
  if (menu) menu.open = false;
  dialog.stops = stops;
  dialog.dataset.inPlace = "";
  dialog.addEventListener("close", () => { dialog.remove(); stops.find(stop => stop?.checkVisibility())?.focus(); });
  await back;
  document.body.prepend(dialog); // first: a label in it finds its own field, whatever the page beneath calls its fields
  over(dialog);
  settle(dialog);
};

on("click", "[data-dialog]", (link, event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // it was meant for another tab
  event.preventDefault();
  const dialog = link.dataset.dialog && document.getElementById(link.dataset.dialog);
  dialog ? back.then(() => over(dialog)) : openInPlace(link);
});
on("click", "[data-in-place] :is(.head > a, .foot > a.quiet)", (link, event) => {
  event.preventDefault();
  link.closest("dialog").close();
});
on("keydown", "dialog[closedby=none]", (dialog, event) => { if (event.key === "Escape") event.preventDefault(); });
on("mousedown", "dialog:not([closedby=none])", (dialog, event) => {
  if (event.detail > 1) return; // the second half of the click that opened it
  const { left, right, top, bottom } = dialog.getBoundingClientRect(), { clientX: x, clientY: y } = event;
  if (event.target === dialog && (x < left || x > right || y < top || y > bottom)) dialog.close();
});
$$("dialog[data-modal][open]").forEach(open);

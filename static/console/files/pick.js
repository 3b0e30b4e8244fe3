// Choosing a file of the project in a dialog: for a field that names one, and for a text that shows one. The dialog is a page, too.
import { $, $$, on, parsed } from "../dom.js";
import { over } from "../dialog.js";
import { send } from "./send.js";

const fetched = async address => {
  const answer = await fetch(address);
  const dialog = answer.ok && !answer.redirected && $("dialog.picker", parsed(await answer.text()));
  if (!dialog) throw new Error("");
  dialog.removeAttribute("open");
  return document.importNode(dialog, true);
};

// Its links and its form lead to other pages of the same choice: they are shown in it.
const turn = async (dialog, address) => {
  const next = await fetched(address).catch(() => null);
  if (!next) return location.assign(address);
  dialog.replaceChildren(...next.childNodes);
  $("input[type=search]", dialog)?.focus();
};

const upload = async (dialog, file) => {
  const pick = $("#pick", dialog), label = $("label:has([data-pick-upload]) > span", pick), was = label.textContent;
  const far = loaded => { label.textContent = `${file.size ? Math.round(100 * loaded / file.size) : 100}\u00a0%`; };
  try {
    return await send(file, { at: pick.dataset.at, folder: pick.dataset.folder, signal: AbortSignal.timeout(3_600_000), far });
  } catch (failure) {
    const note = Object.assign(document.createElement("p"), { className: "fault", textContent: failure.message || pick.dataset.failed });
    note.setAttribute("role", "alert");
    $(".filters", pick).after(note);
    label.textContent = was;
    return null;
  }
};

// What was chosen, if anything was: its reference, name, picture, and what is said of it.
export const pick = async (at, sort, stop) => {
  const dialog = await fetched(`${at}/pick?type=${sort}`).catch(() => null);
  if (!dialog) return location.assign(`${at}/pick?type=${sort}`);
  document.body.prepend(dialog);
  let chosen = null;
  const take = one => {
    chosen = one;
    dialog.close();
  };
  dialog.addEventListener("click", event => {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { file, name, picture, alt } = link.dataset;
    if (file) return take({ reference: file, name, picture, alt });
    link.closest(".head") ? dialog.close() : turn(dialog, link.href);
  });
  dialog.addEventListener("submit", event => {
    event.preventDefault();
    turn(dialog, `${event.target.action}?${new URLSearchParams(new FormData(event.target))}`);
  });
  dialog.addEventListener("change", async event => {
    if (event.target.matches("select")) return event.target.form.requestSubmit();
    const [file] = event.target.files ?? [], sent = file && await upload(dialog, file);
    if (sent) take({ alt: "", ...sent });
  });
  over(dialog);
  $("input[type=search]", dialog)?.focus();
  await new Promise(done => dialog.addEventListener("close", done, { once: true }));
  dialog.remove();
  stop?.focus();
  return chosen;
};

// The field shows what it names.
const show = (field, one) => {
  const shown = $(`[data-chosen="${CSS.escape(field.id)}"]`);
  if (!shown) return;
  shown.hidden = !one;
  if (!one) return;
  const thumb = $(".thumb", shown);
  if (one.picture) thumb.replaceChildren(Object.assign(document.createElement("img"), { className: "picture", src: one.picture, alt: "" }));
  else $$("img", thumb).forEach(picture => picture.remove());
  $(":scope > span:not(.thumb)", shown).textContent = one.name;
};

on("click", "[data-pick]", async button => {
  const one = await pick(button.dataset.at, button.dataset.sort, button);
  const field = one && document.getElementById(button.dataset.pick);
  if (!field) return;
  field.value = one.reference;
  show(field, one);
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
on("input", "input", (field, event) => { if (event.isTrusted && $(`[data-chosen="${CSS.escape(field.id)}"]`)) show(field, null); });

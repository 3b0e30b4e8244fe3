// Copies what a button names; the button says so itself, for two seconds.
import { announce } from "./announce.js";
import { $, on } from "./dom.js";

// Over plain http there is no clipboard: the text is selected in a field of its own and copied from there.
const copy = async (text, button) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, className: "sr-only" });
  button.after(field); // in the dialog, if there is one: nothing else can be selected
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  button.focus();
  if (!done) throw new Error("not copied");
};

on("click", "[data-copy]", async button => {
  const source = $(button.dataset.copy), words = $("[data-words]", button), use = $("use", button);
  const label = button.dataset.label ??= words.textContent;
  const show = (text, from, to) => {
    words.textContent = text;
    use.setAttribute("href", use.getAttribute("href").replace(from, to));
  };
  try {
    await copy((source.value ?? source.textContent).trim(), button);
    show(button.dataset.copied, "#copy", "#check");
    announce(words.textContent);
    setTimeout(() => show(label, "#check", "#copy"), 2000);
  } catch {
    source.select ? source.select() : getSelection().selectAllChildren(source);
    announce(button.dataset.selected ?? "");
  }
});

// Leaving a page asks once where something would be lost: a key that is shown only now, and what was typed and not saved.
import { $ } from "./dom.js";

const ask = lost => addEventListener("beforeunload", event => { if (lost()) event.preventDefault(); });

// The box beside the key says that it is stored.
const key = $("[data-once]");
if (key) {
  let sent = false;
  addEventListener("submit", () => { sent = true; });
  ask(() => !sent && !$("input[type=checkbox]", key).checked);
}

const form = $("form[data-unsaved]");
if (form) {
  let changed = !!$(".fault, .note.warn[role=alert]", form), sent = false;
  const note = to => { changed = to; form.toggleAttribute("data-dirty", to); };
  form.addEventListener("input", () => note(true));
  form.addEventListener("submit", () => { sent = true; });
  form.addEventListener("kept", () => note(false));
  ask(() => changed && !sent);
}

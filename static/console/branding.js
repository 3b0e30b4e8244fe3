// Pages look as what is set while it is set. The server says how: the page that a form without a script would lead to has the stylesheet, and
// how well each colour is read.
import { $, $$, parsed } from "./dom.js";

const PAUSE = 120;
const form = $("#branding");
let asked = 0, waiting;

const colour = /^#[0-9a-f]{6}$/i;
const put = page => {
  const [now, next] = [$("#look"), $("#look", page)];
  if (!next) return;
  if (now.getAttribute("href") !== next.getAttribute("href")) {
    const link = document.importNode(next);
    // The old one stays until the new one is there, so that nothing flashes.
    link.addEventListener("load", () => now.remove(), { once: true });
    now.removeAttribute("id");
    now.after(link);
  }
  for (const said of $$("[data-said]", page)) $(`[data-said="${said.dataset.said}"]`)?.replaceWith(document.importNode(said, true));
};

const show = async () => {
  const mine = ++asked, query = new URLSearchParams(new FormData(form));
  query.set("shown", "on");
  const answer = await fetch(`${form.dataset.here}?${query}`);
  if (answer.ok && mine === asked) put(parsed(await answer.text()));
};

if (form) {
  form.addEventListener("input", ({ target }) => {
    const pair = target.closest(".token");
    if (pair) {
      const [picker, text] = $$("input:not([type=hidden])", pair);
      if (target === picker) text.value = picker.value;
      else picker.value = colour.test(text.value) ? text.value : picker.defaultValue;
    }
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE);
  });
  // The fields have what they began with only after the event.
  form.addEventListener("reset", () => setTimeout(show));
}

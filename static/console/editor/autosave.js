// What is typed is kept two seconds after the last key, and when the page is left. Nothing that is answered changes a field.
import { announce } from "../announce.js";
import { $ } from "../dom.js";
import { body, draft, form, queued } from "./outline.js";

const WAIT = 2000;
let timer = 0, dirty = false;

const say = name => {
  const kept = $("#kept");
  kept.textContent = kept.dataset[name];
  if (name === "now") $("#unsaved")?.removeAttribute("hidden");
  kept.classList.toggle("bad", name === "failed");
  if (name === "failed") announce(kept.textContent);
};

const keep = keepalive => {
  clearTimeout(timer);
  if (!dirty) return;
  queued(async () => {
    dirty = false;
    const answer = await fetch(draft(), { method: "POST", body: body(""), redirect: "manual", keepalive }).catch(() => null);
    const done = answer?.type === "opaqueredirect";
    say(done ? "now" : "failed");
    form.dispatchEvent(new Event(done && !dirty ? "kept" : "refused"));
    if (!done) dirty = true;
  });
};

form?.addEventListener("input", () => {
  dirty = true;
  clearTimeout(timer);
  timer = setTimeout(keep, WAIT);
});
form?.addEventListener("submit", () => { dirty = false; clearTimeout(timer); }); // it takes everything along
form?.addEventListener("kept", () => { dirty = false; clearTimeout(timer); });
form && addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(true); });

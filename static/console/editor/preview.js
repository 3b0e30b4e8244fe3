// What readers would see stands beside the text where the window is wide enough, follows what is kept, and stays where it was scrolled to.
import { $ } from "../dom.js";
import { form } from "./outline.js";

const OPEN = "stele-beside";
const pane = $("#beside"), button = $("[data-beside]"), frame = pane && $("iframe", pane);

// A page that is wider than its place is drawn smaller, not narrower: it looks as it would on such a screen.
const fit = () => frame.style.setProperty("--fit", Math.min(1, frame.parentElement.clientWidth / frame.offsetWidth));

// What the browser says where there is no page is not of this origin.
const here = () => frame.contentDocument && frame.contentWindow;

let loading = false, again = false;
const load = () => {
  if (pane.hidden) return;
  again = loading;
  if (loading) return;
  loading = true;
  const { scrollX, scrollY } = here() ?? {};
  frame.addEventListener("load", () => {
    loading = false;
    here()?.scrollTo(scrollX ?? 0, scrollY ?? 0);
    if (again) load();
  }, { once: true });
  if (frame.src && here()) here().location.reload();
  else frame.src = `${pane.dataset.page}?locale=${encodeURIComponent(form.elements.locale.value)}`;
};

const show = is => {
  pane.hidden = !is;
  button.setAttribute("aria-pressed", is);
  is ? sessionStorage.setItem(OPEN, "on") : sessionStorage.removeItem(OPEN);
  load();
};

if (pane) {
  button.addEventListener("click", () => show(pane.hidden));
  new ResizeObserver(fit).observe(pane);
  pane.addEventListener("change", fit);
  for (const type of ["kept", "refused"]) form.addEventListener(type, load);
  if (sessionStorage.getItem(OPEN)) show(true);
}

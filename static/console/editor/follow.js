// What always stands beside a form, as visitors see it, follows what is kept, and stays where it was scrolled to.
import { $ } from "../dom.js";
import { form } from "./outline.js";

const frame = form && $("[data-follow]", form);
if (frame) for (const type of ["kept", "refused"]) form.addEventListener(type, () => {
  const { scrollX, scrollY } = frame.contentWindow;
  frame.addEventListener("load", () => frame.contentWindow.scrollTo(scrollX, scrollY), { once: true });
  frame.contentWindow.location.reload();
});

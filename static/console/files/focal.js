// The focal point of a picture: a click sets it, and the crops beside it follow. Without a script it is typed.
import { $, $$, on } from "../dom.js";

const inputs = () => ["x", "y"].map(part => document.getElementById(`focalPoint.${part}`));
const clamp = (value, most) => Math.max(0, Math.min(value, most));

const draw = () => {
  const [x, y] = inputs().map(input => clamp(input.value === "" ? 50 : Number(input.value), 100));
  const [across, down] = $$("[data-plate] line");
  for (const name of ["x1", "x2"]) across.setAttribute(name, `${x}%`);
  for (const name of ["y1", "y2"]) down.setAttribute(name, `${y}%`);
  for (const ring of $$("[data-plate] circle")) {
    ring.setAttribute("cx", `${x}%`);
    ring.setAttribute("cy", `${y}%`);
  }
  for (const crop of $$(".crops svg")) {
    const picture = $("image", crop), width = picture.width.baseVal.value, height = picture.height.baseVal.value;
    const wide = Math.min(width, height * crop.dataset.ratio), high = wide / crop.dataset.ratio;
    const from = (focus, all, part) => clamp(focus / 100 * all - part / 2, all - part);
    crop.setAttribute("viewBox", `${from(x, width, wide)} ${from(y, height, high)} ${wide} ${high}`);
  }
};

on("click", "[data-plate]", (plate, event) => {
  const { left, top, width, height } = plate.getBoundingClientRect(), [x, y] = inputs();
  if (x.matches(":disabled")) return;
  x.value = Math.round(1000 * clamp((event.clientX - left) / width, 1)) / 10;
  y.value = Math.round(1000 * clamp((event.clientY - top) / height, 1)) / 10;
  x.dispatchEvent(new Event("input", { bubbles: true }));
});
on("input", "[id^='focalPoint.']", draw);

// A page of the help: while somebody types, only the sections that hold every word are shown. Enter searches all pages.
import { $, $$, on } from "./dom.js";
import { fold } from "./fold.js";

// What stands before the first heading, and each heading with what follows it.
const parts = prose => {
  const found = [[]];
  for (const element of prose.children) {
    if (element.localName === "h2") found.push([]);
    found.at(-1).push(element);
  }
  return found;
};

on("input", "[data-contents] input[type=search]", input => {
  const prose = $(".prose");
  if (!prose) return;
  const words = fold(input.value).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const part of parts(prose)) {
    const text = fold(part.map(element => element.textContent).join(" "));
    const hidden = !words.every(word => text.includes(word));
    if (!hidden) shown += 1;
    for (const element of part) element.hidden = hidden;
    for (const link of $$(`.contents a[href="#${part[0]?.id}"]`)) link.parentElement.hidden = hidden;
  }
  const none = $(".contents .none");
  none.textContent = shown ? "" : none.dataset.none;
});

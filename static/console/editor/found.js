// What a search engine shows follows what is typed, and so do the counts of characters.
import { $, $$ } from "../dom.js";
import { form } from "./outline.js";

const field = name => $(`[name="${CSS.escape(name)}"]`, form);
const typed = name => field(name)?.value.trim() ?? "";
const said = name => typed(name) || (field(name)?.dataset.else ?? field(name)?.placeholder ?? "");

const counts = form ? $$("[data-count]", form) : [], texts = form ? $$(".found > [data-from]", form) : [];
form?.addEventListener("input", ({ target: { name } }) => {
  for (const count of counts.filter(count => count.dataset.count === name)) {
    const all = [...typed(name)].length;
    $("span", count).textContent = all;
    count.classList.toggle("over", all > +count.dataset.seen);
  }
  for (const text of texts) {
    const names = text.dataset.from.split(" ");
    if (names.includes(name)) text.textContent = names.map(said).find(words => words) ?? "";
  }
});

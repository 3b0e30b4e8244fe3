// Several entries at once: the box for all ticks those on the page, and how many are chosen is said.
import { announce } from "./announce.js";
import { $, $$, on } from "./dom.js";

const boxes = () => $$(".pick");
const tell = () => {
  const all = $("#several [name=all]"), chosen = boxes().filter(box => box.checked).length;
  all.checked = chosen > 0 && chosen === boxes().length;
  all.indeterminate = chosen > 0 && !all.checked;
  announce($("#several").dataset.chosen.replace("#", chosen));
};

on("change", "#several [name=all]", all => {
  boxes().forEach(box => { box.checked = all.checked; });
  tell();
});
on("change", ".pick", tell);

// Several entries at once: the box for all ticks those on the page; how many are chosen stands beside it and is said.
import { announce } from "./announce.js";
import { $, $$, on } from "./dom.js";

const boxes = () => $$(".pick");
const tell = () => {
  const all = $("#several [name=all]"), words = $(".check > span", all.form), chosen = boxes().filter(box => box.checked).length;
  all.checked = chosen > 0 && chosen === boxes().length;
  all.indeterminate = chosen > 0 && !all.checked;
  words.dataset.all ??= words.textContent;
  const told = all.form.dataset.chosen.replace("#", chosen);
  words.textContent = chosen ? told : words.dataset.all;
  announce(told);
};

on("change", "#several [name=all]", all => {
  boxes().forEach(box => { box.checked = all.checked; });
  tell();
});
on("change", ".pick", tell);
if (boxes().some(box => box.checked)) tell(); // those that were refused are still chosen

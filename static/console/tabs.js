// Tab panels inside one page. Without a script all panels stand below each other.
import { $$, on } from "./dom.js";

const choose = tab => $$("[role=tab]", tab.closest("[role=tablist]")).forEach(each => {
  const chosen = each === tab;
  each.setAttribute("aria-selected", chosen);
  each.tabIndex = chosen ? 0 : -1;
  document.getElementById(each.getAttribute("aria-controls")).hidden = !chosen;
});
on("click", "[role=tab]", choose);
on("keydown", "[role=tab]", (tab, event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], all = $$("[role=tab]", tab.closest("[role=tablist]"));
  if (!step) return;
  const next = all.at((all.indexOf(tab) + step) % all.length);
  choose(next);
  next.focus();
});

// What is new on the page: one panel of its tabs shows, and the chosen one of a row that is wider than the screen comes into view.
export const settle = from => {
  $$("[role=tab][aria-selected=true]", from).forEach(choose);
  $$(".tabs > [aria-current], .segments > [aria-current]", from).forEach(link => {
    link.parentElement.scrollLeft = link.offsetLeft - (link.parentElement.clientWidth - link.offsetWidth) / 2;
  });
};
settle(document);

// Menus close when the attention goes elsewhere.
import { $, $$, on } from "./dom.js";

document.addEventListener("click", event => $$("details.menu[open]").forEach(menu => menu.contains(event.target) || (menu.open = false)));
on("keydown", "details.menu[open]", (menu, event) => {
  if (event.key !== "Escape") return;
  menu.open = false;
  $("summary", menu).focus();
});

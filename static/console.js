// Stele console. Every page works without this file; it only makes waiting and clicking shorter.
const root = document.documentElement;
const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const on = (type, selector, act) => document.addEventListener(type, event => {
  const hit = event.target.closest?.(selector);
  if (hit) act(hit, event);
});
root.classList.add("js");

// One polite live region for everything that has no other words on the page.
const voice = Object.assign(document.createElement("p"), { className: "sr-only", role: "status" });
const say = words => {
  ($("dialog:modal") ?? document.body).append(voice); // outside of an open dialog nobody would hear it
  voice.textContent = words;
};

// Copy: the button says so itself, for two seconds.
on("click", "[data-copy]", async button => {
  const source = $(button.dataset.copy), words = $("[data-words]", button), use = $("use", button);
  const label = button.dataset.label ??= words.textContent;
  const show = (text, from, to) => { words.textContent = text; use.setAttribute("href", use.getAttribute("href").replace(from, to)); };
  try {
    await navigator.clipboard.writeText((source.value ?? source.textContent).trim());
    show(button.dataset.copied, "#copy", "#check");
    say(words.textContent);
    setTimeout(() => show(label, "#check", "#copy"), 2000);
  } catch {
    source.select ? source.select() : getSelection().selectAllChildren(source);
    say(button.dataset.selected ?? "");
  }
});

// Dialogs: a link to a page of its own becomes a dialog where the markup is already here.
const open = dialog => { dialog.removeAttribute("open"); dialog.showModal(); };
on("click", "[data-dialog]", (link, event) => {
  const dialog = document.getElementById(link.dataset.dialog);
  if (dialog) { event.preventDefault(); open(dialog); }
});
on("click", "[data-close]", (button, event) => { event.preventDefault(); button.closest("dialog").close(); });
$$("dialog[data-modal][open]").forEach(open);
on("keydown", "dialog[closedby=none]", (dialog, event) => { if (event.key === "Escape") event.preventDefault(); });
on("mousedown", "dialog:not([closedby=none])", (dialog, event) => {
  const { left, right, top, bottom } = dialog.getBoundingClientRect(), { clientX: x, clientY: y } = event;
  if (event.target === dialog && (x < left || x > right || y < top || y > bottom)) dialog.close();
});

// Menus close when the attention goes elsewhere.
document.addEventListener("click", event => $$("details.menu[open]").forEach(menu => menu.contains(event.target) || (menu.open = false)));
on("keydown", "details.menu[open]", (menu, event) => { if (event.key === "Escape") { menu.open = false; $("summary", menu).focus(); } });

// The chosen one of a row that is wider than the screen comes into view.
$$(".tabs > [aria-current], .segments > [aria-current]").forEach(link => {
  link.parentElement.scrollLeft = link.offsetLeft - (link.parentElement.clientWidth - link.offsetWidth) / 2;
});

// Tab panels inside one page. Without a script all panels stand below each other.
const choose = tab => $$("[role=tab]", tab.closest("[role=tablist]")).forEach(each => {
  const chosen = each === tab;
  each.setAttribute("aria-selected", chosen);
  each.tabIndex = chosen ? 0 : -1;
  document.getElementById(each.getAttribute("aria-controls")).hidden = !chosen;
});
$$("[role=tab][aria-selected=true]").forEach(choose);
on("click", "[role=tab]", choose);
on("keydown", "[role=tab]", (tab, event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], all = $$("[role=tab]", tab.closest("[role=tablist]"));
  if (!step) return;
  const next = all.at((all.indexOf(tab) + step) % all.length);
  choose(next); next.focus();
});

// Palette: Ctrl-K or Cmd-K. The link behind the button leads to the search page.
const palette = $("#palette"), links = palette ? $$("a", palette) : [];
const shown = () => links.filter(link => !link.parentElement.hidden);
addEventListener("keydown", event => {
  if (!palette || event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  palette.open || open(palette);
});
on("input", "#palette input", input => {
  const words = input.value.toLowerCase().split(/\s+/);
  links.forEach(link => { link.parentElement.hidden = !words.every(word => link.textContent.toLowerCase().includes(word)); });
  say(`${shown().length}`);
});
on("keydown", "#palette input, #palette a", (from, event) => {
  if (event.key === "Enter" && from.matches("input")) return shown()[0]?.click();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], stops = [$("input", palette), ...shown()];
  if (!step) return;
  event.preventDefault();
  stops.at((stops.indexOf(from) + step) % stops.length).focus();
});

// Filters apply when a choice is made; without a script the form has a button for it.
on("change", ".filters select", select => select.form.requestSubmit());

// The page with a key asks once before it is left, unless the box says that the key is stored.
const once = $("[data-once]");
if (once) {
  let leaving = false;
  addEventListener("submit", () => { leaving = true; });
  addEventListener("beforeunload", event => { if (!leaving && !$("input[type=checkbox]", once).checked) event.preventDefault(); });
}

// A name suggests its address until somebody types one.
on("input", "[data-slug-of]", input => { input.dataset.own = "1"; });
$$("[data-slug-of]").forEach(slug => {
  const name = document.getElementById(slug.dataset.slugOf);
  if (slug.value) slug.dataset.own = "1";
  name?.addEventListener("input", () => {
    if (slug.dataset.own) return;
    slug.value = name.value.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60);
  });
});

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

// Over plain http there is no clipboard: the text is selected in a field of its own and copied from there.
const copy = async (text, button) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, className: "sr-only" });
  button.after(field); // in the dialog, if there is one: nothing else can be selected
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  button.focus();
  if (!done) throw new Error("not copied");
};

// Copy: the button says so itself, for two seconds.
on("click", "[data-copy]", async button => {
  const source = $(button.dataset.copy), words = $("[data-words]", button), use = $("use", button);
  const label = button.dataset.label ??= words.textContent;
  const show = (text, from, to) => { words.textContent = text; use.setAttribute("href", use.getAttribute("href").replace(from, to)); };
  try {
    await copy((source.value ?? source.textContent).trim(), button);
    show(button.dataset.copied, "#copy", "#check");
    say(words.textContent);
    setTimeout(() => show(label, "#check", "#copy"), 2000);
  } catch {
    source.select ? source.select() : getSelection().selectAllChildren(source);
    say(button.dataset.selected ?? "");
  }
});

// Dialogs: every one is also a page. A link to it opens the same markup in place; whatever is no dialog is simply visited.
const open = dialog => {
  dialog.removeAttribute("open");
  dialog.showModal();
  const first = ".body :is(input:checked, input:not([type=radio]), select, textarea)";
  ($("[autofocus]", dialog) ?? $(first, dialog) ?? $(".foot a, .body a", dialog))?.focus();
};
const parsed = text => new DOMParser().parseFromString(text, "text/html");
const fetched = async address => {
  const answer = await fetch(address, { signal: AbortSignal.timeout(5000) });
  if (answer.status !== 200 || answer.redirected) return null; // an error, or the password is asked again
  const dialog = $("dialog.dialog[open]", parsed(await answer.text()));
  if (!dialog) return null;
  // What is relative in it is relative to its page.
  $$("form", dialog).forEach(form => { form.setAttribute("action", new URL(form.getAttribute("action") ?? "", address)); });
  $$("a[href]", dialog).forEach(link => { link.href = new URL(link.getAttribute("href"), address); });
  return dialog;
};
let opening = false;
const openInPlace = async link => {
  if (opening) return;
  opening = true;
  const dialog = await fetched(link.href).catch(() => null);
  opening = false;
  if (!dialog) return location.assign(link.href);
  const before = link.closest("[data-in-place]"), menu = link.closest("details.menu");
  // The focus returns to the link, or to what shows it.
  const stops = before?.stops ?? [link, menu && $("summary", menu), $(".open-nav")];
  before?.close();
  if (menu) menu.open = false;
  dialog.stops = stops;
  dialog.dataset.inPlace = "";
  dialog.addEventListener("close", () => { dialog.remove(); stops.find(stop => stop?.checkVisibility())?.focus(); });
  document.body.prepend(dialog); // first: a label in it finds its own field, whatever the page beneath calls its fields
  open(dialog);
  settle(dialog);
};
on("click", "[data-dialog]", (link, event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // it was meant for another tab
  event.preventDefault();
  const dialog = link.dataset.dialog && document.getElementById(link.dataset.dialog);
  dialog ? open(dialog) : openInPlace(link);
});
on("click", "[data-in-place] :is(.head > a, .foot > a.quiet)", (link, event) => { event.preventDefault(); link.closest("dialog").close(); });
$$("dialog[data-modal][open]").forEach(open);
on("keydown", "dialog[closedby=none]", (dialog, event) => { if (event.key === "Escape") event.preventDefault(); });
on("mousedown", "dialog:not([closedby=none])", (dialog, event) => {
  if (event.detail > 1) return; // the second half of the click that opened it
  const { left, right, top, bottom } = dialog.getBoundingClientRect(), { clientX: x, clientY: y } = event;
  if (event.target === dialog && (x < left || x > right || y < top || y > bottom)) dialog.close();
});

// A form that is on its way is not sent again by a second click.
on("submit", "form[method=post]", (form, event) => {
  if (form.sent) event.preventDefault();
  form.sent = true;
  setTimeout(() => { form.sent = false; }, 5000);
});

// What was typed before signing in leads on to its form, where it is looked at once more.
$("form[data-send]")?.requestSubmit();

// Menus close when the attention goes elsewhere.
document.addEventListener("click", event => $$("details.menu[open]").forEach(menu => menu.contains(event.target) || (menu.open = false)));
on("keydown", "details.menu[open]", (menu, event) => { if (event.key === "Escape") { menu.open = false; $("summary", menu).focus(); } });

// Tab panels inside one page. Without a script all panels stand below each other.
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
  choose(next); next.focus();
});

// What is new on the page: one panel of its tabs shows, and the chosen one of a row that is wider than the screen comes into view.
const settle = from => {
  $$("[role=tab][aria-selected=true]", from).forEach(choose);
  $$(".tabs > [aria-current], .segments > [aria-current]", from).forEach(link => {
    link.parentElement.scrollLeft = link.offsetLeft - (link.parentElement.clientWidth - link.offsetWidth) / 2;
  });
};
settle(document);

// Palette: Ctrl-K or Cmd-K. It narrows the places it has and adds those that the search page lists; its link leads to that page.
const palette = $("#palette"), shown = () => $$("li:not([hidden]) > a", palette);
const spelt = { "\u00e6": "ae", "\u0153": "oe", "\u00f8": "o", "\u00df": "ss", "\u0142": "l", "\u0111": "d", "\u00f0": "d", "\u00fe": "th", "\u0131": "i", "\u0127": "h", "\u0167": "t", "\u014b": "n", "\u03c2": "\u03c3" };
// As the server folds (src/domain/fold.rs), for the scripts that its own words are written in.
const fold = text => text.replace(/[\u2018-\u201b\u2032\u00b4\u02b9-\u02bd]/g, "'").replace(/[\u2010-\u2015\u2212]/g, "-").normalize("NFKD")
  .replace(/[\u0300-\u036f\u00ad\u200b-\u200f\u2060-\u206f\ufeff]/g, "").toLowerCase().replace(/[\u00e6\u0153\u00f8\u00df\u0142\u0111\u00f0\u00fe\u0131\u0127\u0167\u014b\u03c2]/g, letter => spelt[letter]);
let asked = new AbortController(), awaited = null;
const lookUp = async (search, signal) => {
  await new Promise(done => setTimeout(done, 150)); // somebody who types on asks once
  if (signal.aborted) return;
  const answer = await fetch(`${$(".jump").href}?search=${encodeURIComponent(search)}`, { signal }).then(page => page.text()).catch(() => "");
  if (signal.aborted) return;
  const known = new Set(shown().map(link => link.href));
  $$(".todo li", parsed(answer)).filter(row => !known.has($("a", row).href)).forEach(row => {
    const item = $("li", palette).cloneNode(true), link = $("a", item);
    link.href = $("a", row).href;
    $("use", link).replaceWith($("use", row));
    for (const part of ["span", "small"]) $(part, link).textContent = $(part === "span" ? "b" : part, row).textContent;
    item.hidden = false;
    item.dataset.found = "";
    $("ul", palette).append(item);
  });
};
addEventListener("keydown", event => {
  if (!palette || event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  palette.open || open(palette);
});
on("input", "#palette input", async input => {
  asked.abort();
  const { signal } = asked = new AbortController(), search = input.value.trim();
  $$("li[data-found]", palette).forEach(item => item.remove());
  // What begins with a word comes before what only has it inside.
  const words = fold(search).split(/\s+/), parts = item => fold(item.textContent).split(/[\s/-]+/);
  const begins = item => words.every(word => parts(item).some(part => part.startsWith(word)));
  const items = $$("li", palette).map((item, at) => [item, item.place ??= at, begins(item)]);
  items.sort(([, a, first], [, b, second]) => second - first || a - b).forEach(([item]) => {
    item.hidden = !words.every(word => fold(item.textContent).includes(word));
    $("ul", palette).append(item);
  });
  if (search.length > 1) await (awaited = lookUp(search, signal));
  if (signal.aborted) return;
  const count = shown().length, none = $(".none", palette);
  none.hidden = count > 0;
  say(count ? palette.dataset.found.replace("#", count) : none.textContent);
});
on("keydown", "#palette input, #palette a", async (from, event) => {
  if (event.key === "Enter" && from.matches("input")) {
    event.preventDefault();
    shown()[0] ?? await awaited; // what is typed fast and sent waits for the answer
    return shown()[0]?.click();
  }
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

// What was typed and not saved asks once, too.
const unsaved = $("form[data-unsaved]");
if (unsaved) {
  let changed = !!$(".fault, .note.warn", unsaved), sent = false;
  unsaved.addEventListener("input", () => { changed = true; });
  unsaved.addEventListener("submit", () => { sent = true; });
  addEventListener("beforeunload", event => { if (changed && !sent) event.preventDefault(); });
}

// A name suggests its address until somebody types one.
document.addEventListener("input", ({ target }) => {
  const slug = target.id && target.form && $(`[data-slug-of="${CSS.escape(target.id)}"]`, target.form);
  if (!slug || (slug.value && slug.value !== slug.suggested)) return;
  slug.value = slug.suggested = fold(target.value).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60);
});

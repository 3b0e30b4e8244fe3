// Palette: Ctrl-K or Cmd-K. It narrows the places it has and adds what the search page lists besides: names, what is called so in
// another language, what is one typo away. Its link leads to that page.
import { announce } from "./announce.js";
import { leave, over } from "./dialog.js";
import { $, $$, on, parsed } from "./dom.js";
import { fold } from "./fold.js";
import { withoutSecrets } from "./secret.js";

const palette = $("#palette"), shown = () => $$("li:not([hidden]) > a", palette), content = palette && $(".wider", palette);

// A name that begins with what was typed comes first, then what has words that begin so, then what only has it inside, then what is
// found by other words.
const inOrder = search => {
  const whole = fold(search), words = whole.split(/\s+/);
  const rank = item => {
    const text = fold(item.textContent), parts = text.split(/[\s/-]+/), name = fold($("span", item).textContent);
    if (name.startsWith(whole)) return 0;
    if (words.every(word => parts.some(part => part.startsWith(word)))) return 1;
    return words.every(word => text.includes(word)) ? 2 : 3;
  };
  const items = $$("li", palette).map((item, at) => [item, "found" in item.dataset ? at : item.place ??= at, search ? rank(item) : 0]);
  items.sort(([, a, first], [, b, second]) => first - second || a - b).forEach(([item]) => $("ul", palette).append(item));
};

let asked = new AbortController(), awaited = null;
const lookUp = async (search, signal) => {
  await new Promise(done => setTimeout(done, 150)); // somebody who types on asks once
  if (signal.aborted) return;
  const address = new URL($(".jump").href);
  address.searchParams.set("search", search);
  const answer = await fetch(address, { signal }).then(page => page.text()).catch(() => "");
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
  palette.open || over(palette);
});
on("input", "#palette input", async input => {
  asked.abort();
  const { signal } = asked = new AbortController(), search = withoutSecrets(input.value.trim());
  $$("li[data-found]", palette).forEach(item => item.remove());
  // The last line looks for the same words in all content of the project.
  if (content) {
    content.search = search && `?search=${encodeURIComponent(search)}`;
    content.label ??= $("span", content).textContent;
    $("span", content).textContent = search ? content.dataset.words.replace("#", () => search) : content.label;
  }
  const words = fold(search).split(/\s+/);
  $$("li", palette).forEach(item => { item.hidden = !words.every(word => fold(item.textContent).includes(word)); });
  inOrder(search);
  if (search.length > 1) await (awaited = lookUp(search, signal).then(() => signal.aborted || inOrder(search)));
  if (signal.aborted) return;
  const count = shown().length, none = $(".none", palette);
  none.hidden = count > 0;
  announce(count ? palette.dataset.found.replace("#", count) : none.textContent);
});
// Whoever goes somewhere has no step to take back that only closes the palette.
on("click", "#palette a", async (link, event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  await leave();
  location.assign(link.href);
});
on("keydown", "#palette input, #palette a", async (from, event) => {
  if (event.key === "Enter" && from.matches("input")) {
    event.preventDefault();
    shown()[0] ?? await awaited; // what is typed fast and sent waits for the answer
    return (shown()[0] ?? content)?.click();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], stops = [$("input", palette), ...shown(), ...content ? [content] : []];
  if (!step) return;
  event.preventDefault();
  stops.at((stops.indexOf(from) + step) % stops.length).focus();
});

// Where a link is typed, entries of the project are offered by their names. It is a combobox: arrows move, Enter takes, Escape closes.
import { announce } from "../announce.js";
import { $, $$, parsed } from "../dom.js";
import { withoutSecrets } from "../secret.js";
import { form, outline, whenDrawn } from "./outline.js";

const ADDRESS = /^(https?:|mailto:|tel:|file:|entry:|dialog:|\/|#)/i, FEWEST = 2, WAIT = 150;
const list = Object.assign(document.createElement("ul"), { id: "link-choices", className: "choices-below" });
list.setAttribute("role", "listbox");

let field = null, asked = new AbortController();
const options = () => $$("[role=option]", list);
const chosen = () => $("[aria-selected=true]", list);

const close = () => {
  asked.abort();
  list.remove();
  field?.setAttribute("aria-expanded", "false");
  field?.removeAttribute("aria-activedescendant");
};

const mark = option => {
  options().forEach(one => one.setAttribute("aria-selected", one === option));
  option ? field.setAttribute("aria-activedescendant", option.id) : field.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
};

const open = rows => {
  list.setAttribute("aria-label", field.getAttribute("aria-label") ?? field.labels?.[0]?.textContent.trim() ?? "");
  list.replaceChildren(...rows.map((row, at) => {
    const option = Object.assign(document.createElement("li"), { id: `link-choice-${at}` });
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    Object.assign(option.dataset, { link: row.dataset.link, name: $("b", row).textContent });
    option.append(...$(".glyph", row).childNodes, $("b", row), $("small", row));
    return option;
  }));
  const holder = field.closest(".field");
  holder.append(list);
  list.style.top = `${field.getBoundingClientRect().bottom - holder.getBoundingClientRect().top + 4}px`;
  field.setAttribute("aria-expanded", "true");
};

const take = option => {
  const { link, name } = option.dataset;
  field.value = link;
  const hint = $("[data-leads]", field.closest(".field"));
  if (hint && !field.closest(".ask")) hint.textContent = hint.dataset.leads.replace("#", name);
  close();
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

const lookUp = async (search, signal) => {
  await new Promise(done => setTimeout(done, WAIT)); // somebody who types on asks once
  if (signal.aborted) return;
  const answer = await fetch(`${outline().dataset.links}?search=${encodeURIComponent(search)}`, { signal }).then(page => page.text()).catch(() => "");
  if (signal.aborted) return;
  const rows = $$("#links > li", parsed(answer));
  rows.length ? open(rows) : close();
  announce(rows.length ? outline().dataset.found.replace("#", rows.length) : outline().dataset.none);
};

const search = () => {
  asked.abort();
  const words = withoutSecrets(field.value.trim());
  if (words.length < FEWEST || ADDRESS.test(words)) return close();
  lookUp(words, (asked = new AbortController()).signal);
};

// A browser would offer the list for those without a script as well. What comes later than what is drawn is prepared when it is entered.
const prepare = input => {
  input.removeAttribute("list");
  const said = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off", "data-link": "" };
  for (const [name, value] of Object.entries(said)) input.setAttribute(name, value);
};
if (form) whenDrawn(() => $$("input[list=places]", form).forEach(prepare));
form?.addEventListener("focusin", event => { if (event.target.matches("input[list=places]")) prepare(event.target); });

form?.addEventListener("input", event => {
  if (!event.target.matches("input[data-link]") || !event.isTrusted) return;
  field = event.target;
  search();
});
form?.addEventListener("focusout", event => { if (event.target === field) close(); });
// Before anything else: Enter would send the form, and Escape close what is around.
form?.addEventListener("keydown", event => {
  if (event.target !== field || !list.isConnected) return;
  const all = options(), step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    return mark(all.at((all.indexOf(chosen()) + step + (step < 0 && !chosen() ? 1 : 0)) % all.length));
  }
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    return close();
  }
  if (event.key !== "Enter") return;
  take(chosen() ?? all[0]);
  // The toolbar of a text makes a link of it at once.
  if (!field.closest(".ask")) {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);
list.addEventListener("pointerdown", event => event.preventDefault()); // the focus stays where one types
list.addEventListener("click", event => {
  const option = event.target.closest("[role=option]");
  if (!option) return;
  take(option);
  if (field.closest(".ask")) field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
});

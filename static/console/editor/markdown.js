// Markdown is written with a toolbar and with keys. Every change is one that the browser itself can take back.
import { announce } from "../announce.js";
import { $, $$ } from "../dom.js";
import { pick } from "../files/pick.js";
import { send } from "../files/send.js";
import { form, whenDrawn } from "./outline.js";
import { markdownOf } from "./paste.js";

export const insert = (area, text) => {
  area.focus();
  if (document.execCommand("insertText", false, text)) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
};

const chosen = area => area.value.slice(area.selectionStart, area.selectionEnd);
const select = (area, from, length) => area.setSelectionRange(from, from + length);

// Puts marks around what is chosen, or takes them away.
const around = (area, mark) => {
  const text = chosen(area), at = area.selectionStart, size = mark.length;
  const outside = area.value.slice(at - size, at) === mark && area.value.slice(area.selectionEnd, area.selectionEnd + size) === mark;
  if (outside) {
    select(area, at - size, text.length + 2 * size);
    insert(area, text);
    return select(area, at - size, text.length);
  }
  insert(area, `${mark}${text}${mark}`);
  select(area, at + size, text.length);
};

// Puts something before each line that is chosen, or takes it away.
const lines = (area, prefix) => {
  const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const end = area.value.indexOf("\n", area.selectionEnd);
  select(area, from, (end < 0 ? area.value.length : end) - from);
  const all = chosen(area).split("\n");
  const has = all.every(line => prefix(0).test(line));
  const text = all.map((line, at) => has ? line.replace(prefix(0), "") : prefix(at + 1) + line).join("\n");
  insert(area, text);
  select(area, from, text.length);
};
const bullet = at => at ? "- " : /^- /;
const number = at => at ? `${at}. ` : /^\d+\. /;
const quote = at => at ? "> " : /^> /;

const link = (area, to) => {
  const text = chosen(area), at = area.selectionStart;
  insert(area, `[${text}](${to})`);
  if (!text) select(area, at + 1, 0);
};

const MARKS = {
  bold: area => around(area, "**"),
  italic: area => around(area, "*"),
  code: area => around(area, "`"),
  list: area => lines(area, bullet),
  numbers: area => lines(area, number),
  quote: area => lines(area, quote),
};

// The link is asked for in the toolbar: an address, or a page by its name.
const ask = (rich, area) => {
  const row = $(".ask", rich), field = $("input", row), range = [area.selectionStart, area.selectionEnd];
  row.hidden = false;
  field.value = "";
  field.focus();
  field.onkeydown = event => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    row.hidden = true;
    area.focus();
    area.setSelectionRange(...range);
    if (event.key === "Enter" && field.value) link(area, field.value);
  };
};

// A picture of the project's files; what is said instead of it is what the file says, or what was chosen in the text.
const shown = (name, alt, reference) => `![${(alt || name.replace(/\.[^.]+$/, "")).replace(/[[\]\\]/g, "\\$&").replace(/\s+/g, " ")}](${reference})`;
const picture = async area => {
  const range = [area.selectionStart, area.selectionEnd], words = chosen(area);
  const one = await pick($("[role=toolbar]", area.parentElement).dataset.at, "image", area);
  if (!one) return;
  area.setSelectionRange(...range);
  insert(area, shown(one.name, words || one.alt, one.reference));
};

// Pictures that are dropped on a text, or pasted into it, become files; meanwhile a mark stands where they will.
const take = async (area, file) => {
  const { at, sends } = $("[role=toolbar]", area.parentElement).dataset, mark = `![${sends.replace("#", file.name)}]()`;
  insert(area, mark);
  const sent = await send(file, { at, signal: AbortSignal.timeout(3_600_000) }).catch(failure => failure);
  const from = area.value.indexOf(mark);
  if (from < 0) return;
  area.setRangeText(sent.reference ? shown(sent.name, "", sent.reference) : "", from, from + mark.length, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  if (!sent.reference) announce(sent.message);
};

const act = (rich, mark) => {
  const area = $("textarea", rich);
  if (mark === "link") return ask(rich, area);
  mark === "image" ? picture(area) : MARKS[mark](area);
};

const prepare = () => $$("[data-markdown]", form).filter(rich => !$("[role=toolbar]", rich)).forEach(rich => {
  rich.prepend(document.importNode($("#marks").content, true));
  rich.addEventListener("click", event => {
    const button = event.target.closest("[data-mark]");
    if (button) act(rich, button.dataset.mark);
  });
});
if (form) whenDrawn(prepare);

const KEYS = { b: "bold", i: "italic", k: "link" };
form?.addEventListener("keydown", event => {
  const rich = event.target.closest?.("[data-markdown]");
  const mark = rich && event.target.matches("textarea") && (event.ctrlKey || event.metaKey) && !event.altKey && KEYS[event.key.toLowerCase()];
  if (!mark) return;
  event.preventDefault();
  event.stopPropagation(); // Ctrl-K leads elsewhere on the rest of the page
  act(rich, mark);
});

const pictures = data => [...data?.files ?? []].filter(file => file.type.startsWith("image/"));
const written = event => event.target.closest?.("[data-markdown] textarea");
form?.addEventListener("dragover", event => { if (written(event) && event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
form?.addEventListener("drop", event => {
  const area = written(event), files = area ? pictures(event.dataTransfer) : [];
  if (!files.length) return;
  event.preventDefault();
  area.focus();
  files.forEach(file => take(area, file));
});
form?.addEventListener("paste", event => {
  const area = written(event), files = area && !event.clipboardData?.types.includes("text/html") ? pictures(event.clipboardData) : [];
  if (!files.length) return;
  event.preventDefault();
  files.forEach(file => take(area, file));
});

// Pasted with Shift it stays as plain as the browser makes it.
let plain = false;
form?.addEventListener("keydown", event => { plain = event.shiftKey && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "v"; });
form?.addEventListener("paste", event => {
  const area = event.target.closest?.("[data-markdown] textarea"), html = event.clipboardData?.getData("text/html");
  if (!area || !html || plain) return;
  event.preventDefault();
  insert(area, markdownOf(html));
});

// HTML of a word processor or a web page as Markdown. What has no Markdown is left out, its text stays.
import { parsed } from "../dom.js";

const BLOCK = new Set("ADDRESS ARTICLE ASIDE BLOCKQUOTE DIV DL DT DD FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN OL P PRE SECTION TABLE UL".split(" "));
const SILENT = new Set("HEAD STYLE SCRIPT META LINK TITLE TEMPLATE NOSCRIPT IFRAME OBJECT INPUT SELECT TEXTAREA BUTTON SVG".split(" "));
const GOOD = /^(https?:|mailto:|tel:)/i;

const escape = text => text.replace(/([\\`*_[\]<])/g, "\\$1");
const squeezed = text => text.replace(/[\t\n\r ]+/g, " ");

// Marks stand at the words, not at the blanks around them.
const marked = (text, mark) => {
  const [, before, words, after] = text.match(/^(\s*)([^]*?)(\s*)$/);
  return words ? `${before}${mark}${words}${mark}${after}` : text;
};

// Google Docs wraps everything in a <b> that is not bold, and says by styles what is.
// The policy of the page lets no style attribute take effect, so it is read as text.
const looks = node => {
  const said = name => new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([a-z0-9]+)`, "i").exec(node.getAttribute("style") ?? "")?.[1];
  const weight = said("font-weight"), style = said("font-style");
  return {
    bold: weight ? weight === "bold" || +weight >= 600 : node.tagName === "B" || node.tagName === "STRONG",
    italic: style ? style === "italic" : node.tagName === "I" || node.tagName === "EM",
  };
};

const inline = node => {
  if (node.nodeType === Node.TEXT_NODE) return escape(squeezed(node.data));
  if (node.nodeType !== Node.ELEMENT_NODE || SILENT.has(node.tagName.toUpperCase()) || /^o:/i.test(node.tagName)) return "";
  if (node.tagName === "BR") return "\n";
  if (node.tagName === "CODE") return marked(node.textContent, "`");
  let text = [...node.childNodes].map(inline).join("");
  if (node.tagName === "A" && GOOD.test(node.getAttribute("href") ?? "") && text.trim()) return `[${text.trim()}](${node.href})`;
  if (/^H[1-6]$/.test(node.tagName)) return text;
  const { bold, italic } = looks(node);
  if (italic) text = marked(text, "*");
  if (bold) text = marked(text, "**");
  return text;
};

const indented = (text, by) => text.split("\n").map((line, at) => at && line ? " ".repeat(by) + line : line).join("\n");

const list = node => {
  const ordered = node.tagName === "OL";
  let number = 0;
  return [...node.children].map(item => {
    if (item.tagName === "UL" || item.tagName === "OL") return `  ${indented(list(item), 2)}`;
    const mark = ordered ? `${++number}. ` : "- ";
    return mark + indented(blocks(item).join("\n").trim(), mark.length);
  }).filter(line => line.trim()).join("\n");
};

const table = node => {
  const rows = [...node.rows].map(row => [...row.cells].map(cell => inline(cell).trim().replace(/\n+/g, " ").replace(/\|/g, "\\|")));
  const line = cells => `| ${cells.join(" | ")} |`;
  return rows.length ? [line(rows[0]), line(rows[0].map(() => "---")), ...rows.slice(1).map(line)].join("\n") : "";
};

// Word writes its lists as paragraphs that begin with a dot or a number of their own.
const wordItem = node => /^MsoListParagraph/.test(node.className) && inline(node).trim().replace(/^(?:[·•o§\-–]|(\d+)[.)])\s*/, (_, n) => n ? `${n}. ` : "- ");

const block = node => {
  if (/^H[1-6]$/.test(node.tagName)) return `${"#".repeat(+node.tagName[1])} ${inline(node).trim().replace(/\n+/g, " ")}`;
  switch (node.tagName) {
    case "UL": case "OL": return list(node);
    case "BLOCKQUOTE": return blocks(node).join("\n\n").split("\n").map(line => `> ${line}`.trimEnd()).join("\n");
    case "PRE": return `\`\`\`\n${node.textContent.replace(/\n$/, "")}\n\`\`\``;
    case "TABLE": return table(node);
    case "HR": return "---";
    default: return wordItem(node) || blocks(node).join("\n\n");
  }
};

// The blocks in an element; what stands between them is a paragraph.
const blocks = node => {
  const all = [];
  let words = "";
  const end = () => { const text = words.split("\n").map(line => line.trim()).join("\n").trim(); if (text) all.push(text); words = ""; };
  for (const child of node.childNodes) {
    const holds = child.nodeType === Node.ELEMENT_NODE && (BLOCK.has(child.tagName) || [...child.children].some(one => BLOCK.has(one.tagName)));
    if (!holds) { words += inline(child); continue; }
    end();
    const text = BLOCK.has(child.tagName) ? block(child) : blocks(child).join("\n\n");
    if (text.trim()) all.push(text);
  }
  end();
  return all;
};

export const markdownOf = html => blocks(parsed(html).body).join("\n\n").replace(/(^|\n)(- [^]*?|\d+\. [^]*?)\n\n(?=(- |\d+\. ))/g, "$1$2\n");

// Uploads that are under way: chosen in a form, dropped on the library or pasted. Each has a bar and a button that cancels it.
import { announce } from "../announce.js";
import { $, $$, on, parsed } from "../dom.js";
import { send } from "./send.js";

const AT_ONCE = 2;
const panel = $("#uploads"), rows = panel && $("ul", panel), waiting = [];
let running = 0, came = 0;

const size = bytes => {
  const units = document.documentElement.lang === "fr" ? ["o", "Ko", "Mo", "Go"] : ["B", "KB", "MB", "GB"];
  let [amount, unit] = [bytes, 0];
  while (amount >= 999.5 && unit < 3) [amount, unit] = [amount / 1000, unit + 1];
  const digits = unit < 2 || amount >= 99.95 ? 0 : 1;
  return `${amount.toLocaleString(document.documentElement.lang, { minimumFractionDigits: digits, maximumFractionDigits: digits })}\u00a0${units[unit]}`;
};
const filled = (words, ...values) => values.reduce((text, value) => text.replace("#", value), words);

const row = file => {
  const line = $("template", panel).content.firstElementChild.cloneNode(true), button = $("button", line), meter = $(".meter", line);
  $("b", line).textContent = file.name;
  $("small", line).textContent = panel.dataset.waits;
  meter.setAttribute("aria-label", file.name);
  const name = words => { button.ariaLabel = button.title = filled(words, file.name); };
  name(panel.dataset.cancel);
  return {
    line,
    button,
    far: loaded => {
      const share = file.size ? Math.min(100, Math.round(100 * loaded / file.size)) : 100;
      $("rect", meter).setAttribute("width", `${share}%`);
      meter.setAttribute("aria-valuenow", share);
      $("small", line).textContent = filled(panel.dataset.far, size(Math.min(loaded, file.size)), size(file.size));
    },
    end: (words, isBad) => {
      meter.remove();
      $("small", line).textContent = words;
      $("small", line).classList.toggle("fault", isBad);
      if (isBad) $(".glyph", line).className = "glyph bad";
      name(panel.dataset.takeOff);
      button.addEventListener("click", () => {
        line.remove();
        panel.hidden = !rows.children.length;
      });
    },
  };
};

// What is there now is shown where it stands; what was ticked stays ticked.
const renew = async () => {
  const answer = await fetch(location.href), page = answer.ok && parsed(await answer.text()), next = page && $("#library", page);
  if (!next) return;
  $(".page-head p").replaceWith(document.importNode($(".page-head p", page), true));
  const ticked = new Set($$("#library .box :checked").map(box => box.value));
  $("#library").replaceWith(document.importNode(next, true));
  $$("#library .box input").forEach(box => { box.checked = ticked.has(box.value); });
};

const next = async () => {
  const one = running < AT_ONCE && waiting.shift();
  if (!one) {
    if (running) return;
    $("header button", panel).textContent = panel.dataset.clear;
    if (!came) return;
    came = 0;
    announce(panel.dataset.all);
    return renew();
  }
  running += 1;
  const { file, shown, stop, options } = one;
  try {
    shown.far(0);
    await send(file, { ...options, at: panel.dataset.at, signal: stop.signal, far: shown.far });
    came += 1;
    shown.end(panel.dataset.done, false);
  } catch (failure) {
    shown.end(stop.signal.aborted ? panel.dataset.stopped : failure.message || panel.dataset.failed, !stop.signal.aborted);
    if (!stop.signal.aborted) announce(`${file.name}: ${failure.message || panel.dataset.failed}`);
  }
  running -= 1;
  next();
};

const add = (files, options) => {
  for (const file of files) {
    const shown = row(file), stop = new AbortController();
    rows.append(shown.line);
    if (file.size > Number(panel.dataset.most)) {
      shown.end(`${size(file.size)}. ${panel.dataset.tooLarge}`, true);
      continue;
    }
    const one = { file, shown, stop, options: { folder: panel.dataset.folder, ...options } };
    shown.button.addEventListener("click", () => {
      stop.abort();
      const at = waiting.indexOf(one);
      if (at < 0) return;
      waiting.splice(at, 1);
      shown.end(panel.dataset.stopped, false);
    }, { once: true });
    waiting.push(one);
  }
  panel.hidden = false;
  $("header button", panel).textContent = panel.dataset.cancelAll;
  for (let n = 0; n < AT_ONCE; n += 1) next();
};

if (panel) {
  on("change", "[data-upload]", input => {
    add([...input.files]);
    input.value = "";
  });
  // The form of the dialog: what was chosen in it goes the same way.
  document.addEventListener("submit", event => {
    const form = event.target.closest("dialog [data-uploads]"), input = form && $("input[type=file]", form);
    if (!input?.files.length || !form.closest("dialog").matches(":modal")) return;
    event.preventDefault();
    add([...input.files], { isPublic: $("[name=public]", form).checked });
    form.closest("dialog").close();
  }, true);
  on("click", "#uploads header button", () => $$("li > button", rows).forEach(button => button.click()));
  const holds = event => event.dataTransfer?.types.includes("Files");
  const over = is => $("#library").toggleAttribute("data-over", is);
  document.addEventListener("dragover", event => {
    if (!holds(event)) return;
    event.preventDefault();
    over(true);
  });
  document.addEventListener("dragleave", event => { if (!event.relatedTarget) over(false); });
  document.addEventListener("drop", event => {
    over(false);
    if (!holds(event)) return;
    event.preventDefault();
    add([...event.dataTransfer.files]);
  });
  document.addEventListener("paste", event => {
    if (event.target.closest("input, textarea") || !event.clipboardData.files.length) return;
    event.preventDefault();
    add([...event.clipboardData.files]);
  });
  addEventListener("beforeunload", event => { if (running) event.preventDefault(); });
  on("change", "#library .box input", () => {
    announce($(".selection").dataset.chosen.replace("#", $$("#library .box :checked").length));
  });
}

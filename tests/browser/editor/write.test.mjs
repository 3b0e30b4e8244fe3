// What is written in the editor: in two languages, in Markdown, with links, in long entries, for search engines, with a preview beside it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findings, shot, tooWide } from "../support.mjs";
import { add, desk, heading, opened, save } from "./desk.mjs";

let api, blocks, edit, end, make, PAGES, stored;
before(async () => { ({ api, blocks, edit, end, make, PAGES, stored } = await desk()); });
after(() => end());

test("a page of ten blocks is written in two languages and published", async () => {
  const id = await make([{ id: "s", columns: [{ id: "c", blocks: [] }] }]);
  const page = await edit(id);
  for (let n = 1; n <= 4; n++) await add(page, "heading", { text: `Heading ${n}` });
  for (let n = 1; n <= 4; n++) await add(page, "text", { markdown: `Text **${n}**` });
  await add(page, "quote", { text: "So it goes" });
  await add(page, "divider", {});
  assert.equal(await page.locator("[data-block]").count(), 10);
  assert.deepEqual(await blocks(id), [], "nothing is public before it is saved");
  await page.click('.tabs button[value="language:fr"]');
  await page.waitForURL(/locale=fr/);
  await page.locator("[data-block] .line").first().click();
  await page.waitForSelector("#data\\.text");
  assert.equal(await page.inputValue("#data\\.text"), "", "a language begins empty");
  await page.fill("#data\\.text", "Titre 1");
  await page.click(".bar button.primary");
  await page.waitForSelector(".status.on");
  const all = await blocks(id);
  assert.deepEqual(all.map(block => block.type), [...Array(4).fill("heading"), ...Array(4).fill("text"), "quote", "divider"]);
  assert.deepEqual(all[0].data.text, { en: "Heading 1", fr: "Titre 1" });
  assert.equal((await stored(id)).status, "published");
  await page.context().close();
});

test("Markdown is written with the toolbar, and pasted clean", async () => {
  const id = await make();
  const page = await edit(id);
  await opened(page, "t");
  const area = page.locator("#data\\.markdown");
  await area.fill("one two");
  await area.evaluate(node => node.setSelectionRange(4, 7));
  await page.click("[data-mark=bold]");
  assert.equal(await area.inputValue(), "one **two**");
  await page.keyboard.press("Control+z");
  assert.equal(await area.inputValue(), "one two", "the browser itself takes it back");
  await page.click("[data-mark=list]");
  assert.equal(await area.inputValue(), "- one two");
  await area.evaluate(node => node.setSelectionRange(2, 5));
  await page.keyboard.press("Control+k");
  await page.keyboard.type("https://example.org/");
  await page.keyboard.press("Enter");
  assert.equal(await area.inputValue(), "- [one](https://example.org/) two");
  const paste = html => area.evaluate((node, html) => {
    node.focus();
    node.select();
    const data = new DataTransfer();
    data.setData("text/html", html);
    node.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    return node.value;
  }, html);
  const docs = '<meta charset="utf-8"><b style="font-weight:normal" id="docs-internal-guid-1"><h2>Tides</h2><p><span style="font-weight:400">The sea </span><span style="font-weight:700">rises</span><span style="font-style:italic"> twice</span>.</p><ul><li><p>High</p></li><li><p>Low</p><ul><li>Neap</li></ul></li></ul></b>';
  assert.equal(await paste(docs), "## Tides\n\nThe sea **rises** *twice*.\n\n- High\n- Low\n  - Neap");
  const word = '<html xmlns:o="x"><head><style>p{color:red}</style></head><body><p class=MsoNormal>Prices*<o:p></o:p></p><p class=MsoListParagraphCxSpFirst><span>·<span>&nbsp; </span></span>One</p><p class=MsoListParagraphCxSpLast><span>·<span>&nbsp; </span></span>Two</p><table><tr><td>Size</td><td>Price</td></tr><tr><td>A5</td><td><b>4</b></td></tr></table><script>alert(1)</script><a href="javascript:alert(1)">no</a></body></html>';
  assert.equal(await paste(word), "Prices\\*\n\n- One\n- Two\n\n| Size | Price |\n| --- | --- |\n| A5 | **4** |\n\nno");
  await page.context().close();
});

for (const [name, options] of [["without a script", { javaScriptEnabled: false }], ["on a phone", { viewport: { width: 390, height: 844 }, hasTouch: true }]]) {
  test(`a page is edited ${name}`, async () => {
    const id = await make();
    const page = await edit(id, options);
    await opened(page, "a");
    await page.fill("#data\\.text", "Changed");
    await page.click("#part-a .tools .menu > summary");
    await page.click('#part-a button[value="down:a"]');
    await page.waitForSelector("#part-b + #part-a");
    await page.locator("[data-column] > .last > .add").first().click();
    await page.click('#part-adding button[value="add:quote"]');
    await page.waitForSelector("#data\\.text");
    await page.fill("#data\\.text", "So it goes");
    await save(page);
    assert.deepEqual((await blocks(id)).map(block => block.type), ["heading", "heading", "text", "quote"]);
    assert.equal((await blocks(id))[1].data.text.en, "Changed");
    await page.context().close();
  });
}

test("what readers would see stands beside the text, follows it, and stays where it was scrolled to", async () => {
  const many = Array.from({ length: 60 }, (_, n) => heading(`n${n}`, `Heading ${n}`));
  const id = await make([{ id: "s", columns: [{ id: "c", blocks: [...many, { id: "t", type: "text", data: { markdown: "Plain" } }] }] }]);
  const page = await edit(id, { bypassCSP: true });
  const toggle = page.locator("[data-beside]"), frame = page.locator("#beside iframe");
  assert.equal(await frame.isVisible(), false);
  await toggle.click();
  assert.equal(await toggle.getAttribute("aria-pressed"), "true");
  const inside = page.frameLocator("#beside iframe");
  await inside.getByText("Heading 59").waitFor();
  const scrolled = () => frame.evaluate(node => node.contentWindow.scrollY);
  await frame.evaluate(node => node.contentWindow.scrollTo(0, 700));
  await opened(page, "t");
  await page.fill("#data\\.markdown", "Not **yet** public");
  await inside.getByText("yet", { exact: true }).waitFor();
  await page.waitForFunction(() => document.querySelector("#beside iframe").contentWindow.scrollY === 700);
  assert.equal(await frame.getAttribute("sandbox"), "allow-same-origin", "nothing runs in it");
  // A wide screen is drawn smaller, a phone is as narrow as one is.
  const seen = () => frame.evaluate(node => [node.offsetWidth, node.getBoundingClientRect().right <= node.parentElement.getBoundingClientRect().right + 1]);
  for (const [width, pixels] of [["wide", 1280], ["tablet", 768], ["phone", 390]]) {
    await page.check(`#beside [value=${width}]`);
    assert.deepEqual(await seen(), [pixels, true], width);
    await shot(page, `editor-beside-${width}`);
  }
  assert.deepEqual(await findings(page), []);
  assert.equal(await scrolled() > 0, true);
  // It is there again on the next page, and only where there is room.
  await page.reload();
  await inside.getByText("yet", { exact: true }).waitFor();
  await page.setViewportSize({ width: 1100, height: 900 });
  assert.deepEqual([await frame.isVisible(), await toggle.isVisible(), await tooWide(page)], [false, false, false]);
  await page.context().close();
});

test("what search engines show follows what is typed, and is counted", async () => {
  const id = await make();
  const page = await edit(id);
  const count = name => page.locator(`[data-count="${name}"]`);
  const told = async name => (await count(name).textContent()).replace(/\s+/g, " ").trim();
  assert.deepEqual([await told("seo.title"), await page.textContent(".found > b")], ["0 of 60", "Tides"]);
  await page.fill("#seo\\.title", "é".repeat(61));
  assert.deepEqual([await told("seo.title"), await page.textContent(".found > b")], ["61 of 60", "é".repeat(61)]);
  assert.match(await count("seo.title").getAttribute("class"), /over/);
  await page.fill("#seo\\.title", "");
  await page.fill("#title", "High tide");
  assert.equal(await page.textContent(".found > b"), "High tide");
  await page.context().close();
});

test("a link is chosen by the name of a page, by keys and by the pointer, in a field and in a text", async () => {
  const target = (await api("POST", PAGES, { name: "Ferry times", slug: "ferry-times", title: "Ferries" })).id;
  const id = await make([{ id: "s", columns: [{ id: "c", blocks: [{ id: "b", type: "button", data: { label: "Go", link: "/" } }, { id: "t", type: "text", data: { markdown: "See this" } }] }] }]);
  const page = await edit(id, { bypassCSP: true });
  await opened(page, "b");
  const field = page.getByRole("combobox", { name: "Link" });
  await field.fill("ferry tim");
  await page.getByRole("option", { name: /Ferry times/ }).waitFor();
  assert.equal(await field.getAttribute("aria-expanded"), "true");
  assert.deepEqual(await findings(page), []);
  await shot(page, "editor-link");
  await page.keyboard.press("Escape");
  assert.deepEqual([await page.locator("#link-choices").count(), await field.inputValue()], [0, "ferry tim"], "what was typed stays");
  await page.keyboard.type("e");
  await page.getByRole("option", { name: /Ferry times/ }).waitFor();
  await page.keyboard.press("ArrowDown");
  assert.equal(await field.getAttribute("aria-activedescendant"), await page.locator("#link-choices [aria-selected=true]").getAttribute("id"));
  await page.keyboard.press("Enter");
  assert.equal(await field.inputValue(), `entry:${target}`);
  assert.match(await page.textContent("#part-b [data-leads]"), /Leads to Ferry times/);
  await page.waitForFunction(() => /Kept, not yet saved/.test(document.querySelector("#kept").textContent));
  await opened(page, "t");
  const area = page.locator("#data\\.markdown");
  await area.evaluate(node => { node.focus(); node.setSelectionRange(4, 8); });
  await page.keyboard.press("Control+k");
  await page.keyboard.type("ferry");
  await page.getByRole("option", { name: /Ferry times/ }).click();
  assert.equal(await area.inputValue(), `See [this](entry:${target})`);
  await save(page);
  assert.deepEqual((await blocks(id)).map(block => block.data.link ?? block.data.markdown.en ?? block.data.markdown), [`entry:${target}`, `See [this](entry:${target})`]);
  await page.context().close();
});

test("typing in an entry of two thousand blocks touches none of them", async () => {
  const columns = Array.from({ length: 4 }, (_, c) => ({ id: `c${c}`, blocks: Array.from({ length: 500 }, (_, n) => heading(`b${c}-${n}`, `Heading ${n}`)) }));
  const id = await make([{ id: "s", columns }]);
  const page = await edit(id);
  await opened(page, "b3-499");
  const requests = [];
  page.on("request", request => { if (request.method() === "POST") requests.push(new URL(request.url()).pathname.split("/").at(-1)); });
  await page.evaluate(() => {
    const work = globalThis.work = { changed: 0, walked: 0 };
    new MutationObserver(all => { work.changed += all.length; }).observe(document.querySelector("[data-outline]"), { subtree: true, childList: true, attributes: true, characterData: true });
    for (const of of [Document.prototype, Element.prototype]) {
      const { querySelectorAll } = of;
      of.querySelectorAll = function (...asked) { const all = querySelectorAll.apply(this, asked); work.walked += all.length; return all; };
    }
    addEventListener("input", () => { work.typed = (work.typed ?? 0) + 1; }, true);
  });
  await page.focus("#data\\.text");
  await page.keyboard.type(" of a long page");
  const { changed, walked, typed } = await page.evaluate(() => globalThis.work);
  assert.deepEqual({ changed, walked, typed }, { changed: 0, walked: 0, typed: " of a long page".length });
  await page.waitForFunction(() => /Kept, not yet saved/.test(document.querySelector("#kept").textContent));
  assert.deepEqual(requests, ["draft"], "it is kept once, when one stops");
  await page.context().close();
});

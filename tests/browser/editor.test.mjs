// The editor in a real browser: written, arranged, translated, two at once, by keys alone, without a script, on a phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { choose, ORG, PASSWORD } from "./people.mjs";
import { close, findings, launch, open, sandbox, shot, tooWide } from "./support.mjs";

let browser, instance, token;
before(async () => {
  [browser, instance] = await Promise.all([launch(), sandbox()]);
  const exchange = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ apiKey: instance.serviceKey }) };
  ({ token } = await (await fetch(`${instance.apiUrl}/auth/token`, exchange)).json());
});
after(async () => { await instance.stop(); await close(browser); });

const PAGES = () => `/organizations/${instance.organizationId}/projects/${instance.projectId}/apps/website/${instance.apps.website}/pages`;
const api = async (method, path, body) => {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const answer = await fetch(instance.apiUrl + path, { method, headers, body: body && JSON.stringify(body) });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
  return answer.json();
};
let made = 0;
const heading = (id, text) => ({ id, type: "heading", data: { text } });
const content = () => [{ id: "s", columns: [{ id: "c", blocks: [heading("a", "Alpha"), heading("b", "Beta"), { id: "t", type: "text", data: { markdown: "Plain" } }] }] }];
const make = async (tree = content()) => (await api("POST", PAGES(), { name: "Tides", slug: `tides-${++made}`, status: "draft", title: "Tides", content: tree })).id;
const stored = id => api("GET", `${PAGES()}/${id}`);
const blocks = async id => (await stored(id)).content.flatMap(section => section.columns.flatMap(column => column.blocks));

// The page of an entry, as somebody who is signed in sees it.
const edit = async (id, options) => {
  const page = await open(browser, options);
  await page.goto(instance.signInUrl);
  await page.goto(`${instance.url}${ORG}/p/northwind-site/website/website/pages/${id}`);
  return page;
};
const line = (page, id) => page.locator(`#part-${id} > .head > .line, #part-${id} > header .line`);
const opened = async (page, id) => { await line(page, id).click(); await page.waitForSelector(`#part-${id} > .body`); };
const save = async page => { await page.click(".bar button[form=entry].button:not(.primary)"); await page.waitForSelector(".note.ok"); };
const add = async (page, word, fields) => {
  const before = await page.inputValue("input[name=open]").catch(() => "");
  await page.locator("[data-column] > .last > .add").first().click();
  await page.click(`#part-adding button[value="add:${word}"]`);
  await page.waitForFunction(was => ![null, was].includes(document.querySelector("input[name=open]")?.value ?? null), before);
  for (const [name, text] of Object.entries(fields)) await page.fill(`[name="data.${name}"]`, text);
};

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

test("typing is kept by itself, and the answer changes no field", async () => {
  const id = await make();
  const page = await edit(id);
  await opened(page, "t");
  let release;
  await page.route("**/draft", async route => { await new Promise(done => { release = done; }); await route.continue(); }, { times: 1 });
  await page.fill("#data\\.markdown", "Kept");
  while (!release) await page.waitForTimeout(50);
  await page.focus("#data\\.markdown");
  await page.keyboard.press("Home");
  await page.keyboard.type("Not yet ");
  release();
  await page.waitForFunction(() => /Kept, not yet saved/.test(document.querySelector("#kept").textContent));
  assert.equal(await page.inputValue("#data\\.markdown"), "Not yet Kept");
  assert.equal(await page.evaluate(() => document.activeElement.selectionStart), "Not yet ".length, "the caret stays");
  await page.waitForSelector("#entry:not([data-dirty])");
  await page.reload();
  await opened(page, "t");
  assert.equal(await page.inputValue("#data\\.markdown"), "Not yet Kept");
  // What cannot be kept is said, and leaving asks.
  await page.route("**/draft", route => route.fulfill({ status: 500, body: "no" }));
  await page.fill("#data\\.markdown", "Lost?");
  await page.waitForSelector("#kept.bad");
  const asked = [];
  page.on("dialog", async dialog => { asked.push(dialog.type()); await dialog.dismiss(); });
  await page.goto(`${instance.url}${ORG}`).catch(() => null); // it stays where it is
  assert.deepEqual(asked, ["beforeunload"]);
  await page.context().close();
});

test("two at once: what is different goes together, the same is decided", async () => {
  const id = await make();
  const page = await edit(id, { bypassCSP: true });
  await opened(page, "a");
  await page.fill("#data\\.text", "Mine");
  const builder = PAGES().replace(/\/apps.*/, "/content/blocks/update");
  const write = (blockId, data) => api("POST", builder, { contentType: "website_page", contentId: id, blockId, data });
  await write("b", { text: "Theirs" });
  await save(page);
  assert.deepEqual((await blocks(id)).slice(0, 2).map(block => block.data.text.en ?? block.data.text), ["Mine", "Theirs"]);
  await opened(page, "b");
  await page.fill("#data\\.text", "Beta of mine");
  await write("b", { text: "Beta of theirs" });
  await page.click(".bar button[form=entry].button:not(.primary)");
  await page.waitForURL(/\/conflict$/);
  assert.match(await page.textContent("main"), /Beta of mine[^]*Beta of theirs/);
  assert.deepEqual(await findings(page), []);
  await shot(page, "conflict");
  await page.setViewportSize({ width: 390, height: 844 });
  assert.equal(await tooWide(page), false);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.check('input[value="both"]');
  await page.fill(".by-hand textarea", "Beta of both");
  await page.click(".bar button.primary");
  await page.waitForSelector(".note.ok");
  assert.equal(JSON.stringify(await blocks(id)).includes("Beta of both"), true);
  await page.context().close();
});

test("blocks are put in order by keys, and by dragging", async () => {
  const id = await make();
  const page = await edit(id);
  const order = () => page.$$eval("[data-block]", all => all.map(one => one.dataset.block).join(""));
  await line(page, "a").focus();
  await page.keyboard.press("Alt+ArrowDown");
  await page.waitForFunction(() => [...document.querySelectorAll("[data-block]")].map(one => one.dataset.block).join("") === "bat");
  assert.equal(await page.evaluate(() => document.activeElement.closest("[data-block]")?.dataset.block), "a", "the focus goes along");
  await page.keyboard.press("Alt+ArrowDown");
  await page.waitForFunction(() => document.querySelector("[data-block]:last-of-type, [data-block]") && [...document.querySelectorAll("[data-block]")].at(-1).dataset.block === "a");
  const from = await page.locator("#part-a .grip").boundingBox(), to = await page.locator("#part-b").boundingBox();
  await page.mouse.move(from.x + 5, from.y + 5);
  await page.mouse.down();
  await page.mouse.move(to.x + 40, to.y + 3, { steps: 8 });
  await page.mouse.up();
  await page.waitForFunction(() => document.querySelector("[data-block]").dataset.block === "a");
  assert.equal(await order(), "abt");
  // Deleted, and taken back by the notice.
  await opened(page, "b");
  await page.click('button[value="delete:b"]');
  await page.waitForSelector(".toast");
  assert.equal(await order(), "at");
  await page.click(".toast button");
  await page.waitForFunction(() => document.querySelectorAll("[data-block]").length === 3);
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

test("an entry is scheduled, published and taken back without leaving it", async () => {
  const id = await make();
  const page = await edit(id);
  await page.fill("#publishAt", "2031-05-04T08:30");
  await page.fill("#title", "Spring tide");
  await page.click("button[value=schedule]");
  await page.waitForSelector(".status.half");
  const { status, scheduledPublishAt, title } = await stored(id);
  assert.deepEqual([status, scheduledPublishAt, title.en], ["scheduled", "2031-05-04T08:30:00.000Z", "Spring tide"]);
  await page.click("button[value=unschedule]");
  await page.waitForSelector(".status:not(.half, .on)");
  await page.click(".bar button.primary");
  await page.waitForSelector(".status.on");
  await page.click("button[value=unpublish]");
  await page.waitForSelector(".status:not(.on)");
  assert.equal((await stored(id)).status, "draft");
  await page.context().close();
});

test("a link is chosen by the name of a page, by keys and by the pointer, in a field and in a text", async () => {
  const target = (await api("POST", PAGES(), { name: "Ferry times", slug: `ferry-${++made}`, title: "Ferries" })).id;
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

test("an old version comes back, and what was trashed as well", async () => {
  const id = await make();
  const before = await blocks(id);
  const page = await edit(id);
  await opened(page, "a");
  await page.fill("#data\\.text", "Overwritten");
  await save(page);
  await page.getByRole("link", { name: "Restore… version 1" }).click();
  await page.click("#restore button.primary");
  await page.waitForSelector(".note.ok");
  assert.deepEqual(await blocks(id), before);
  assert.equal(await page.getByRole("link", { name: /^Compare version/ }).count(), 3, "nothing is overwritten");
  await page.locator(".bar .menu > summary").click();
  await page.getByRole("button", { name: "Move to the trash" }).click();
  await page.waitForSelector(".toast");
  assert.equal((await fetch(`${instance.apiUrl}${PAGES()}/${id}`, { headers: { Authorization: `Bearer ${token}` } })).status, 404);
  await page.click(".toast button");
  await page.waitForSelector("[data-outline]");
  assert.deepEqual(await blocks(id), before);
  await page.context().close();
});

test("two people write at once: what is different goes together, and one of them decides about the rest", async () => {
  const id = await make();
  const ada = await edit(id), eva = await open(browser);
  const there = ada.url();
  await ada.goto(`${instance.url}${ORG}/settings/invitations/new`);
  await ada.fill("#email", "eva.lind@northwind.example");
  await choose(ada, "role", "editor");
  await ada.click("dialog button.primary");
  await eva.goto((await ada.inputValue("#link")).trim());
  await eva.fill("#name", "Eva Lind");
  await eva.fill("#password", PASSWORD);
  await eva.click("button.primary");
  await eva.waitForURL(/\/o\/northwind-press$/);
  for (const page of [ada, eva]) await page.goto(there);
  await opened(eva, "a");
  await eva.fill("#data\\.text", "Alpha of Eva");
  await opened(eva, "b");
  await eva.fill("#data\\.text", "Beta of Eva");
  await opened(ada, "b");
  await ada.fill("#data\\.text", "Beta of Ada");
  await save(ada);
  await eva.click(".bar button[form=entry].button:not(.primary)");
  await eva.waitForURL(/\/conflict$/);
  assert.match((await eva.textContent(".fold .log")).replace(/\s+/g, " "), /You · Heading Alpha of Eva: Text/);
  await shot(eva, "conflict-settled");
  await eva.check('input[value="theirs"]');
  await eva.click(".bar button.primary");
  await eva.waitForSelector(".note.ok");
  assert.deepEqual((await blocks(id)).slice(0, 2).map(block => block.data.text.en ?? block.data.text), ["Alpha of Eva", "Beta of Ada"]);
  for (const page of [ada, eva]) await page.context().close();
});

test("a page is written, arranged and published by keys alone", async () => {
  const id = await make();
  const page = await edit(id);
  const reach = async (selector, key = "Tab") => {
    for (let n = 0; n < 150; n++) {
      if (await page.evaluate(selector => document.activeElement?.matches(selector), selector)) return;
      await page.keyboard.press(key);
    }
    assert.fail(`no key leads to ${selector}`);
  };
  await reach("[data-column] > .last > .add");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#part-adding");
  await reach('[value="add:quote"]');
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.name === "data.text");
  await page.keyboard.type("So it goes");
  await reach('[value^="close"]', "Shift+Tab");
  await page.keyboard.press("Alt+ArrowUp");
  await page.waitForFunction(() => [...document.querySelectorAll("[data-block]")].at(-1).dataset.block === "t");
  await reach(".bar button.primary", "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".status.on");
  assert.deepEqual((await blocks(id)).map(block => block.data.text?.en ?? block.data.text ?? block.data.markdown), ["Alpha", "Beta", "So it goes", "Plain"]);
  await page.context().close();
});

test("what is opened takes the focus, Escape closes it, and what is empty or wrong can be deleted", async () => {
  const id = await make([{ id: "s", columns: [{ id: "c", blocks: [{ id: "t", type: "text", data: { markdown: "Plain" } }, { id: "i", type: "image", data: { file: "/a.png" } }] }] }]);
  const page = await edit(id);
  await line(page, "t").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.name === "data.markdown");
  await page.keyboard.press("Escape");
  await page.waitForSelector("#part-t:not(.open)");
  assert.equal(await page.evaluate(() => document.activeElement.closest("[data-block]")?.dataset.block), "t");
  await page.locator("[data-column] > .last > .add").click();
  await page.click('#part-adding button[value="add:heading"]');
  await page.waitForSelector("#data\\.text");
  const empty = await page.inputValue("input[name=open]");
  for (const does of ["down", "copy"]) {
    await page.click(`#part-${empty} .tools .menu > summary`);
    await page.click(`button[value="${does}:${empty}"]`);
    await page.waitForSelector(`#part-${empty} .tools .menu:not([open])`);
  }
  await page.locator(".toast", { hasText: "Copied" }).waitFor();
  await page.click(`button[value="delete:${empty}"]`);
  await page.waitForSelector(`#part-${empty}`, { state: "detached" });
  await opened(page, "i");
  await page.fill("#data\\.file", "nonsense");
  await page.click('button[value="delete:i"]');
  await page.waitForSelector("#part-i", { state: "detached" });
  await save(page);
  assert.deepEqual((await blocks(id)).map(block => block.id), ["t"]);
  await page.context().close();
});

test("the editor has no finding and fits, closed and open, in both themes", async () => {
  const id = await make([...content(), { id: "n", name: "Editions", columns: [{ id: "n1", blocks: [{ id: "f", type: "faq", data: { items: [{ id: "q", question: "Who?", answer: "We." }] } }] }, { id: "n2", blocks: [] }] }]);
  for (const colorScheme of ["light", "dark"]) {
    const page = await edit(id, { colorScheme, bypassCSP: true });
    for (const part of ["t", "f", "s"]) {
      await opened(page, part);
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        assert.deepEqual(await findings(page), [], `${part}, ${colorScheme}, ${width}`);
        assert.equal(await tooWide(page), false, `${part}, ${width}`);
        await shot(page, `editor-${part}-${colorScheme}-${width}`);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
    }
    await page.context().close();
  }
});

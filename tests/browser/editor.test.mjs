// The editor in a real browser: written, arranged, translated, two at once, by keys alone, without a script, on a phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ORG } from "./people.mjs";
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

// The library of files as people use it: with and without a script, with a mouse and with keys; and files that are chosen elsewhere.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ORG } from "../people.mjs";
import { close, findings, launch, open, sandbox, shot, tooWide } from "../support.mjs";

const SITE = `${ORG}/p/northwind-site`, FILES = `${SITE}/files`, POSTS = `${SITE}/website/website/posts`;
let browser, demo;
const seat = async options => {
  const page = await open(browser, { bypassCSP: true, ...options });
  await page.goto(demo.signInUrl);
  return page;
};
const go = (page, path) => page.goto(new URL(path, demo.url).href);

// A picture with a gradient: a bitmap, which needs no compression.
const picture = (width = 60, height = 40) => {
  const row = Math.ceil(width * 3 / 4) * 4, bytes = Buffer.alloc(54 + row * height);
  bytes.write("BM");
  for (const [at, value] of [[2, bytes.length], [10, 54], [14, 40], [18, width], [22, height], [34, row * height]]) bytes.writeUInt32LE(value, at);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) bytes.set([200 - 3 * y, 80 + 2 * x, 60 + 3 * y], 54 + y * row + x * 3);
  return bytes;
};
const bitmap = name => ({ name, mimeType: "image/bmp", buffer: picture() });
const text = name => ({ name, mimeType: "text/plain", buffer: Buffer.from(`What stands in ${name}`) });

before(async () => { [browser, demo] = await Promise.all([launch(), sandbox()]); });
after(async () => { await demo?.stop(); await close(browser); });

// Lets go of files over an element, as a file manager does.
const drop = async (page, selector, files) => {
  const list = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, bytes: [...buffer] }));
  const data = await page.evaluateHandle(list => {
    const data = new DataTransfer();
    for (const { name, mimeType, bytes } of list) data.items.add(new File([new Uint8Array(bytes)], name, { type: mimeType }));
    return data;
  }, list);
  await page.dispatchEvent(selector, "dragover", { dataTransfer: data });
  await page.dispatchEvent(selector, "drop", { dataTransfer: data });
};

test("files are chosen, dropped and pasted, show how far they are, and are there without a reload", async () => {
  const page = await seat();
  await go(page, FILES);
  await page.click(".page-head .primary");
  await page.setInputFiles("dialog:modal input[type=file]", [bitmap("harbour.bmp"), text("notes.txt")]);
  await page.click("dialog:modal button.primary");
  await page.waitForSelector("#library >> text=harbour.bmp");
  assert.equal(await page.locator("#uploads li").count(), 2);
  assert.deepEqual(await page.locator("#uploads small").allTextContents(), ["Is there", "Is there"]);
  await drop(page, "#library", [bitmap("dropped.bmp")]);
  await page.waitForSelector("#library >> text=dropped.bmp");
  await page.setInputFiles("[data-upload]", [text("chosen.txt")]);
  await page.waitForSelector("#library >> text=chosen.txt");
  const seen = await page.evaluate(() => [...document.querySelectorAll("#library img")].map(picture => picture.complete && picture.naturalWidth));
  assert.deepEqual(seen, [60, 60], "private pictures are shown to whoever may see them");
  await page.context().close();
});

test("a long file comes in parts and is cancelled by its button; what is too long is not sent at all", async () => {
  const page = await seat(), sent = [];
  page.on("request", request => { if (request.method() === "POST") sent.push(new URL(request.url()).pathname.replace(/.*\/files/, "").replace(/[0-9a-f-]{36}/, "ID")); });
  await go(page, FILES);
  const long = (name, megabytes) => page.evaluate(([name, megabytes]) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(megabytes * 1_000_000)], name));
    const input = document.querySelector("[data-upload]");
    input.files = data.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }, [name, megabytes]);
  await long("long.bin", 18);
  await page.waitForSelector("#library >> text=long.bin");
  assert.deepEqual(sent, ["/uploads", "/uploads/ID/parts/1", "/uploads/ID/parts/2", "/uploads/ID/parts/3", "/uploads/ID/finish"]);
  // The second part never ends, until somebody cancels it.
  await page.route("**/parts/2", () => {});
  await long("stopped.bin", 18);
  await page.waitForSelector("#uploads .meter[aria-valuenow='47'], #uploads .meter[aria-valuenow='46']");
  const gone = page.waitForRequest(/\/cancel$/);
  await page.click("#uploads button[aria-label='Cancel stopped.bin']");
  await gone;
  await page.waitForSelector("#uploads li:has-text('stopped.bin') >> text=Cancelled");
  sent.length = 0;
  await page.evaluate(() => { document.querySelector("#uploads").dataset.most = "50000000"; });
  await long("large.bin", 60);
  await page.waitForSelector("#uploads li:has-text('large.bin') small.fault");
  assert.match(await page.textContent("#uploads li:has-text('large.bin') small"), /^60\.0\sMB\. This is too large/);
  assert.deepEqual(sent, []);
  await page.click("#uploads button[aria-label='Take large.bin off the list']");
  assert.equal(await page.locator("#uploads li:has-text('large.bin')").count(), 0);
  await page.context().close();
});

test("the focal point follows a click, and the crops follow it", async () => {
  const page = await seat();
  await go(page, `${FILES}?search=harbour`);
  await page.click(".gallery a:has-text('harbour.bmp')");
  const sight = await page.locator("[data-plate]").boundingBox();
  await page.mouse.click(sight.x + sight.width / 4, sight.y + sight.height * 3 / 4);
  assert.equal(Math.round(await page.inputValue("[id='focalPoint.x']")), 25);
  assert.equal(Math.round(await page.inputValue("[id='focalPoint.y']")), 75);
  assert.match(await page.getAttribute(".crops svg", "viewBox"), /^0 0 40 40$/);
  await page.fill("[id='altText.en']", "Red boathouses on a quay");
  await page.click(".bar .primary");
  await page.waitForSelector("text=harbour.bmp is saved.");
  assert.equal(Math.round(await page.inputValue("[id='focalPoint.x']")), 25);
  await page.context().close();
});

test("a field takes a file by the keyboard, and the entry says that readers do not see it", async () => {
  const page = await seat();
  await go(page, POSTS);
  await page.click("tbody tr:first-child .lead a");
  await page.focus("button[data-pick=featuredImageUrl]");
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog.picker:modal .choose");
  assert.equal(await page.inputValue("dialog.picker select[name=type]"), "image");
  await page.keyboard.type("boathouses");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll("dialog.picker .choose").length === 1);
  await page.focus("dialog.picker .choose");
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog.picker", { state: "detached" });
  assert.match(await page.inputValue("#featuredImageUrl"), /^file:[0-9a-f-]{36}$/);
  assert.equal(await page.textContent("[data-chosen=featuredImageUrl] > span:last-child"), "harbour.bmp");
  await page.click(".bar .primary");
  await page.waitForSelector("text=A file that this uses is private");
  await page.click("text=Make it public");
  await page.waitForSelector("text=Everybody may see its file now.");
  assert.equal(await page.locator("text=A file that this uses is private").count(), 0);
  await page.context().close();
});

test("the toolbar of a text takes a picture, and one that is dropped on the text becomes a file", async () => {
  const page = await seat();
  await go(page, POSTS);
  await page.click("tbody tr:nth-child(2) .lead a");
  await page.click("[data-block]:has([href$='#text']) .line, [data-block] .line:has-text('Text')");
  const area = page.locator("[data-markdown] textarea").first();
  await area.fill("Before ");
  await page.locator("[data-mark=image]").first().click();
  await page.click("dialog.picker:modal .choose:has-text('harbour.bmp')");
  await page.waitForFunction(() => /!\[Red boathouses on a quay\]\(file:/.test(document.querySelector("[data-markdown] textarea").value));
  await drop(page, "[data-markdown] textarea", [bitmap("in-text.bmp")]);
  await page.waitForFunction(() => /!\[in-text\]\(file:[0-9a-f-]{36}\)/.test(document.querySelector("[data-markdown] textarea").value));
  await page.context().close();
});

test("without a script files come in, are found, chosen, thrown away and brought back", async () => {
  const page = await open(browser, { javaScriptEnabled: false });
  await page.goto(demo.signInUrl);
  await go(page, `${FILES}/folders/new`);
  await page.fill("#name", "Plain");
  await page.click("dialog .primary");
  await page.click(".folders a:has-text('Plain')");
  await page.click(".page-head .primary");
  await page.setInputFiles("input[type=file]", [bitmap("plain.bmp"), text("plain.txt")]);
  await page.click("dialog .primary");
  assert.match(await page.textContent(".note.ok"), /2 files are there/);
  await page.fill(".filters [type=search]", "plain");
  await page.click(".filters button:has-text('Show')");
  assert.equal(await page.locator(".gallery a").count(), 2);
  await page.check(".gallery li:has-text('plain.txt') input");
  assert.ok(await page.isVisible(".selection"), "the bar is there without a script");
  await page.click(".selection button[value=trash]");
  await page.click(".toast button");
  assert.match(await page.textContent(".note.ok"), /One file is back/);
  // The field of an entry leads to the files, and back with one.
  await go(page, POSTS);
  await page.click("tbody tr:nth-child(3) .lead a");
  await page.click("button[value='files:image:featuredImageUrl']");
  await page.click(".choose:has-text('plain.bmp')");
  assert.match(await page.inputValue("#featuredImageUrl"), /^file:/);
  assert.match(await page.textContent("[data-chosen=featuredImageUrl]"), /plain\.bmp/);
  await page.context().close();
});

test("every page of files is within its window and has nothing that axe finds", async () => {
  const page = await seat({ reducedMotion: "reduce" });
  const file = await (await go(page, `${FILES}?search=harbour`), page.getAttribute(".gallery a", "href"));
  const pages = { library: FILES, list: `${FILES}?view=list`, found: `${FILES}?search=nothing+at+all`, file, replace: `${file}/replace`, upload: `${FILES}/upload`, trash: `${FILES}/trash`, pick: `${FILES}/pick?type=image` };
  for (const [name, path] of Object.entries(pages)) {
    await go(page, path);
    if (name === "library" || name === "list") await page.check(".box input >> nth=0");
    for (const width of [1440, 820, 390]) {
      await page.setViewportSize({ width, height: 900 });
      assert.equal(await tooWide(page), false, `${name} at ${width} px`);
      if (width === 820) continue;
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await shot(page, `files-${name}-${colorScheme}-${width}`);
        assert.deepEqual(await findings(page), [], `${name}, ${colorScheme}, ${width} px`);
      }
    }
  }
  await page.context().close();
});

// What the editor keeps by itself, what two people write at once, and what comes back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { choose, ORG, PASSWORD } from "../people.mjs";
import { findings, open, shot, tooWide } from "../support.mjs";
import { desk, opened, save } from "./desk.mjs";

let api, ask, blocks, browser, edit, end, instance, make, PAGES;
before(async () => { ({ api, ask, blocks, browser, edit, end, instance, make, PAGES } = await desk()); });
after(() => end());

test("typing is kept by itself, and the answer changes no field", async () => {
  const id = await make();
  const page = await edit(id);
  await opened(page, "t");
  const held = new Promise(begun => page.route("**/draft", async route => {
    await new Promise(release => begun(release));
    await route.continue();
  }, { times: 1 }));
  await page.fill("#data\\.markdown", "Kept");
  const release = await held;
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
  const builder = PAGES.replace(/\/apps.*/, "/content/blocks/update");
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
  assert.equal((await ask("GET", `${PAGES}/${id}`)).status, 404);
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

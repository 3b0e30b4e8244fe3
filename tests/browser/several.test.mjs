// Several entries at once: one box for all on the page, by script and without one, and what is done to them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ORG } from "./people.mjs";
import { close, launch, open, sandbox } from "./support.mjs";

const SITE = `${ORG}/p/northwind-site`, POSTS = `${SITE}/website/website/posts`;
let browser, demo;
before(async () => {
  [browser, demo] = await Promise.all([launch(), sandbox()]);
});
after(() => close(browser));

const at = async (path, options) => {
  const page = await open(browser, options);
  await page.goto(demo.signInUrl);
  await page.goto(`${demo.url}${path}`);
  return page;
};
const said = (page, words) => page.locator("main", { hasText: words }).waitFor();
const ticked = page => page.$$eval(".pick", boxes => boxes.filter(box => box.checked).length);

test("the box for all ticks those on the page, and says how many are chosen", async () => {
  const page = await at(POSTS), all = page.locator("#several [name=all]");
  const many = await page.locator(".pick").count();
  assert.ok(many > 2);
  assert.equal(await page.isVisible("#several [value=publish]"), false, "there is nothing to do it to");
  await all.focus();
  await page.keyboard.press("Space");
  assert.equal(await ticked(page), many);
  assert.equal(await page.textContent("#several .check > span"), `${many} chosen`);
  await page.locator(".pick").first().uncheck();
  assert.equal(await all.isChecked(), false);
  assert.equal(await all.evaluate(box => box.indeterminate), true);
  assert.equal(await page.textContent("#several .check > span"), `${many - 1} chosen`);
  assert.equal(await page.isVisible("#several [value=publish]"), true);
  await page.context().close();
});

test("the box for all stands in the head of the table, in line with those of the rows; on a phone the list begins at once", async () => {
  const page = await at(POSTS), middle = async locator => {
    const box = await locator.boundingBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  const head = await middle(page.locator("#several [name=all]")), row = await middle(page.locator(".pick").first());
  assert.ok(Math.abs(head[0] - row[0]) < 1.5, `${head} ${row}`);
  const line = await middle(page.locator("thead tr"));
  assert.ok(Math.abs(head[1] - line[1]) < 2.5, `${head} ${line}`);
  const before = await page.locator("tbody tr").first().boundingBox();
  await page.locator(".pick").first().check();
  assert.equal((await page.locator("tbody tr").first().boundingBox()).y, before.y, "nothing moves when the bar comes");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator(".pick").first().uncheck();
  assert.ok((await page.locator("#several").boundingBox()).height < 48);
  await page.context().close();
});

test("what is taken back at once is published again by one button", async () => {
  const page = await at(POSTS);
  const live = await page.locator("tbody .status.on").count();
  await page.check("#several [name=all]");
  await page.click("#several [value=unpublish]");
  await page.waitForSelector(".toast");
  assert.equal(await page.locator("tbody .status.on").count(), 0);
  await page.click(".toast button");
  await page.waitForSelector("tbody .status.on");
  assert.equal(await page.locator("tbody .status.on").count(), live);
  await page.context().close();
});

test("without a script all on the page are taken back by one box, moved to the trash and restored from there", async () => {
  const page = await at(POSTS, { javaScriptEnabled: false });
  const many = await page.locator(".pick").count();
  await page.check("#several [name=all]");
  await page.click("#several [value=unpublish]");
  await page.locator(".toast", { hasText: "are drafts again" }).waitFor();
  assert.equal(await page.locator("tbody .status").filter({ hasText: "Draft" }).count(), many);
  await page.locator(".pick").first().check();
  await page.locator(".pick").nth(1).check();
  await page.click("#several [value=trash]");
  await page.locator(".toast", { hasText: "are in the trash" }).waitFor();
  assert.equal(await page.locator(".pick").count(), many - 2);
  await page.goto(`${demo.url}${SITE}/trash`);
  const there = await page.locator(".pick").count();
  await page.locator(".pick").first().check();
  await page.click("#several [value=restore]");
  await said(page, "is back");
  assert.equal(await page.locator(".pick").count(), there - 1);
  await page.context().close();
});

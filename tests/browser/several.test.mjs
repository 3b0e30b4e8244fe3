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
  assert.match(await page.textContent("[role=status]"), new RegExp(`: ${many}$`));
  await page.locator(".pick").first().uncheck();
  assert.equal(await all.isChecked(), false);
  assert.equal(await all.evaluate(box => box.indeterminate), true);
  assert.equal(await page.isVisible("#several [value=publish]"), true);
  await page.context().close();
});

test("without a script all on the page are taken back by one box, moved to the trash and restored from there", async () => {
  const page = await at(POSTS, { javaScriptEnabled: false });
  const many = await page.locator(".pick").count();
  await page.check("#several [name=all]");
  await page.click("#several [value=unpublish]");
  await said(page, "are drafts again");
  assert.equal(await page.locator("tbody .status").filter({ hasText: "Draft" }).count(), many);
  await page.locator(".pick").first().check();
  await page.locator(".pick").nth(1).check();
  await page.click("#several [value=trash]");
  await said(page, "are in the trash");
  assert.equal(await page.locator(".pick").count(), many - 2);
  await page.goto(`${demo.url}${SITE}/trash`);
  const there = await page.locator(".pick").count();
  await page.locator(".pick").first().check();
  await page.click("#several [value=restore]");
  await said(page, "is back");
  assert.equal(await page.locator(".pick").count(), there - 1);
  await page.context().close();
});

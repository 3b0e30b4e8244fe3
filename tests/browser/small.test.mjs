// What waiting and clicking are spared: Back closes what lies over a page, a role is saved when it is chosen, and on a phone filters are
// folded, keys of a keyboard are not named, and roles are compared in one line.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ORG } from "./people.mjs";
import { close, findings, launch, open, sandbox, shot, tooWide } from "./support.mjs";

let browser, demo, page;
before(async () => {
  [browser, demo] = await Promise.all([launch(), sandbox()]);
  page = await open(browser);
  await page.goto(demo.signInUrl);
});
after(() => close(browser));

const go = (path, of = page) => of.goto(`${demo.url}${path}`);
const closed = of => of.waitForFunction(() => !document.querySelector("dialog:modal"));

test("Back closes a dialog and the palette, and leaves the page where it is", async () => {
  await go(ORG);
  await go(`${ORG}/settings/accounts`);
  const here = page.url();
  for (let round = 0; round < 2; round += 1) {
    await page.click("a.primary");
    await page.waitForSelector("dialog:modal");
    await page.goBack();
    await closed(page);
    assert.equal(page.url(), here);
  }
  await page.click("a.primary");
  await page.waitForSelector("dialog:modal");
  await page.keyboard.press("Escape");
  await closed(page);
  await page.click(".jump");
  await page.waitForSelector("#palette:modal");
  await page.goBack();
  await closed(page);
  assert.equal(page.url(), here);
  await page.goBack();
  await page.waitForURL(`**${ORG}`); // nothing that was closed is left in the history
  await page.keyboard.press("Control+k");
  await page.waitForSelector("#palette:modal");
  await page.fill("#palette input", "activity");
  await page.keyboard.press("Enter");
  await page.waitForURL(/settings\/activity$/);
  await page.goBack();
  await page.waitForURL(`**${ORG}`);
});

test("what is wrong with an empty field is said by the server, beside the field and in the language of the reader", async () => {
  const reader = await open(browser, { locale: "fr-FR" });
  await reader.goto(demo.signInUrl);
  await go(`${ORG}/p/northwind-site/website/website/pages/new`, reader);
  await reader.click("dialog button.primary");
  assert.match(await reader.textContent("#name-fault"), /Donnez-lui un nom/);
  await reader.context().close();
});

test("a role is saved by a button in its row, which shows once another is chosen; an arrow key alone saves nothing", async () => {
  await go(`${ORG}/settings/members`);
  const role = of => of.locator("tr", { hasText: "Daoud" }).locator("select");
  const save = page.locator("tr", { hasText: "Daoud" }).locator("form.role button");
  assert.equal(await page.locator("form.role button:visible").count(), 0);
  const was = await role(page).inputValue();
  await role(page).focus();
  await page.keyboard.press("ArrowUp");
  assert.notEqual(await role(page).inputValue(), was);
  assert.equal(await save.isVisible(), true);
  assert.equal(await page.locator("form.role button:visible").count(), 1);
  await go(`${ORG}/settings/members`);
  assert.equal(await role(page).inputValue(), was, "nothing was saved");
  await role(page).selectOption("editor");
  await save.click();
  await page.waitForSelector(".note.ok");
  assert.match(await page.textContent(".note.ok"), /Editor now, Viewer before/);
  assert.equal(await role(page).inputValue(), "editor");
  const plain = await open(browser, { javaScriptEnabled: false });
  await plain.goto(demo.signInUrl);
  await go(`${ORG}/settings/members`, plain);
  const row = plain.locator("tr", { hasText: "Daoud" });
  const [select, button] = await Promise.all([row.locator("select").boundingBox(), row.locator("form button").first().boundingBox()]);
  assert.ok(Math.abs(select.y + select.height / 2 - button.y - button.height / 2) < 3, "one row");
  await role(plain).selectOption("viewer");
  await row.locator("form button").first().click();
  await plain.waitForSelector(".note.ok");
  assert.equal(await role(plain).inputValue(), "viewer");
  await plain.context().close();
});

test("on a phone filters are folded, no key of a keyboard is named, and roles stand in one line", async () => {
  for (const options of [{ javaScriptEnabled: true, colorScheme: "light" }, { javaScriptEnabled: false, colorScheme: "dark" }]) {
    const phone = await open(browser, { viewport: { width: 390, height: 844 }, bypassCSP: true, ...options });
    await phone.goto(demo.signInUrl);
    for (const path of ["settings/keys", "settings/accounts", "settings/activity", "p/northwind-site/website/website/pages"]) {
      await go(`${ORG}/${path}`, phone);
      const choice = phone.locator(".filters select").first();
      assert.equal(await choice.isVisible(), false, `${path}: folded`);
      await phone.click(".filters .unfold");
      assert.equal(await choice.isVisible(), true, `${path}: unfolded`);
      assert.equal(await tooWide(phone), false, path);
    }
    await go(`${ORG}/settings/keys?access=read`, phone);
    assert.equal(await phone.locator(".filters select").first().isVisible(), true, "open where something is chosen");
    await phone.click(".open-nav");
    assert.equal(await phone.isVisible(".jump kbd"), false);
    await go("/help/roles", phone);
    const tops = await phone.locator(".table.roles tbody tr:first-child td[data-label]").evaluateAll(cells => cells.slice(0, 5).map(cell => cell.getBoundingClientRect().top));
    assert.equal(new Set(tops).size, 1, "five roles in one line");
    assert.equal(await tooWide(phone), false);
    if (options.javaScriptEnabled) assert.deepEqual(await findings(phone), []);
    await shot(phone, `roles-on-a-phone-${options.colorScheme}`);
    await phone.context().close();
  }
});

test("the theme is chosen at the gate", async () => {
  const nobody = await open(browser, { colorScheme: "light", bypassCSP: true });
  await nobody.goto(`${demo.url}/sign-in`);
  await nobody.click(".gate-foot form[action='/theme'] button");
  await nobody.waitForURL(/sign-in/);
  await nobody.click(".gate-foot form[action='/theme'] button");
  await nobody.waitForSelector("html[data-theme=dark]");
  assert.deepEqual(await findings(nobody), []);
  await nobody.context().close();
});

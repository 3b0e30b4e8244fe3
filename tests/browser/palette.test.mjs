// What the palette promises: it finds names, settings, help and actions, in both languages and with one typo; a pasted key leaves its
// secret on the page; without a script the search page does the same.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ORG } from "./people.mjs";
import { close, launch, open, sandbox } from "./support.mjs";

let browser, demo, page;
before(async () => {
  [browser, demo] = await Promise.all([launch(), sandbox()]);
  page = await open(browser);
  await page.goto(demo.signInUrl);
});
after(() => close(browser));

const go = path => page.goto(`${demo.url}${path}`);
const ask = async words => {
  if (!await page.isVisible("#palette:modal")) {
    await page.keyboard.press("Control+k");
    await page.waitForSelector("#palette:modal");
  }
  const answered = page.waitForResponse(response => new URL(response.url()).pathname.endsWith("/search"));
  await page.fill("#palette input", words);
  await answered;
  return answered;
};
const leads = to => page.waitForSelector(`#palette li:not([hidden]) a[href$="${to}"]`);

test("it finds accounts, people, settings, help and actions, with one typo and in the other language", async () => {
  await go(ORG);
  for (const [words, to] of [
    ["create key", "/settings/keys/new"], ["craete key", "/settings/keys/new"], ["créer clé", "/settings/keys/new"],
    ["invite", "/settings/invitations/new"], ["règles", "/settings/policies"], ["polices", "/settings/policies"], ["sanbdox", "/help/sandbox?at=northwind-press"],
  ]) {
    await ask(words);
    await leads(to);
  }
  await ask("daoud");
  await page.waitForSelector('#palette li:not([hidden]) a[href*="/settings/members?search="]');
  await page.keyboard.press("Enter");
  await page.waitForURL(/settings\/members\?search=/);
  assert.match(await page.textContent("tbody"), /Daoud/);
});

test("a name that begins with what was typed comes before one that only holds it", async () => {
  await go(`${ORG}/p/northwind-site`);
  await ask("about");
  await page.waitForFunction(() => document.querySelector("#palette li:not([hidden]) span")?.textContent === "About us");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/website\/website\/pages\/[0-9a-f-]{36}$/);
  assert.match(await page.textContent("h1"), /About us/);
});

test("a pasted key is found, and its secret is in no address", async () => {
  const key = demo.serviceKey, head = key.match(/^gct_test_sat_.{4}/)[0];
  await go(ORG);
  const asked = [];
  page.on("request", request => asked.push(request.url()));
  const answer = await ask(key);
  assert.equal(new URL(answer.url()).searchParams.get("search"), head);
  await page.waitForSelector("#palette li[data-found] a[href*='/settings/keys/']");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/settings\/keys\/[0-9a-f-]{36}$/);
  await go(`${ORG}/settings/keys`);
  await page.fill(".filters input[type=search]", key);
  await page.press(".filters input[type=search]", "Enter");
  await page.waitForURL(/search=gct_test_sat_/);
  assert.ok(await page.locator("tbody tr").count() >= 1);
  assert.ok(!asked.some(address => address.includes(key.slice(0, 24))), "in no address that was asked for");
});

test("without a script the search page finds the same, and takes a pasted key out of the address", async () => {
  const plain = await open(browser, { javaScriptEnabled: false });
  await plain.goto(demo.signInUrl);
  await plain.goto(`${demo.url}${ORG}`);
  await plain.click(".jump");
  for (const [words, to] of [["craete key", "/settings/keys/new"], ["sanbdox", "/help/sandbox?at=northwind-press"], [demo.serviceKey, "/keys/"]]) {
    await plain.fill(".filters input[type=search]", words);
    await plain.press(".filters input[type=search]", "Enter");
    await plain.waitForSelector(`.todo a[href*="${to}"]`);
    assert.ok(!plain.url().includes(demo.serviceKey.slice(0, 24)));
  }
  await plain.context().close();
});

test("its last line looks for the words in all content of the project, and without a script the search page does", async () => {
  const site = `${ORG}/p/northwind-site`;
  await go(site);
  await ask("zzqx & tide");
  await page.waitForSelector("#palette .none:visible");
  assert.equal(await page.textContent("#palette .wider span"), "Search content for “zzqx & tide”");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.evaluate(() => document.activeElement.className), "wider");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/find\?search=zzqx%20%26%20tide$/);
  assert.equal(await page.inputValue("main input[type=search]"), "zzqx & tide");
  const plain = await open(browser, { javaScriptEnabled: false });
  await plain.goto(demo.signInUrl);
  await plain.goto(`${demo.url}${site}`);
  await plain.click(".jump");
  await plain.fill("main input[type=search]", "sea");
  await plain.click("main form button");
  await plain.click("main footer a");
  await plain.waitForURL(/\/find\?search=sea$/);
  await plain.click("main tbody a");
  await plain.waitForSelector("#entry, .bar");
  assert.ok(new URL(plain.url()).searchParams.get("locale"));
  await plain.context().close();
});

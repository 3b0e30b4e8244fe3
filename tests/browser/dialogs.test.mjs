// Dialogs that open in place, the palette, the theme, and a journey without a mouse.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { exchange, makeAccount, ORG, PASSWORD, setUp } from "./people.mjs";
import { age, close, launch, open, sandbox, server } from "./support.mjs";

let browser, demo, page;
before(async () => {
  [browser, demo] = await Promise.all([launch(), sandbox()]);
  page = await open(browser);
  await page.goto(demo.signInUrl);
});
after(() => close(browser));

const SITE = `${ORG}/p/northwind-site`;
const go = path => page.goto(`${demo.url}${path}`);
const modal = "dialog:modal";
const focused = from => from.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent.trim());
// What is asked of the server while something is done.
const requests = async (from, what) => {
  const seen = [];
  const note = request => {
    const { pathname } = new URL(request.url());
    if (!pathname.startsWith("/static/")) seen.push(`${request.method()} ${pathname}`); // icons come when they like
  };
  from.on("request", note);
  await what();
  from.off("request", note);
  return seen;
};
const gone = () => page.waitForFunction(() => !document.querySelector("[data-in-place]"));

test("a dialog opens in place, is left in four ways, and the focus returns", async () => {
  await go(`${ORG}/settings/accounts`);
  const before = page.url();
  const ways = [
    () => page.keyboard.press("Escape"),
    () => page.click(`${modal} .head a`),
    () => page.click(`${modal} .foot a`),
    () => page.mouse.click(5, 450),
  ];
  for (const way of ways) {
    await page.click("a.primary");
    await page.waitForSelector(modal);
    assert.equal(await page.evaluate(() => document.activeElement.id), "name", "the first field has the focus");
    assert.deepEqual(await requests(page, way), [], "nothing is done");
    await gone();
    assert.equal(await focused(page), "New service account");
  }
  assert.equal(page.url(), before);
  await page.dblclick("a.primary");
  await page.waitForSelector(modal);
  assert.equal(await page.locator("dialog[data-in-place]").count(), 1, "two clicks open one");
  await page.keyboard.press("Escape");
  await gone();
});

test("from a menu the focus returns to its button", async () => {
  await go(`${ORG}/settings/members`);
  await page.click("summary[aria-label*=Daoud]");
  await page.click("a[href$='/remove']:visible");
  await page.waitForSelector(modal);
  assert.equal(await focused(page), "Keep it", "where there is no field, what ends nothing has the focus");
  await page.keyboard.press("Escape");
  await gone();
  assert.equal(await focused(page), "Actions for Daoud Haddad");
  assert.equal(await page.locator("details[open]").count(), 0);
});

test("a form in it is sent to its page; a refused one is that page", async () => {
  await go(ORG);
  await page.click(".page-head a.primary");
  await page.waitForSelector(modal);
  await page.fill(`${modal} #name`, "Élan vital");
  assert.equal(await page.inputValue(`${modal} #slug`), "elan-vital", "the address is suggested in a dialog that came later");
  await page.fill(`${modal} #slug`, "northwind-site");
  await page.fill(`${modal} #name`, "Other");
  assert.equal(await page.inputValue(`${modal} #slug`), "northwind-site", "and left alone once it was typed");
  await page.click(`${modal} button.primary`);
  await page.waitForURL(/\/projects\/new$/);
  assert.equal(await page.inputValue("#name"), "Other");
  assert.match(await page.textContent(".fault"), /taken/);
  await page.fill("#slug", "other");
  await page.click("dialog button.primary");
  await page.waitForURL(/\/p\/other$/);
});

test("a link meant for another tab, and a dialog behind a dialog", async () => {
  await go(`${ORG}/settings/keys`);
  const [tab] = await Promise.all([page.context().waitForEvent("page"), page.click("a.primary", { modifiers: ["Control"] })]);
  await tab.waitForURL(/\/keys\/new$/);
  await tab.close();
  await page.click("a.primary");
  await page.click(`${modal} .choosing a:has-text("Nightly import")`);
  await page.waitForSelector(`${modal} #name`);
  assert.equal(await page.locator("dialog[data-in-place]").count(), 1);
  assert.match(await page.textContent(`${modal} h1`), /Nightly import/);
  await page.keyboard.press("Escape");
  await gone();
  assert.equal(await focused(page), "Create key");
});

test("when the password is asked again, or the session is over, the link is simply followed", async () => {
  const instance = await server();
  const owner = await setUp(browser, instance);
  await makeAccount(owner);
  await age(instance.data);
  await owner.click("form[action='/account/theme'] button"); // a server that wrote nothing itself goes on reading what it read
  await owner.waitForSelector("html[data-theme]");
  await owner.click("a.primary");
  await owner.waitForURL(/\/confirm\?next=/);
  await owner.fill("#password", PASSWORD);
  await owner.click("button.primary");
  await owner.waitForURL(/\/keys\/new$/);
  assert.equal(await owner.locator("dialog[open] #name").count(), 1);
  await owner.goBack();
  await owner.goto(`${instance.url}${ORG}/settings/accounts`);
  await owner.context().clearCookies();
  await owner.click("a.primary");
  await owner.waitForURL(/\/sign-in\?next=/);
  await owner.context().close();
  await instance.stop();
});

test("without a script the same links are pages", async () => {
  const plain = await open(browser, { javaScriptEnabled: false });
  await plain.goto(demo.signInUrl);
  await plain.goto(`${demo.url}${ORG}/settings/accounts`);
  await plain.click("a.primary");
  await plain.waitForURL(/\/accounts\/new$/);
  await plain.goto(`${demo.url}${ORG}`);
  await plain.click(".jump");
  await plain.fill("main input[type=search]", "tide");
  await plain.click("main form button");
  await plain.waitForURL(/search=tide$/);
  assert.ok(await plain.locator(".todo a").count() > 0);
  await plain.goto(`${demo.url}/account/profile`);
  await plain.click(".jump");
  await plain.waitForURL(/\/search$/);
  await plain.click(".todo a:has-text('Northwind Press')");
  await plain.waitForURL(/\/northwind-press$/);
  await plain.context().close();
});

const palette = async words => {
  await page.keyboard.press("Control+k");
  await page.waitForSelector("#palette:modal");
  await page.keyboard.type(words);
};
const spoken = () => page.textContent("p[role=status].sr-only");

test("the palette finds a page by its title, by keyboard only", async () => {
  const title = await go(`${SITE}/website/website/pages`).then(() => page.textContent("tbody tr:first-child b"));
  await go(ORG);
  await palette(title);
  await page.keyboard.press("Enter"); // before the answer is there
  await page.waitForURL(/\/pages\/[0-9a-f-]{36}$/);
  assert.match(await page.textContent("h1"), new RegExp(title));
});

test("in the palette, what begins with the words comes first", async () => {
  await go(`${SITE}/members`);
  const words = text => text.toLowerCase().split(/[\s/-]+/);
  const listed = () => page.$$eval("#palette li:not([hidden])", items => items.map(item => item.textContent));
  await palette("s");
  const begin = (await listed()).map(text => words(text).some(word => word.startsWith("s")));
  assert.deepEqual(begin, begin.toSorted((a, b) => b - a));
  assert.ok(begin.includes(true) && begin.includes(false), "there are some of both");
  await page.fill("#palette input", "");
  const all = await listed();
  await page.keyboard.press("Escape");
  await page.goto(page.url()); // which waits for the step back that closing takes
  await palette("");
  assert.deepEqual(all, await listed(), "without words they stand as they stood");
});

test("the palette says how many, says when nothing matches, lists nothing twice, and its arrows reach what was found", async () => {
  await go(`${SITE}/members`);
  await palette("settings northwind");
  await page.waitForFunction(() => /^Results: [1-9]/.test(document.querySelector("p[role=status].sr-only")?.textContent));
  const shown = await page.$$eval("#palette li:not([hidden]) a", links => links.map(link => link.href));
  assert.equal(new Set(shown).size, shown.length);
  assert.ok(shown.includes(`${demo.url}${SITE}/settings`), "settings of a project");
  await page.fill("#palette input", "zzzz");
  await page.waitForSelector("#palette .none:visible");
  assert.equal(await spoken(), "Nothing matches.");
  await page.fill("#palette input", "tid");
  await page.waitForSelector("#palette li[data-found]");
  assert.equal(await page.isVisible("#palette .none"), false);
  const found = await page.locator("#palette li:not([hidden])").count();
  for (let step = 0; step < found; step += 1) await page.keyboard.press("ArrowDown");
  const last = await page.evaluate(() => document.activeElement.href);
  await page.keyboard.press("Enter");
  await page.waitForURL(last);
  await go(ORG);
  await page.click(".jump");
  await page.waitForSelector("#palette:modal");
  await page.keyboard.press("Escape");
  assert.match(await focused(page), /Jump to/);
});

test("the palette reaches an app of another project, and opens outside of organizations", async () => {
  await go(ORG);
  await palette("website atlas");
  await page.waitForSelector("#palette li[data-found]");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/p\/weather-atlas\/website\//);
  for (const path of ["/account/profile", "/help"]) {
    await go(path);
    await palette("northwind press");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/o\/northwind-press$/);
  }
});

test("the theme button goes round", async () => {
  await go(ORG);
  const themes = [];
  for (let step = 0; step < 3; step += 1) {
    await Promise.all([page.waitForLoadState("load"), page.waitForResponse(answer => answer.request().method() === "GET" && answer.url().endsWith(ORG)), page.click("form[action='/account/theme'] button")]);
    themes.push(await page.getAttribute("html", "data-theme"));
  }
  assert.deepEqual(themes, ["light", "dark", null]);
});

test("a key is made, seen and left without a mouse", async () => {
  const instance = await server();
  const owner = await setUp(browser, instance);
  const press = key => owner.keyboard.press(key);
  // Tab goes on until the focus is on what is called so.
  const tabTo = async name => {
    for (let step = 0; step < 60; step += 1) {
      await press("Tab");
      if ((await focused(owner)).includes(name) || await owner.evaluate(name => document.activeElement.labels?.[0]?.textContent.includes(name), name)) return;
    }
    assert.fail(`the keyboard does not reach ${name}`);
  };
  await owner.goto(`${instance.url}/account/keys`);
  await press("Tab");
  assert.equal(await focused(owner), "Skip to content", "the first stop");
  await press("Enter");
  await tabTo("Create key");
  await press("Enter");
  await owner.waitForSelector(modal);
  await owner.keyboard.type("By hand");
  await tabTo("90 days");
  await press("ArrowLeft");
  await tabTo("Create key");
  await press("Enter");
  await owner.waitForSelector("#key");
  assert.match(await focused(owner), /Copy/, "the copy button has the focus");
  assert.equal((await exchange(instance.url, (await owner.textContent("#key")).trim())).status, 200);
  await press("Escape");
  assert.equal(await owner.locator("#key").count(), 1, "it is not left by accident");
  await tabTo("curl");
  await press("ArrowRight");
  assert.equal(await focused(owner), "Python");
  assert.equal(await owner.isVisible("#p-py"), true);
  await tabTo("stored");
  await press("Space");
  await press("Tab");
  await press("Enter");
  await owner.waitForURL(/\/account\/keys\??$/);
  assert.match(await owner.textContent("tbody tr"), /By hand/);
  await owner.context().close();
  await instance.stop();
});

// What a person does from end to end, in a real browser against the real program.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ADA, exchange, fromMenu, leave, makeKey, makeProject, ORG, PASSWORD, choose, setUp } from "./people.mjs";
import { close, launch, open, sandbox, sdk, server } from "./support.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => close(browser));

const whoami = async (url, token) => {
  const answer = await fetch(`${url}/api/whoami`, { headers: { Authorization: `Bearer ${token}` } });
  return { status: answer.status, ...(await answer.json()) };
};

// First run, project, key, the SDK uses it, regenerated, revoked. `places` are the words that differ with the language.
const journey = async options => {
  const instance = await server();
  const page = await setUp(browser, instance, options);
  assert.equal(await page.getAttribute("html", "lang"), options.locale?.slice(0, 2) ?? "en");
  assert.equal(await page.textContent("h1"), options.locale ? "Projets" : "Projects");
  await makeProject(page, "Journal");

  const key = await makeKey(page, "Nightly");
  assert.match(key, /^gct_sat_[A-Za-z0-9]{49}$/);
  const first = await exchange(instance.url, key);
  const { organizations: [organization] } = await whoami(instance.url, first.token);
  const listed = key => sdk(instance.url, organization.id, key);
  assert.deepEqual(await listed(key), { projects: { journal: [] } });
  await leave(page);
  assert.equal((await page.content()).includes(key.slice(14, 40)), false, "the key is shown once");

  await fromMenu(page, "Nightly", "/rename");
  await page.fill("dialog #name", "Weekly");
  await page.click("dialog button.primary");
  await page.waitForURL(/\/accounts\/[^/]+$/);
  await fromMenu(page, "Weekly", "/regenerate");
  await choose(page, "grace", "none");
  await page.click("dialog button.danger");
  const second = (await page.textContent("#key")).trim();
  assert.notEqual(second, key);
  assert.match((await listed(key)).error, /401|UNAUTHORIZED|revoked/i, "the old key is dead");
  assert.equal((await whoami(instance.url, first.token)).status, 401, "and what it was exchanged for");
  const { token } = await exchange(instance.url, second);
  assert.deepEqual(await listed(second), { projects: { journal: [] } });
  await leave(page);

  await fromMenu(page, "Weekly", "/revoke");
  await page.fill("#reason", "The journey is over");
  await page.click("button.danger");
  await page.waitForURL(/\/keys$|\/accounts\/[^/]+$/);
  assert.equal((await exchange(instance.url, second)).reason, "key_revoked");
  assert.match((await listed(second)).error, /401|UNAUTHORIZED|revoked/i);
  assert.equal((await whoami(instance.url, token)).status, 401);
  await page.goto(`${instance.url}${ORG}/settings/keys?status=revoked`);
  assert.match(await page.textContent("table"), /The journey is over/);
  await page.context().close();
  await instance.stop();
};

test("from the first start to a key that is revoked", () => journey({}));
test("the same without JavaScript", () => journey({ javaScriptEnabled: false }));
test("the same in French", () => journey({ locale: "fr-FR" }));

for (const javaScriptEnabled of [true, false]) {
  test(`a personal key is made, renamed, regenerated and revoked, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async () => {
    const instance = await server();
    const page = await setUp(browser, instance, { javaScriptEnabled });
    await page.goto(`${instance.url}/account/keys`);
    await page.click("a.primary");
    await page.fill("dialog #name", "Laptop");
    await page.click("dialog button.primary");
    const first = (await page.textContent("#key")).trim();
    assert.match(first, /^gct_pat_/);
    await leave(page, /\/account\/keys\??$/);
    await fromMenu(page, "Laptop", "/rename");
    await page.fill("dialog #name", "Desk");
    await page.click("dialog button.primary");
    await page.waitForURL(/\/account\/keys$/);
    await fromMenu(page, "Desk", "/regenerate");
    await choose(page, "grace", "24h");
    assert.equal(await page.isVisible("dialog button.danger"), false, "the button is red where the old key ends with it");
    await choose(page, "grace", "none");
    await page.click("dialog button.danger");
    const second = (await page.textContent("#key")).trim();
    assert.deepEqual([(await exchange(instance.url, first)).status, (await exchange(instance.url, second)).status], [401, 200]);
    await leave(page, /\/account\/keys\??$/);
    await fromMenu(page, "Desk", "/revoke");
    await page.click("button.danger");
    await page.waitForURL(/\/account\/keys$/);
    assert.equal((await exchange(instance.url, second)).reason, "key_revoked");
    await page.context().close();
    await instance.stop();
  });
}

test("the page with a key asks once before it is left, unless the key is stored", async () => {
  const instance = await server();
  const page = await setUp(browser, instance);
  const asked = [];
  page.on("dialog", async dialog => { asked.push(dialog.type()); await dialog.dismiss(); });
  await makeKey(page, "Nightly");
  await page.goto(`${instance.url}${ORG}`).catch(() => null); // it stays where it is
  assert.deepEqual(asked, ["beforeunload"]);
  assert.equal(await page.locator("#key").count(), 1, "who stays still has the key");
  const shown = page.url();
  await page.click("dialog .foot button");
  assert.equal(page.url(), shown);
  assert.equal(await page.evaluate(() => document.activeElement.matches(".foot input")), true, "what is not ticked is pointed at");
  assert.equal(asked.length, 1, "and nothing tries to leave");
  await page.check("dialog .check input");
  await page.goto(`${instance.url}${ORG}`);
  assert.equal(asked.length, 1, "a stored key is left without a word");
  await page.context().close();
  await instance.stop();
});

test("words that were not saved ask once before they are left", async () => {
  const instance = await server();
  const page = await setUp(browser, instance);
  await makeProject(page, "Journal");
  await page.goto(`${page.url()}/website/website/pages/new`);
  await page.fill("#name", "Tides");
  await page.click("dialog button.primary");
  await page.waitForURL(/\/pages\/[0-9a-f-]{36}/);
  const asked = [];
  page.on("dialog", async dialog => { asked.push(dialog.type()); await dialog.dismiss(); });
  await page.fill("#title", "High tide");
  await page.goto(`${instance.url}${ORG}`).catch(() => null); // it stays where it is
  assert.deepEqual(asked, ["beforeunload"]);
  assert.equal(await page.inputValue("#title"), "High tide");
  await page.click(".bar button.primary");
  await page.waitForURL(/locale=/);
  await page.goto(`${instance.url}${ORG}`);
  assert.equal(asked.length, 1, "what is saved, or was not touched, is left without a word");
  await page.context().close();
  await instance.stop();
});

test("two tabs edit one page: the second decides and loses nothing", async () => {
  const instance = await server();
  const first = await setUp(browser, instance);
  await makeProject(first, "Journal");
  await first.goto(`${first.url()}/website/website/pages/new`);
  await first.fill("#name", "Tides");
  await first.click("dialog button.primary");
  await first.waitForURL(/\/pages\/[0-9a-f-]{36}/);
  const second = await first.context().newPage();
  await second.goto(first.url());
  await first.fill("#title", "High tide");
  await first.click(".bar button.primary");
  await first.waitForURL(/locale=/);

  await second.fill("#title", "Low tide");
  await second.fill("#tags", "sea, sky");
  await second.click(".bar button.primary");
  await second.waitForURL(/\/conflict$/);
  assert.match(await second.textContent("#merge"), /Low tide[^]*High tide/);
  await second.check('input[value="mine"]');
  await second.click(".bar button.primary");
  await second.waitForSelector(".note.ok");
  assert.deepEqual([await second.inputValue("#title"), await second.inputValue("#tags")], ["Low tide", "sea, sky"]);
  await first.context().close();
  await instance.stop();
});

test("a second click while a form is on its way sends nothing", async () => {
  const instance = await server();
  const page = await setUp(browser, instance);
  const sent = [];
  let release;
  const held = new Promise(done => { release = done; });
  await page.route(/\/new$/, async route => {
    if (route.request().method() === "POST") { sent.push(new URL(route.request().url()).pathname); await held; }
    await route.continue().catch(() => null);
  });
  await page.goto(`${instance.url}/account/keys/new`);
  await page.fill("#name", "Twice");
  const { x, y } = await page.locator("dialog button.primary").boundingBox();
  await Promise.all([page.waitForRequest(request => request.method() === "POST"), page.mouse.click(x + 5, y + 5)]);
  await page.mouse.click(x + 5, y + 5);
  release();
  assert.match(await page.textContent("#key"), /gct_pat_/, "the one key that is made is shown");
  assert.deepEqual(sent, ["/account/keys/new"]);
  await leave(page, /\/account\/keys\??$/);
  await page.goto(`${instance.url}/account/keys?status=all`);
  assert.equal(await page.locator("tbody tr").count(), 1);
  await page.goto(`${instance.url}${ORG}/projects/new`);
  await page.fill("#name", "Twice");
  await page.dblclick("dialog button.primary");
  await page.waitForURL(/\/p\/twice$/);
  await page.context().close();
  await instance.stop();
});

test("a key that is shown is neither shown nor made again", async () => {
  const instance = await server();
  const page = await setUp(browser, instance);
  let sent;
  page.on("request", request => { if (request.method() === "POST" && request.url().endsWith("/keys/new")) sent = request; });
  const key = await makeKey(page, "Once");
  // What a reload does: the same form goes out again.
  const headers = { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" };
  const again = await page.request.post(sent.url(), { data: sent.postData(), headers });
  assert.match(again.url(), /\/settings\/accounts\/[0-9a-f-]{36}$/, "it leads to the list");
  assert.match(await again.text(), /made already/);
  assert.doesNotMatch(await again.text(), /gct_sat_[A-Za-z0-9]{20}/);
  await leave(page);
  await page.goto(`${instance.url}${ORG}/settings/keys?status=all`);
  assert.equal(await page.locator("tbody tr").count(), 1, "a form that is sent twice makes one key");
  for (let step = 0; step < 2; step += 1) {
    // The browser may refuse to show a page that nothing keeps; then there is nothing to wait for, and nothing to read.
    await page.goBack({ waitUntil: "commit", timeout: 2000 }).catch(() => null);
    const shown = await page.content().catch(() => "");
    assert.equal(shown.includes(key.slice(14, 40)), false, "the back button does not show it");
  }
  await page.context().close();
  await instance.stop();
});

test("an invited person joins, sees, may not change, and is removed with their key", async () => {
  const instance = await server();
  const owner = await setUp(browser, instance);
  await owner.goto(`${instance.url}${ORG}/settings/invitations/new`);
  await owner.fill("#email", "eva@northwind.example");
  await choose(owner, "role", "viewer");
  await owner.click("dialog button.primary");
  const link = (await owner.inputValue("#link")).trim();
  await owner.reload();
  assert.equal(await owner.inputValue("#link"), link, "a reload shows the same link and sends nothing");

  const guest = await open(browser);
  await guest.goto(link);
  await guest.fill("#name", "Eva Lind");
  await guest.fill("#password", PASSWORD);
  await guest.click("button.primary");
  await guest.waitForURL(/\/o\/northwind-press$/);
  assert.equal(await guest.locator("text=New project").count(), 0, "a viewer is not offered what they may not do");
  assert.equal((await guest.goto(`${instance.url}${ORG}/settings/keys`)).status(), 403);
  await guest.goto(`${instance.url}/account/keys/new`);
  await guest.fill("#name", "Laptop");
  await guest.click("dialog button.primary");
  const key = (await guest.textContent("#key")).trim();
  assert.equal((await exchange(instance.url, key)).status, 200);

  await owner.goto(`${instance.url}${ORG}/settings/members`);
  await owner.click("summary[aria-label*=Eva]");
  await owner.click("a[href$='/remove']");
  await owner.click("button.danger");
  await owner.waitForURL(/\/members$/);
  assert.equal((await exchange(instance.url, key)).status, 401, "the personal key of a removed member is dead");
  assert.equal((await guest.goto(`${instance.url}${ORG}`)).status(), 404);
  for (const page of [owner, guest]) await page.context().close();
  await instance.stop();
});

test("a session that is over asks to sign in and gives back what was typed", async () => {
  const instance = await server();
  const page = await setUp(browser, instance);
  await page.goto(`${instance.url}${ORG}/projects/new`);
  await page.fill("#name", "Typed before");
  const cookies = (await page.context().cookies()).filter(cookie => cookie.name !== "stele");
  await page.context().clearCookies();
  await page.context().addCookies(cookies);
  await page.click("dialog button.primary");
  await page.fill("#email", ADA);
  await page.fill("#password", PASSWORD);
  await page.click("button.primary");
  // The form is before them again, with what they typed, and nothing was made yet.
  await page.waitForSelector("dialog .note.warn");
  assert.equal(await page.inputValue("#name"), "Typed before");
  assert.equal((await page.request.get(`${instance.url}${ORG}/p/typed-before`)).status(), 404);
  await page.click("dialog button.primary");
  await page.waitForURL(/\/p\/typed-before$/);
  await page.context().close();
  await instance.stop();
});

for (const javaScriptEnabled of [true, false]) {
  test(`what was chosen when the session was over is one step after signing in, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async () => {
    const demo = await sandbox();
    const page = await open(browser, { javaScriptEnabled });
    await page.goto(demo.signInUrl);
    await page.goto(`${demo.url}${ORG}/settings/members`);
    const row = page.locator("tr", { hasText: "Daoud" });
    await page.context().clearCookies({ name: "stele" });
    await row.locator("select").selectOption("editor");
    await row.locator("form[action$='/role'] button").click();
    await page.fill("#email", "ada@northwind.example");
    await page.fill("#password", "northwind-demo");
    await page.click("button.primary");
    assert.equal((await page.textContent("button.primary")).trim(), "Change the role to Editor", "it says what waits");
    await page.click("button.primary");
    await page.waitForURL(/\/settings\/members$/);
    assert.equal(await row.locator("select").inputValue(), "editor");
    await page.context().close();
    await demo.stop();
  });
}

test("a stricter policy shows which keys it would touch before it is saved", async () => {
  const demo = await sandbox();
  const page = await open(browser);
  await page.goto(demo.signInUrl);
  await page.goto(`${demo.url}${ORG}/settings/policies`);
  await page.fill("#days", "30");
  await page.click("form.sheet button.primary");
  assert.match(await page.textContent(".note.warn"), /Sandbox/);
  await page.click("form.sheet button.primary");
  assert.match(await page.textContent(".note.ok"), /Saved/);
  await page.goto(`${demo.url}/account/keys/new`);
  assert.equal(await page.locator("input[name=expiry][value='90']").count(), 0, "what is not allowed is not offered");
  await page.context().close();
  await demo.stop();
});

// What a branding sets is seen while it is set, and stored when it is saved; without a script a button shows it.
test("a branding looks as what is typed", async () => {
  const demo = await sandbox();
  for (const javaScriptEnabled of [true, false]) {
    const page = await open(browser, { javaScriptEnabled });
    await page.goto(demo.signInUrl);
    await page.goto(`${demo.url}${ORG}/p/northwind-site/branding/new`);
    await page.fill("#name", `Scripted ${javaScriptEnabled}`);
    await page.click("dialog button.primary");
    await page.waitForSelector("#branding");
    const looks = (selector, property) => page.locator(selector).evaluate((part, name) => getComputedStyle(part)[name], property);
    assert.equal(await looks(".brand-sample .cta:not(.second)", "backgroundColor"), "rgb(31, 95, 174)");
    await page.fill("#colorPrimary", "#c9772b");
    await page.locator("label:has([value=pill])").click();
    if (!javaScriptEnabled) await page.click("button[name=shown]");
    await page.locator("[data-said=colorPrimary].warn").waitFor();
    if (javaScriptEnabled) await page.waitForFunction(() => getComputedStyle(document.querySelector(".brand-sample .cta")).backgroundColor === "rgb(201, 119, 43)");
    assert.equal(await page.inputValue("[name='colorPrimary.pick']"), "#c9772b", "the picker goes along");
    assert.equal(await looks(".brand-sample .cta:not(.second)", "backgroundColor"), "rgb(201, 119, 43)");
    assert.ok(parseFloat(await looks(".brand-sample .cta:not(.second)", "borderRadius")) > 100, "a pill is round");
    const light = await looks(".brand-sample", "backgroundColor");
    await page.locator(".frame label:has([value=dark])").click();
    assert.notEqual(await looks(".brand-sample", "backgroundColor"), light, "it has a dark side");
    await page.click(".bar button.primary");
    await page.waitForSelector(".note.ok");
    assert.equal(await page.inputValue("#colorPrimary"), "#c9772b");
    assert.equal(await page.isChecked("[value=pill]"), true);
    await page.context().close();
  }
  await demo.stop();
});

// What a person does from end to end, in a real browser against the real program.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open, sandbox, server } from "./support.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

const PASSWORD = "a long way to the sea";

// Exchanges a key as a script does; the status, and the token where there is one.
const exchange = async (url, apiKey) => {
  const answer = await fetch(`${url}/api/auth/token`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ apiKey }) });
  return { status: answer.status, ...(await answer.json()) };
};
const whoami = async (url, token) => (await fetch(`${url}/api/whoami`, { headers: { Authorization: `Bearer ${token}` } })).status;

// The first owner of a new instance, signed in.
const setUp = async (instance, options) => {
  const page = await open(browser, options);
  await page.goto(instance.setup);
  await page.fill("#name", "Ada Winter");
  await page.fill("#email", "ada@northwind.example");
  await page.fill("#password", PASSWORD);
  await page.fill("#organization", "Northwind Press");
  if (options?.javaScriptEnabled === false) await page.fill("#slug", "northwind-press");
  await page.click("button.primary");
  await page.waitForURL(/\/o\/northwind-press$/);
  return page;
};

const choose = (page, name, value) => page.check(`input[name="${name}"][value="${value}"]`, { force: true });

// From the list of service accounts to the page that shows a key once; the key.
const makeKey = async (page, name) => {
  await page.goto(new URL("/o/northwind-press/settings/accounts/new", page.url()).href);
  await page.fill("#name", "Site builder");
  await choose(page, "role", "editor");
  await page.click("button.primary");
  await page.click("text=/Create key|Créer une clé/");
  await page.fill("#name", name);
  await choose(page, "access", "write");
  await page.click("dialog button.primary");
  return (await page.textContent("#key")).trim();
};

const leave = async page => { await page.check("dialog .check input"); await page.click("dialog .foot button"); await page.waitForURL(/\/accounts\//); };

const journey = async (page, instance) => {
  await page.goto(`${instance.url}/o/northwind-press/projects/new`);
  await page.fill("#name", "Journal");
  await page.click("button.primary");
  await page.waitForURL(/\/p\/journal$/);

  const key = await makeKey(page, "Nightly");
  assert.match(key, /^gct_sat_[A-Za-z0-9]{49}$/);
  const first = await exchange(instance.url, key);
  assert.equal(first.status, 200);
  assert.equal(await whoami(instance.url, first.token), 200);
  await leave(page);
  assert.equal((await page.content()).includes(key.slice(14, 40)), false, "the key is shown once");

  await page.click("summary[aria-label*=Nightly]");
  await page.click("a[href$='/regenerate']");
  await page.click("dialog button.primary");
  const second = (await page.textContent("#key")).trim();
  assert.notEqual(second, key);
  assert.deepEqual([(await exchange(instance.url, key)).status, await whoami(instance.url, first.token)], [401, 401], "the old key is dead");
  const token = (await exchange(instance.url, second)).token;
  assert.equal(await whoami(instance.url, token), 200);
  await leave(page);

  await page.click("summary[aria-label*=Nightly]");
  await page.click("a[href$='/revoke']");
  await page.fill("#reason", "The journey is over");
  await page.click("button.danger");
  await page.waitForURL(/\/keys$/);
  assert.deepEqual([(await exchange(instance.url, second)).reason, await whoami(instance.url, token)], ["key_revoked", 401]);
  await page.goto(`${instance.url}/o/northwind-press/settings/keys?status=revoked`);
  assert.match(await page.textContent("table"), /The journey is over/);
};

test("from the first start to a key that is revoked", async () => {
  const instance = await server();
  const page = await setUp(instance);
  await journey(page, instance);
  await page.context().close();
  await instance.stop();
});

test("the same without JavaScript", async () => {
  const instance = await server();
  const page = await setUp(instance, { javaScriptEnabled: false });
  await journey(page, instance);
  await page.context().close();
  await instance.stop();
});

test("the same in French", async () => {
  const instance = await server();
  const page = await setUp(instance, { locale: "fr-FR" });
  assert.equal(await page.getAttribute("html", "lang"), "fr");
  assert.equal(await page.textContent("h1"), "Projets");
  await journey(page, instance);
  await page.context().close();
  await instance.stop();
});

test("a key that is shown is neither shown nor made again", async () => {
  const instance = await server();
  const page = await setUp(instance);
  let sent;
  page.on("request", request => { if (request.method() === "POST" && request.url().endsWith("/keys/new")) sent = request; });
  const key = await makeKey(page, "Once");
  // What a reload does: the same form goes out again.
  const again = await page.request.post(sent.url(), { data: sent.postData(), headers: { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" } });
  assert.equal(again.status(), 422);
  assert.doesNotMatch(await again.text(), /gct_sat_[A-Za-z0-9]{20}/);
  await leave(page);
  await page.goto(`${instance.url}/o/northwind-press/settings/keys?status=all`);
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
  const owner = await setUp(instance);
  await owner.goto(`${instance.url}/o/northwind-press/settings/invitations/new`);
  await owner.fill("#email", "eva@northwind.example");
  await choose(owner, "role", "viewer");
  await owner.click("dialog button.primary");
  const link = (await owner.inputValue("#link")).trim();

  const guest = await open(browser);
  await guest.goto(link);
  await guest.fill("#name", "Eva Lind");
  await guest.fill("#password", PASSWORD);
  await guest.click("button.primary");
  await guest.waitForURL(/\/o\/northwind-press$/);
  assert.equal(await guest.locator("text=New project").count(), 0, "a viewer is not offered what they may not do");
  assert.equal((await guest.goto(`${instance.url}/o/northwind-press/settings/keys`)).status(), 403);
  await guest.goto(`${instance.url}/account/keys/new`);
  await guest.fill("#name", "Laptop");
  await guest.click("dialog button.primary");
  const key = (await guest.textContent("#key")).trim();
  assert.equal((await exchange(instance.url, key)).status, 200);

  await owner.goto(`${instance.url}/o/northwind-press/settings/members`);
  await owner.click("summary[aria-label*=Eva]");
  await owner.click("a[href$='/remove']");
  await owner.click("button.danger");
  await owner.waitForURL(/\/members$/);
  assert.equal((await exchange(instance.url, key)).status, 401, "the personal key of a removed member is dead");
  assert.equal((await guest.goto(`${instance.url}/o/northwind-press`)).status(), 404);
  for (const page of [owner, guest]) await page.context().close();
  await instance.stop();
});

test("a session that is over asks to sign in and gives back what was typed", async () => {
  const instance = await server();
  const page = await setUp(instance);
  await page.goto(`${instance.url}/o/northwind-press/projects/new`);
  await page.fill("#name", "Typed before");
  const cookies = (await page.context().cookies()).filter(cookie => cookie.name !== "stele");
  await page.context().clearCookies();
  await page.context().addCookies(cookies);
  await page.click("dialog button.primary");
  await page.fill("#email", "ada@northwind.example");
  await page.fill("#password", PASSWORD);
  await page.click("button.primary");
  await page.click("button.primary");
  await page.waitForURL(/\/p\/typed-before$/);
  await page.context().close();
  await instance.stop();
});

test("a stricter policy shows which keys it would touch before it is saved", async () => {
  const demo = await sandbox();
  const page = await open(browser);
  await page.goto(demo.signInUrl);
  await page.goto(`${demo.url}/o/northwind-press/settings/policies`);
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

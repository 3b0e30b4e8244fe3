// A form on pages of another site, each way that there is: in a frame, drawn by the script, as a plain form, as JSON. No cookie, nobody else asked.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { exchange, ORG } from "../people.mjs";
import { close, findings, launch, open, sandbox, shot, tooWide } from "../support.mjs";

let browser, demo, forms, path, token;
const sites = [];

const authorized = () => ({ authorization: `Bearer ${token}`, "content-type": "application/json" });
const change = (id, settings) => fetch(`${path}/${id}`, { method: "PATCH", headers: authorized(), body: JSON.stringify({ settings }) });
const received = async (id, name) => {
  const { data } = await (await fetch(`${path}/${id}/submissions`, { headers: authorized() })).json();
  return data.filter(one => one.data.name === name).length;
};

before(async () => {
  [browser, demo] = await Promise.all([launch(), sandbox()]);
  ({ token } = await exchange(demo.url, demo.serviceKey));
  path = `${demo.apiUrl}/organizations/${demo.organizationId}/projects/${demo.projectId}/apps/forms/${demo.apps.forms}/forms`;
  const { data } = await (await fetch(path, { headers: authorized() })).json();
  forms = Object.fromEntries(data.map(form => [form.slug, form.id]));
});
after(async () => {
  sites.forEach(site => site.close());
  await close(browser);
});

// A page of another site with this in its body, in a browser that has never been anywhere; and all that it asks others for.
const elsewhere = async (html, options = {}) => {
  const whole = `<!doctype html><html lang="en"><title>Another site</title><main><h1>Write to us</h1>${html}</main></html>`;
  const site = createServer((_, answer) => answer.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(whole));
  await new Promise(done => site.listen(0, "127.0.0.1", done));
  sites.push(site);
  const page = await open(browser, { bypassCSP: true, ...options });
  const asked = new Set();
  page.on("request", request => asked.add(new URL(request.url()).origin));
  const origin = `http://localhost:${site.address().port}`;
  await page.goto(origin);
  return { page, origin, asked };
};

const script = (slug, more = "") => `<script src="${demo.url}/form.v1.js" data-form="${forms[slug]}" ${more} async></script>`;

const fill = async (at, name) => {
  await at.locator("[name=name]").fill(name);
  await at.locator("[name=email]").fill("ann@example.org");
  await at.locator("[name=subject]").selectOption("other");
  await at.locator("[name=message]").fill("From another site.");
  await at.locator("[name=consent]").check();
};

// Nobody fills in a form in less than two seconds: the moment that it was shown is set back.
const later = at => at.locator("[name='stele.token']").evaluate(token => {
  const shown = BigInt(`0x${token.value.slice(0, 16)}`) - 5_000_000n;
  token.value = shown.toString(16).padStart(16, "0") + token.value.slice(16);
});

test("the script draws it in place: mended by keyboard, sent, and the page is told", async () => {
  for (const [colorScheme, width] of [["light", 1200], ["dark", 390]]) {
    const { page, origin, asked } = await elsewhere(script("contact"), { colorScheme, viewport: { width, height: 900 } });
    await page.evaluate(() => addEventListener("stele:sent", event => { window.told = event.detail.form; }));
    const form = page.locator(".stele-form");
    await form.getByLabel("Your name").waitFor();
    assert.deepEqual(await findings(page), []);
    assert.equal(await tooWide(page), false);
    assert.notEqual(await form.locator("button").evaluate(button => getComputedStyle(button).backgroundColor), "rgba(0, 0, 0, 0)", "it is styled");
    await shot(page, `form-in-place-${colorScheme}`);
    await form.locator("[name=email]").fill("nobody");
    await later(form);
    await form.locator("[name=email]").press("Enter");
    await form.locator("#form-summary").waitFor();
    assert.equal(await form.evaluate(host => host.shadowRoot.activeElement.id), "form-summary");
    assert.equal(await form.locator("[name=email]").inputValue(), "nobody");
    assert.deepEqual(await findings(page), []);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await form.evaluate(host => host.shadowRoot.activeElement.name), "name", "the fault leads to its field");
    const name = `Drawn ${colorScheme}`;
    await fill(form, name);
    await later(form);
    await form.locator("button").click();
    await form.getByText("Somebody at the press writes back").waitFor();
    assert.equal(await page.evaluate(() => window.told), forms.contact);
    assert.equal(await received(forms.contact, name), 1);
    assert.equal(page.url(), `${origin}/`);
    assert.deepEqual([...asked].sort(), [demo.url, origin].sort(), "nobody else is asked");
    assert.deepEqual(await page.context().cookies(), []);
    await page.context().close();
  }
});

test("where the connection fails nothing is lost, and it says so", async () => {
  const { page } = await elsewhere(script("contact", "data-locale=\"fr\""));
  const form = page.locator(".stele-form");
  await form.locator("[name=name]").waitFor();
  await fill(form, "Patient");
  await later(form);
  await page.context().setOffline(true);
  await form.locator("button").click();
  assert.match(await form.getByRole("alert").textContent(), /Tout ce que vous avez écrit est encore là/);
  assert.equal(await form.locator("[name=message]").inputValue(), "From another site.");
  assert.deepEqual(await findings(page), []);
  await page.context().setOffline(false);
  await form.locator("button").click();
  await form.locator("[name=name]").waitFor({ state: "detached" });
  assert.equal(await received(forms.contact, "Patient"), 1);
  await page.context().close();
});

test("a frame has the height of its form, and closes its dialog when it was sent", async () => {
  assert.equal((await change(forms.contact, { closeDialogOnComplete: true })).status, 200);
  const frame = `<iframe src="${demo.url}/f/${forms.contact}?frame" title="Contact" width="600" height="200"></iframe>`;
  const { page, asked, origin } = await elsewhere(`<dialog open aria-label="Contact">${frame}</dialog><script src="${demo.url}/form.v1.js" async></script>`);
  const [inside, box] = [page.frameLocator("iframe"), page.locator("iframe")];
  await inside.locator("[name=name]").waitFor();
  await page.waitForFunction(() => document.querySelector("iframe").offsetHeight > 400);
  const isWhole = () => document.documentElement.scrollHeight <= innerHeight + 1;
  await page.frames()[1].waitForFunction(isWhole);
  await inside.locator("button").click();
  await inside.locator("#form-summary").waitFor();
  await page.frames()[1].waitForFunction(isWhole);
  // A page that only claims to be the form is not heard.
  await page.evaluate(() => postMessage({ stele: "form", height: 9_999 }, "*"));
  await fill(inside, "Framed");
  await later(inside);
  await inside.locator("button").click();
  await page.waitForFunction(() => !document.querySelector("dialog").open);
  assert.notEqual(await box.evaluate(frame => frame.style.height), "9999px");
  assert.equal(await received(forms.contact, "Framed"), 1);
  assert.deepEqual([...asked].sort(), [demo.url, origin].sort());
  assert.equal((await change(forms.contact, { closeDialogOnComplete: false })).status, 200);
  await page.context().close();
});

test("a plain form of a site without any script is thanked for on the page of the form", async () => {
  const fields = ["name", "email", "subject", "message"].map(name => `<label>${name} <input name="${name}"></label>`).join("");
  const html = `<form method="post" action="${demo.url}/f/${forms.contact}">${fields}<input type="hidden" name="consent" value="on"><button>Send</button></form>`;
  const { page } = await elsewhere(html, { javaScriptEnabled: false });
  await page.fill("[name=name]", "Plain");
  await page.fill("[name=email]", "nobody");
  await page.fill("[name=subject]", "other");
  await page.fill("[name=message]", "From a static site.");
  await page.click("button");
  assert.match(await page.textContent("#form-summary"), /One answer is not right yet/);
  assert.equal(await page.inputValue("[name=message]"), "From a static site.", "nothing is lost on the way");
  const { page: second } = await elsewhere(html, { javaScriptEnabled: false });
  await second.fill("[name=name]", "Plain");
  await second.fill("[name=email]", "ann@example.org");
  await second.fill("[name=subject]", "other");
  await second.fill("[name=message]", "From a static site.");
  await second.click("button");
  assert.match(await second.textContent("main"), /Somebody at the press writes back/);
  assert.equal(await received(forms.contact, "Plain"), 1);
  await Promise.all([page.context().close(), second.context().close()]);
});

test("a script of a site's own sends JSON, and every way holds to the sites that a form allows", async () => {
  const frame = `<iframe src="${demo.url}/f/${forms.contact}?frame" title="Contact"></iframe>`;
  const html = `${script("contact", "data-title=\"Write to us\"")}${frame}`;
  const json = (page, name) => page.evaluate(async ([address, name]) => {
    const body = JSON.stringify({ name, email: "ann@example.org", subject: "other", message: "As JSON, from a site.", consent: true });
    try {
      return (await fetch(address, { method: "POST", headers: { "content-type": "application/json" }, body })).status;
    } catch {
      return "unread";
    }
  }, [`${demo.url}/f/${forms.contact}`, name]);
  const { page } = await elsewhere(html);
  await page.locator(".stele-form").getByLabel("Your name").waitFor();
  assert.equal(await json(page, "Json"), 201);
  assert.equal(await received(forms.contact, "Json"), 1);
  await page.context().close();
  assert.equal((await change(forms.contact, { allowedOrigins: ["https://only.example"] })).status, 200);
  const { page: refused } = await elsewhere(html);
  const link = refused.locator(".stele-form").getByRole("link", { name: "Write to us" });
  assert.equal(await link.getAttribute("href"), `${demo.url}/f/${forms.contact}`, "where it may not be drawn, it leads there");
  assert.equal(await refused.frameLocator("iframe").locator("[name=name]").count(), 0, "no other site frames it");
  assert.equal(await json(refused, "Refused"), "unread");
  assert.equal(await received(forms.contact, "Refused"), 0);
  assert.equal((await change(forms.contact, { allowedOrigins: [] })).status, 200);
  await refused.context().close();
});

test("what the console gives to paste works as it is, and reads well", async () => {
  const console = await open(browser, { viewport: { width: 1280, height: 1000 }, bypassCSP: true });
  await console.goto(demo.signInUrl);
  const at = `${demo.url}${ORG}/p/northwind-site/forms/forms/forms/${forms.contact}?tab=embed`;
  const told = {};
  for (const [colorScheme, width] of [["light", 1280], ["dark", 390]]) {
    await console.emulateMedia({ colorScheme });
    await console.setViewportSize({ width, height: 1000 });
    await console.goto(at);
    assert.deepEqual(await findings(console), [], colorScheme);
    assert.equal(await tooWide(console), false);
    await shot(console, `form-embed-${colorScheme}`);
  }
  for (const way of ["link", "script", "frame", "plain", "json"]) told[way] = await console.textContent(`#embed-${way}`);
  assert.equal(told.link, `${demo.url}/f/${forms.contact}`);
  assert.match(told.json, /-d '\{"consent":true,|-d '\{.*"email":"ann@example.org"/);
  const { page } = await elsewhere(`${told.script}${told.frame}${told.plain}`);
  await page.locator(".stele-form").getByLabel("Your name").waitFor();
  await page.frameLocator("iframe").getByLabel("Your name").waitFor();
  await page.waitForFunction(() => document.querySelector("iframe").style.height !== "40rem");
  const plain = page.locator(`main > form[action="${told.link}"]`);
  await plain.locator("[name=name]").fill("Pasted");
  await plain.locator("[name=email]").fill("ann@example.org");
  await plain.locator("[name=message]").fill("It works as it is.");
  await plain.locator("[name=consent]").check();
  await plain.getByRole("button", { name: "Send" }).click();
  await page.getByText("Somebody at the press writes back").waitFor();
  assert.equal(await received(forms.contact, "Pasted"), 1);
  await Promise.all([page.context().close(), console.context().close()]);
});

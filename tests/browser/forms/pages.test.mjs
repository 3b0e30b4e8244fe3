// Forms of several pages and forms that ask browsers for a little work, as visitors meet them: without a script where that is possible, and drawn
// by the script on another site.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { exchange } from "../people.mjs";
import { close, findings, launch, open, sandbox, shot, tooWide } from "../support.mjs";

let browser, demo, path, headers, site;
const made = {};

const field = (id, type, more = {}) => ({ id, type, data: { label: `Your ${id}`, name: id, ...more } });
const blocks = {
  steps: [
    field("name", "textField", { required: true }),
    { id: "p1", type: "pageBreak", data: { title: "Where you are" } },
    field("town", "textField", { required: true }),
    { id: "p2", type: "pageBreak", data: {} },
    field("words", "textareaField"),
  ],
  work: [field("name", "textField", { required: true })],
  both: [field("name", "textField", { required: true }), { id: "p1", type: "pageBreak", data: {} }, field("letter", "fileField", { required: true })],
};

before(async () => {
  [browser, demo] = await Promise.all([launch(), sandbox()]);
  const { token } = await exchange(demo.url, demo.serviceKey);
  headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  path = `${demo.apiUrl}/organizations/${demo.organizationId}/projects/${demo.projectId}/apps/forms/${demo.apps.forms}/forms`;
  for (const [slug, asked] of Object.entries(blocks)) {
    const body = { name: `Form of ${slug}`, slug, content: [{ columns: [{ blocks: asked }] }], settings: { captchaEnabled: slug !== "steps" } };
    const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
    assert.equal(answer.status, 201, await answer.clone().text());
    made[slug] = (await answer.json()).id;
  }
  site = createServer((request, answer) => {
    const asked = new URL(request.url, "http://localhost").searchParams, form = asked.get("form");
    const own = asked.has("frame") ? "" : ` data-form="${form}"`;
    const frame = asked.has("frame") ? `<iframe src="${demo.url}/f/${form}?frame" title="A form" width="600"></iframe>` : "";
    const script = `${frame}<script src="${demo.url}/form.v1.js"${own} async></script>`;
    answer.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(`<!doctype html><html lang="en"><title>A site</title><main><h1>Here</h1>${script}</main></html>`);
  });
  await new Promise(done => site.listen(0, "127.0.0.1", done));
});
after(async () => {
  site?.close();
  await close(browser);
});

const stored = async slug => (await (await fetch(`${path}/${made[slug]}/submissions`, { headers })).json()).data.map(one => one.data);
const elsewhere = slug => `http://localhost:${site.address().port}/?form=${made[slug]}`;

// Nobody fills in a form in less than two seconds: the moment that the page was shown is set back.
const later = page => page.evaluate(() => {
  const token = document.querySelector("[name='stele.token']");
  token.value = (BigInt(`0x${token.value.slice(0, 16)}`) - 5_000_000n).toString(16).padStart(16, "0") + token.value.slice(16);
});
// A token that is changed is none that work was done for: there it takes as long as it does.
const patient = page => page.waitForFunction(since => Date.now() > since + 2_100, Date.now());

test("several pages need no script: what was typed goes along, Back loses nothing", async () => {
  const page = await open(browser, { javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
  await page.goto(`${demo.url}/f/${made.steps}`);
  assert.match(await page.textContent("main"), /Page 1 of 3/);
  await page.click("text=Next");
  assert.match(await page.textContent("#form-summary"), /Your name: an answer is needed/);
  await page.fill("[name=name]", "Ann");
  await page.press("[name=name]", "Enter");
  assert.match(await page.textContent("main"), /Page 2 of 3[^]*Where you are/);
  await page.click("text=Back");
  assert.equal(await page.inputValue("[name=name]"), "Ann");
  await page.click("text=Next");
  await page.fill("[name=town]", "Bern");
  await page.click("text=Next");
  await page.click("text=Back");
  assert.equal(await page.inputValue("[name=town]"), "Bern");
  await page.click("text=Next");
  await page.fill("[name=words]", "Hello");
  await later(page);
  await page.click("text=Send");
  assert.match(await page.textContent("main"), /What you sent has arrived/);
  assert.deepEqual((await stored("steps"))[0], { name: "Ann", town: "Bern", words: "Hello" });
  await page.context().close();
});

test("the pages read well and have the focus where they begin", async () => {
  for (const [colorScheme, width, locale] of [["light", 1440, "en-GB"], ["dark", 1440, "en-GB"], ["light", 390, "fr-FR"], ["dark", 390, "fr-FR"]]) {
    const page = await open(browser, { bypassCSP: true, colorScheme, locale, viewport: { width, height: 800 } });
    await page.goto(`${demo.url}/f/${made.steps}`);
    assert.deepEqual(await findings(page), []);
    await shot(page, `form-first-${colorScheme}-${width}`);
    await page.fill("[name=name]", "Ann");
    await page.press("[name=name]", "Enter");
    await page.waitForSelector("[name=town]");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), locale === "fr-FR" ? "Page 2 sur 3" : "Page 2 of 3");
    assert.deepEqual(await findings(page), []);
    assert.equal(await tooWide(page), false);
    await shot(page, `form-step-${colorScheme}-${width}`);
    await page.context().close();
  }
});

test("the script turns the pages in place", async () => {
  const page = await open(browser, { bypassCSP: true });
  await page.goto(elsewhere("steps"));
  const form = page.locator(".stele-form");
  await form.getByLabel("Your name").fill("Bo");
  await form.getByLabel("Your name").press("Enter");
  await form.getByLabel("Your town").waitFor();
  assert.equal(await form.evaluate(host => host.shadowRoot.activeElement.textContent), "Page 2 of 3");
  assert.deepEqual(await findings(page), []);
  await form.getByRole("button", { name: "Back" }).click();
  await form.getByLabel("Your name").waitFor();
  assert.equal(await form.getByLabel("Your name").inputValue(), "Bo");
  await form.getByRole("button", { name: "Next" }).click();
  await form.getByLabel("Your town").fill("Basel");
  await form.getByRole("button", { name: "Next" }).click();
  await patient(page);
  await form.getByRole("button", { name: "Send" }).click();
  await form.getByText("What you sent has arrived").waitFor();
  assert.deepEqual((await stored("steps"))[0], { name: "Bo", town: "Basel" });
  await page.context().close();
});

test("the work is done by the browser, on the page of the form and in place; without a script it says what is needed", async () => {
  for (const [where, name] of [[`${demo.url}/f/${made.work}`, "Hosted"], [elsewhere("work"), "In place"]]) {
    const page = await open(browser);
    await page.goto(where);
    await page.getByLabel("Your name").fill(name);
    await patient(page);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("What you sent has arrived").waitFor();
    assert.equal((await stored("work"))[0].name, name);
    await page.context().close();
  }
  const looked = await open(browser, { bypassCSP: true });
  await looked.goto(`${demo.url}/f/${made.work}`);
  assert.deepEqual(await findings(looked), []);
  await shot(looked, "form-work");
  const bare = await open(browser, { javaScriptEnabled: false });
  await bare.goto(`${demo.url}/f/${made.work}`);
  assert.match(await bare.textContent("noscript"), /needs JavaScript/);
  await Promise.all([looked.context().close(), bare.context().close()]);
});

test("a plain form of another site is asked for the work on the next page", async () => {
  const page = await open(browser);
  await page.setContent(`<form method="post" action="${demo.url}/f/${made.work}"><input name="name" value="Plain"><button>Go</button></form>`);
  await page.click("button");
  await page.waitForSelector("#form-summary");
  assert.equal(await page.inputValue("[name=name]"), "Plain");
  await patient(page);
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByText("What you sent has arrived").waitFor();
  assert.equal((await stored("work"))[0].name, "Plain");
  await page.context().close();
});

test("in a frame the pages turn, their work is done once, and files come with the last", async () => {
  const page = await open(browser);
  await page.goto(`${elsewhere("both")}&frame`);
  const inside = page.frameLocator("iframe");
  await inside.getByLabel("Your name").fill("Framed");
  await inside.getByRole("button", { name: "Next" }).click();
  await inside.getByLabel("Your letter").setInputFiles({ name: "letter.txt", mimeType: "text/plain", buffer: Buffer.from("Dear all") });
  await patient(page);
  await inside.getByRole("button", { name: "Send" }).click();
  await inside.getByText("What you sent has arrived").waitFor();
  assert.deepEqual((await stored("both"))[0], { name: "Framed", letter: ["letter.txt"] });
  await page.context().close();
});

test("where a browser can do no work the page says so, and nothing is sent", async () => {
  const page = await open(browser);
  await page.addInitScript(() => Object.defineProperty(Crypto.prototype, "subtle", { value: undefined }));
  await page.goto(`${demo.url}/f/${made.work}`);
  await page.getByLabel("Your name").fill("Open");
  await page.getByRole("button", { name: "Send" }).click();
  await page.locator(".form-work").getByText("needs JavaScript").waitFor();
  assert.equal(await page.getByLabel("Your name").inputValue(), "Open");
  await page.context().close();
});

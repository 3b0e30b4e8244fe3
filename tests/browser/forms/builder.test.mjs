// The builder of forms in a real browser: by the pointer, by keys alone, without a script, in both themes and on a phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ORG } from "../people.mjs";
import { close, findings, launch, open, sandbox, shot, tooWide } from "../support.mjs";

let browser, instance, token;
before(async () => {
  [browser, instance] = await Promise.all([launch(), sandbox()]);
  const exchange = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ apiKey: instance.serviceKey }) };
  ({ token } = await (await fetch(`${instance.apiUrl}/auth/token`, exchange)).json());
});
after(async () => { await instance.stop(); await close(browser); });

const api = async (method, path, body) => {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const answer = await fetch(instance.apiUrl + path, { method, headers, body: body && JSON.stringify(body) });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
  return answer.json();
};
const FORMS = () => `/organizations/${instance.organizationId}/projects/${instance.projectId}/apps/forms/${instance.apps.forms}/forms`;
const field = (id, type, label, more = {}) => ({ id, type: `${type}Field`, data: { label, name: id, ...more } });
const PITCH = () => [
  field("name", "text", { en: "Your name", fr: "Votre nom" }, { required: true }),
  field("email", "email", { en: "E-mail", fr: "E-mail" }, { required: true }),
  field("section", "select", { en: "Section", fr: "Rubrique" }, {
    required: true, help: { en: "Where in the magazine would it stand?", fr: "Où dans la revue ?" },
    options: [{ id: "f", label: { en: "Fieldwork", fr: "Terrain" }, value: "fieldwork" }, { id: "e", label: { en: "Essays", fr: "Essais" }, value: "essays" }],
  }),
  field("pitch", "textarea", { en: "Your pitch", fr: "Votre idée" }, { required: true, maxLength: 1200 }),
  field("day", "date", { en: "Earliest date", fr: "Au plus tôt" }, { showIf: [{ id: "i", field: "section", is: "equals", value: "essays" }] }),
];
let made = 0;
const make = async (blocks = PITCH()) => (await api("POST", FORMS(), { name: "Pitch a story", slug: `pitch-${++made}`, content: [{ columns: [{ blocks }] }] })).id;
const asked = async id => (await api("GET", `${FORMS()}/${id}`)).fields;
const build = async (id, options, more = "") => {
  const page = await open(browser, options);
  await page.goto(instance.signInUrl);
  await page.goto(`${instance.url}${ORG}/p/northwind-site/forms/forms/forms/${id}${more}`);
  return page;
};
const line = (page, id) => page.locator(`#part-${id} > .head > .line`);
const saved = async page => { await page.click(".bar button.primary"); await page.waitForSelector(".note.ok"); };

test("a form is built from nothing, and its preview follows", async () => {
  const id = await make([]);
  const page = await build(id);
  await page.getByText("No fields yet").waitFor();
  for (const [type, label] of [["emailField", "Where shall we write?"], ["selectField", "What about?"]]) {
    await page.click(".last > .add");
    await page.click(`#part-adding button[value="add:${type}"]`);
    await page.waitForFunction(() => document.activeElement.name === "data.label");
    await page.fill("#data\\.label", label);
    if (type === "selectField") await page.fill("#data\\.options", "Novels\nMaps");
    await page.check("#data\\.required");
    await page.locator("[data-block].open > .head > .line").click();
    await page.waitForSelector("[data-block]:not(.open)");
    await page.waitForFunction(() => !document.querySelector("[data-block].open"));
  }
  await page.frameLocator("[data-follow]").getByText("What about?").waitFor();
  assert.match(await page.locator("[data-block]").nth(1).textContent(), /What about\?Choice from a list · 2 choices\s*Required/);
  assert.deepEqual(await asked(id), [], "nothing is asked before it is saved");
  await saved(page);
  const now = await asked(id);
  assert.deepEqual(now.map(one => [one.type, one.name, one.required]), [["email", "where-shall-we-write", true], ["select", "what-about", true]]);
  assert.deepEqual(now[1].options.map(one => one.label.en), ["Novels", "Maps"]);
  await page.context().close();
});

test("fields are put in order by keys, by their menus and by dragging", async () => {
  const id = await make();
  const page = await build(id);
  const order = () => page.locator("[data-block]").evaluateAll(all => all.map(one => one.dataset.block).join(" "));
  const is = words => page.waitForFunction(words => [...document.querySelectorAll("[data-block]")].map(one => one.dataset.block).join(" ") === words, words);
  await line(page, "pitch").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await is("name email pitch section day");
  await page.waitForFunction(() => document.activeElement.closest("[data-block]")?.dataset.block === "pitch");
  await page.keyboard.press("Alt+ArrowDown");
  await is("name email section pitch day");
  // By the menu of a field, without a pointer: it keeps the focus.
  await page.locator("#part-email summary").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await is("email name section pitch day");
  await page.waitForFunction(() => document.activeElement.closest("[data-block]")?.dataset.block === "email");
  const grip = await page.locator("#part-day .grip").boundingBox(), to = await page.locator("#part-email").boundingBox();
  await page.mouse.move(grip.x + 8, grip.y + 8);
  await page.mouse.down();
  await page.mouse.move(to.x + 60, to.y + 30, { steps: 4 });
  await page.mouse.move(to.x + 60, to.y + 2, { steps: 4 });
  await page.mouse.up();
  await is("day email name section pitch");
  await saved(page);
  assert.equal((await asked(id)).map(one => one.id).join(" "), await order());
  await page.context().close();
});

for (const colorScheme of ["light", "dark"]) {
  for (const [name, viewport] of [["wide", { width: 1440, height: 900 }], ["phone", { width: 390, height: 2400 }]]) {
    test(`it reads well in ${colorScheme}, ${name}, with nothing that axe finds`, async () => {
      const page = await build(await make(), { colorScheme, viewport, bypassCSP: true });
      await page.frameLocator("[data-follow]").getByText("Your pitch").waitFor();
      const look = async what => {
        assert.deepEqual(await findings(page), [], what);
        assert.equal(await tooWide(page), false, what);
        await shot(page, `form-${what}-${name}-${colorScheme}`);
      };
      await look("fields");
      await line(page, "section").click();
      await page.waitForSelector("#part-section > .body");
      await look("open");
      await line(page, "day").click();
      await page.waitForSelector("#part-day > .body");
      await look("condition");
      await page.locator(".last > .add").click();
      await page.waitForSelector("#part-adding");
      await look("adding");
      for (const tab of ["sending", "protection", "about"]) {
        await page.goto(`${page.url().split("?")[0]}?tab=${tab}`);
        await look(tab);
      }
      await page.goto(page.url().replace(/[^/]*$/, "new"));
      await look("new");
      await page.context().close();
    });
  }
}

test("a language of its own, in which each choice has an input", async () => {
  const id = await make();
  const page = await build(id);
  await page.click('.segments button[value="language:fr"]');
  await page.waitForURL(/locale=fr/);
  await page.frameLocator("[data-follow]").getByText("Votre idée").waitFor();
  await line(page, "section").click();
  await page.waitForSelector("#part-section > .body");
  assert.equal(await page.inputValue('[name="data.options.1.label"]'), "Essais");
  await page.fill('[name="data.options.1.label"]', "Réflexions");
  await saved(page);
  assert.deepEqual((await asked(id))[2].options[1].label, { en: "Essays", fr: "Réflexions" });
  await page.context().close();
});

test("without a script all of it works", async () => {
  const id = await make();
  const page = await build(id, { javaScriptEnabled: false });
  await line(page, "section").click();
  await page.fill("#data\\.options", "Fieldwork\nEssays\nMaps and charts");
  await page.click("#part-section > .body button[value='duplicate:section']");
  await page.locator("#part-name summary").click();
  await page.click("#part-name button[value='delete:name']");
  await page.click('.tabs button[value="tab:sending"]');
  await page.fill("#settings\\.submitButtonText", "Send the pitch");
  await page.check("#settings\\.hideFormOnComplete");
  await saved(page);
  const form = await api("GET", `${FORMS()}/${id}`);
  assert.deepEqual(form.fields.map(one => one.type), ["email", "select", "select", "textarea", "date"]);
  assert.equal(form.fields[1].options.length, 3);
  assert.deepEqual(form.settings, { submitButtonText: { en: "Send the pitch" }, hideFormOnComplete: true });
  await page.locator(".bar summary").click();
  await page.click("button[name=active]");
  await page.getByText("Visitors cannot send this form").waitFor();
  assert.equal((await api("GET", `${FORMS()}/${id}`)).isActive, false);
  assert.equal(await tooWide(page), false);
  await page.context().close();
});

test("a new form begins with usual questions", async () => {
  const page = await open(browser);
  await page.goto(instance.signInUrl);
  await page.goto(`${instance.url}${ORG}/p/northwind-site/forms/forms/forms/new`);
  await page.fill("#name", "Open house");
  await page.getByText("Registration", { exact: true }).click();
  await page.click("dialog button.primary");
  await page.waitForURL(/forms\/[0-9a-f-]{36}/);
  assert.equal(await page.locator("[data-block]").count(), 8);
  assert.match(await page.locator("[data-block]").nth(5).textContent(), /only if Do you eat with us\? is Yes/);
  await page.context().close();
});

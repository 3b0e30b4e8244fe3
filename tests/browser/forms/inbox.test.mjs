// The inbox of a form in a real browser: found, read, marked, noted beside; both themes, on a phone, without a script.
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

const call = async (method, url, body) => {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const answer = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
  assert.ok(answer.ok, `${method} ${url}: ${answer.status}`);
  return answer.json();
};
const FORMS = () => `${instance.apiUrl}/organizations/${instance.organizationId}/projects/${instance.projectId}/apps/forms/${instance.apps.forms}/forms`;
const field = (name, type, label, more = {}) => ({ id: name, type: `${type}Field`, data: { label, name, ...more } });
const ASKS = [
  field("name", "text", "Your name", { required: true }), field("email", "email", "E-mail", { required: true }),
  field("section", "select", "Section", { options: [{ id: "f", label: "Fieldwork", value: "fieldwork" }] }),
  field("pitch", "textarea", "Your pitch"), field("news", "consent", "News from the press"),
];
const SENT = [
  { name: "Sylvie Garnier", email: "s.garnier@courrier.example", pitch: "Votre dernier numéro m’a fait penser à mon grand-père" },
  { name: "Jonas Okafor", email: "jonas@okafor.example", pitch: "A week on the mail boat between two harbours in February" },
  { name: "Marit Aune", email: "marit.aune@post.example", section: "fieldwork", pitch: "The last lighthouse keepers.\n\nI can be there in February.", news: true },
];
let made = 0;
// A form to which three have written.
const written = async () => {
  const { id } = await call("POST", FORMS(), { name: "Pitch a story", slug: `inbox-${++made}`, content: [{ columns: [{ blocks: ASKS }] }] });
  for (const one of SENT) await call("POST", `${instance.url}/f/${id}`, one);
  return { id };
};
const inbox = async (id, options) => {
  const page = await open(browser, options);
  await page.goto(instance.signInUrl);
  await page.goto(`${instance.url}${ORG}/p/northwind-site/forms/forms/forms/${id}/submissions`);
  return page;
};

test("a file that came with one is a download under its own name", async () => {
  const asks = [field("name", "text", "Your name"), field("cv", "file", "Your CV", { maxFiles: 2 })];
  const { id } = await call("POST", FORMS(), { name: "Apply", slug: `files-${++made}`, content: [{ columns: [{ blocks: asks }] }] });
  const sent = new FormData();
  sent.append("name", "Ann Bell");
  sent.append("cv", new Blob(["<script>document.title = 1</script>"], { type: "text/html" }), "Été & CV.html");
  sent.append("cv", new Blob(["High water at noon."]), "tides.txt");
  const answer = await fetch(`${instance.url}/f/${id}`, { method: "POST", headers: { accept: "application/json" }, body: sent });
  assert.equal(answer.status, 201);
  for (const [colorScheme, width] of [["light", 1200], ["dark", 390]]) {
    const page = await inbox(id, { bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
    await page.getByRole("link", { name: /Ann Bell/ }).click();
    await page.waitForURL(/show=/);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /CV\.html/ }).click()]);
    assert.equal(download.suggestedFilename(), "Été-&-CV.html");
    assert.deepEqual(await findings(page), []);
    assert.equal(await tooWide(page), false);
    await shot(page, `inbox-files-${colorScheme}`);
    await page.context().close();
  }
});

test("one is found, read and noted beside, and is read from then on", async () => {
  const { id } = await written();
  const page = await inbox(id);
  assert.equal(await page.locator("td.unread").count(), 3);
  await page.fill("input[type=search]", "MARIT");
  await page.keyboard.press("Enter");
  await page.waitForURL(/search=MARIT/);
  assert.equal(await page.locator("tbody tr").count(), 1);
  const marked = page.waitForResponse(answer => answer.url().endsWith("/submissions/mark"));
  await page.getByRole("link", { name: /Marit Aune/ }).click();
  assert.equal((await marked).status(), 303);
  await page.waitForFunction(() => !document.querySelector("td.unread"));
  const beside = page.locator("article");
  assert.match(await beside.textContent(), /Fieldwork.*Your pitch.*lighthouse keepers.*Agreed: News from the press/s);
  await page.fill("#note", "Commissioned");
  await page.getByRole("button", { name: "Keep the note" }).click();
  await page.waitForSelector(".note.ok");
  assert.equal(await page.inputValue("#note"), "Commissioned");
  await page.goto(page.url().replace(/[?].*$/, ""));
  assert.equal(await page.locator("td.unread").count(), 2);
  await page.context().close();
});

for (const colorScheme of ["light", "dark"]) {
  for (const [name, viewport] of [["wide", { width: 1440, height: 900 }], ["phone", { width: 390, height: 2000 }]]) {
    test(`it reads well in ${colorScheme}, ${name}, with nothing that axe finds`, async () => {
      const { id } = await written();
      const page = await inbox(id, { colorScheme, viewport, bypassCSP: true });
      const look = async what => {
        assert.deepEqual(await findings(page), [], what);
        assert.equal(await tooWide(page), false, what);
        await shot(page, `form-${what}-${name}-${colorScheme}`);
      };
      await look("inbox");
      await page.getByRole("link", { name: /Jonas Okafor/ }).click();
      await page.waitForSelector("article");
      await look("inbox-one");
      await page.getByRole("link", { name: "Older" }).click();
      await page.getByRole("heading", { name: "Sylvie Garnier" }).waitFor();
      await page.context().close();
    });
  }
}

test("without a script all of it works", async () => {
  const { id } = await written();
  const page = await inbox(id, { javaScriptEnabled: false });
  await page.getByRole("link", { name: /Marit Aune/ }).click();
  await page.locator("article form[data-seen] button").click();
  await page.locator("tr.chosen td.lead:not(.unread)").waitFor();
  assert.equal(await page.locator("td.unread").count(), 2);
  for (const box of await page.locator(".pick").all()) await box.check({ force: true });
  await page.locator("#several button[value=spam]").click();
  await page.getByText("3 submissions are marked.").waitFor();
  await page.locator(".segments").getByText("Spam").click();
  assert.equal(await page.locator("tbody tr").count(), 3);
  await page.getByRole("link", { name: /Jonas Okafor/ }).click();
  await page.locator("article summary").first().click();
  await page.getByRole("link", { name: "Delete…" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByText("1 submission is deleted.").waitFor();
  assert.equal(await page.locator("tbody tr").count(), 2);
  await page.context().close();
});

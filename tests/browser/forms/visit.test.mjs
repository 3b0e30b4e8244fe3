// A form as a visitor meets it, without a script: filled in, mended, thanked for; in both languages, light and dark, on a phone; and framed by
// another site.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { exchange } from "../people.mjs";
import { close, findings, launch, open, sandbox, shot, tooWide } from "../support.mjs";

let browser, demo, forms;
before(async () => {
  [browser, demo] = await Promise.all([launch(), sandbox()]);
  const { token } = await exchange(demo.url, demo.serviceKey);
  const path = `${demo.apiUrl}/organizations/${demo.organizationId}/projects/${demo.projectId}/apps/forms/${demo.apps.forms}/forms`;
  const { data } = await (await fetch(path, { headers: { authorization: `Bearer ${token}` } })).json();
  forms = Object.fromEntries(data.map(form => [form.slug, `${demo.url}/f/${form.id}`]));
});
after(() => close(browser));

// Nobody fills in a form in less than two seconds: the moment that the page was shown is set back.
const later = page => page.evaluate(() => {
  const token = document.querySelector("[name='stele.token']");
  const shown = BigInt(`0x${token.value.slice(0, 16)}`) - 5_000_000n;
  token.value = shown.toString(16).padStart(16, "0") + token.value.slice(16);
});

// axe needs scripts, which the policy of the page forbids.
const looked = options => open(browser, { bypassCSP: true, ...options });

test("every sort of field is named, and reads well in light, in dark, on a phone and in French", async () => {
  for (const [colorScheme, locale, width] of [["light", "en-GB", 1200], ["dark", "fr-FR", 390]]) {
    const page = await looked({ colorScheme, locale, viewport: { width, height: 900 } });
    for (const [slug, address] of Object.entries(forms)) {
      await page.goto(address);
      assert.deepEqual(await findings(page), [], `${slug} ${colorScheme}`);
      assert.equal(await tooWide(page), false, slug);
      await shot(page, `form-${slug}-${colorScheme}`);
    }
    assert.equal(await page.getAttribute("html", "lang"), locale.slice(0, 2));
    await page.context().close();
  }
});

test("what is wrong has the focus, is tied to its fields, and is mended by keyboard alone", async () => {
  const page = await looked();
  await page.goto(forms.contact);
  await page.fill("[name=email]", "nobody");
  await later(page);
  await page.press("[name=email]", "Enter");
  await page.waitForSelector("#form-summary");
  assert.equal(await page.evaluate(() => document.activeElement.id), "form-summary");
  assert.deepEqual(await findings(page), []);
  await shot(page, "form-wrong");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Your name: an answer is needed");
  await page.keyboard.press("Enter");
  const name = page.getByRole("textbox", { name: "Your name" });
  assert.equal(await name.evaluate(input => input.matches(":target")), true);
  assert.equal(await name.getAttribute("aria-invalid"), "true");
  const described = await page.locator("[name=email]").evaluate(input => input.getAttribute("aria-describedby").split(" ").map(id => document.getElementById(id).textContent));
  assert.deepEqual(described, ["Only for our answer.", "E-mail: an e-mail address, such as ann@example.org"]);
  assert.equal(await page.inputValue("[name=email]"), "nobody");
  await page.context().close();
});

test("a file that is no manuscript is told so beside its field, and is to be chosen once more", async () => {
  const page = await looked();
  await page.goto(forms.contact);
  const file = page.getByLabel("The manuscript");
  assert.equal(await file.getAttribute("accept"), ".pdf,.docx,.odt,.txt");
  await page.fill("[name=name]", "Ann Bell");
  await page.fill("[name=email]", "ann@example.org");
  await page.selectOption("[name=subject]", "manuscript");
  await page.fill("[name=message]", "My book about tides is ready.");
  await page.check("[name=consent]");
  await file.setInputFiles({ name: "tides.pdf", mimeType: "application/pdf", buffer: Buffer.from("<script>alert(1)</script>") });
  await later(page);
  await page.click("button");
  await page.waitForSelector("#form-summary");
  assert.match(await page.textContent("#form-summary"), /The manuscript: a file of one of these types: pdf, docx, odt, txt/);
  const described = await file.evaluate(input => input.getAttribute("aria-describedby").split(" ").map(id => document.getElementById(id).textContent));
  assert.equal(described.at(-1), "Choose tides.pdf once more: a page cannot keep files.");
  assert.deepEqual(await findings(page), []);
  await shot(page, "form-file-wrong");
  await file.setInputFiles({ name: "tides.txt", mimeType: "text/plain", buffer: Buffer.from("High water at noon.") });
  await later(page);
  await page.click("button");
  assert.match(await page.textContent("main"), /writes back within two days/);
  await page.context().close();
});

test("it works where no script runs", async () => {
  const page = await open(browser, { javaScriptEnabled: false });
  await page.goto(forms.contact);
  await page.fill("[name=name]", "Ann Bell");
  await page.fill("[name=email]", "ann@example.org");
  await page.selectOption("[name=subject]", "other");
  await page.fill("[name=message]", "The tide table is a delight.");
  await page.check("[name=consent]");
  await page.click("button");
  // A machine that is fast is asked to send it once more, and loses nothing; a slow one is thanked.
  const asked = await page.locator("#form-summary").count();
  assert.match(await page.textContent("main"), asked ? /once more: it came faster/ : /writes back within two days/);
  if (asked) assert.equal(await page.inputValue("[name=message]"), "The tide table is a delight.");
  assert.equal(await page.locator("script").count(), 0);
  await page.context().close();
});

test("another site shows it in a frame, and it is sent from there", async () => {
  const site = createServer((_, answer) => answer.writeHead(200, { "content-type": "text/html" }).end(`<iframe title="Contact" src="${forms.contact}" width="600" height="900"></iframe>`));
  await new Promise(done => site.listen(0, "127.0.0.1", done));
  const page = await looked();
  await page.goto(`http://localhost:${site.address().port}/`);
  const frame = page.frameLocator("iframe");
  await frame.locator("[name=name]").fill("Ann Bell");
  await frame.locator("[name=email]").fill("ann@example.org");
  await frame.locator("[name=subject]").selectOption("other");
  await frame.locator("[name=message]").fill("From another site.");
  await frame.locator("[name=consent]").check();
  await later(page.frames()[1]);
  await frame.locator("button").click();
  await frame.getByText("Somebody at the press writes back").waitFor();
  await page.context().close();
  site.close();
});

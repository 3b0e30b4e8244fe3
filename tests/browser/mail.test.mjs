// A forgotten password, with an e-mail that really travels.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ADA, PASSWORD, setUp, signIn } from "./people.mjs";
import { close, launch, open, postbox, server } from "./support.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => close(browser));

test("a forgotten password is set anew by an e-mail, once", async () => {
  const post = await postbox();
  const instance = await server("--smtp-url", `smtp://127.0.0.1:${post.port}`, "--mail-from", "Stele <stele@northwind.example>");
  const signedIn = await setUp(browser, instance);
  const page = await open(browser);
  await page.goto(`${instance.url}/sign-in`);
  await page.click("a[href='/password/forgot']");
  await page.fill("#email", ADA);
  await page.click("button.primary");
  const said = await page.textContent("[role=status]");
  const email = await post.email();
  assert.match(email, new RegExp(`^To: ${ADA}`, "m"));
  const link = email.match(/http:\S+\/password\/reset\?token=\S+/)?.[0];
  assert.ok(link, email);

  await page.goto(link);
  await page.fill("#password", "short");
  await page.evaluate(() => { document.querySelector("form").noValidate = true; });
  await page.click("button.primary");
  assert.equal(await page.locator(".fault").count(), 1, "a password that is too short is told, and the link still works");
  await page.fill("#password", "another way to the sea");
  await page.click("button.primary");
  await page.waitForURL(/\/sign-in$/);
  assert.match(await page.textContent("[role=status]"), /Sign in with it/);

  await signIn(page, instance.url, ADA, PASSWORD);
  assert.equal(await page.locator(".fault").count(), 1, "the old password does not work");
  await page.fill("#password", "another way to the sea");
  await page.click("button.primary");
  await page.waitForURL(/\/o\/northwind-press$/);
  assert.match(await signedIn.goto(`${instance.url}/o/northwind-press`).then(answer => answer.url()), /\/sign-in/, "every other session ended");
  assert.equal((await page.goto(link)).status(), 404, "the link works once");

  const stranger = await open(browser);
  await stranger.goto(`${instance.url}/password/forgot`);
  await stranger.fill("#email", "nobody@northwind.example");
  await stranger.click("button.primary");
  assert.equal(await stranger.textContent("[role=status]"), said, "nobody learns who has an account");
  for (const each of [signedIn, page, stranger]) await each.context().close();
  await instance.stop();
  await post.stop();
});

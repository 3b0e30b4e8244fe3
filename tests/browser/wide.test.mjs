// Nothing is wider than its window: not without a script, and not with names that have no blank.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ORG } from "./people.mjs";
import { close, launch, open, sandbox, tooWide } from "./support.mjs";

const SITE = `${ORG}/p/northwind-site`, WEB = `${SITE}/website/website`;
let browser, demo;
before(async () => { [browser, demo] = await Promise.all([launch(), sandbox()]); });
after(async () => { await demo.stop(); await close(browser); });

const go = async (page, path) => {
  const answer = await page.goto(new URL(path, demo.url).href);
  assert.equal(answer.status(), 200, path);
};

test("without a script no list is wider than a phone", async () => {
  for (const locale of ["en-US", "fr-FR"]) {
    const page = await open(browser, { locale, javaScriptEnabled: false });
    await page.goto(demo.signInUrl);
    await page.setViewportSize({ width: 390, height: 900 });
    const lists = ["", "/settings/members", "/settings/invitations", "/settings/accounts", "/settings/keys", "/settings/activity"];
    for (const path of [...lists.map(path => ORG + path), `${WEB}/pages`, `${WEB}/posts`, `${SITE}/members`, `${SITE}/branding`, `${SITE}/domains`, `${SITE}/webhooks`, `${SITE}/files`, `${SITE}/files/trash`, `${SITE}/find?search=the`, SITE, "/account/keys",
      "/instance/people", "/instance/organizations", "/instance/backups"]) {
      await go(page, path);
      assert.equal(await tooWide(page), false, `${path}, ${locale}`);
    }
    await page.context().close();
  }
});

test("a name without blanks is broken, not cut", async () => {
  const page = await open(browser), name = "W".repeat(80);
  await page.goto(demo.signInUrl);
  await go(page, "/organizations/new");
  await page.fill("#name", name);
  await page.fill("#slug", "long");
  await page.click("dialog button.primary");
  await page.waitForURL(/\/o\/long$/);
  await go(page, "/o/long/projects/new");
  await page.fill("#name", name);
  await page.fill("#slug", "long");
  await page.click("dialog button.primary");
  await page.waitForURL(/\/p\/long$/);
  await go(page, "/o/long/settings/accounts/new");
  await page.fill("#name", name);
  await page.click("dialog button.primary");
  await page.waitForURL(/\/accounts\/[0-9a-f-]{36}$/);
  const account = page.url();
  for (const path of [`${account}/keys/new`, "/account/keys/new"]) {
    await go(page, path);
    await page.fill("#name", name);
    if (path.startsWith("/account")) await page.selectOption("#organization", { label: name });
    await page.click("dialog button.primary");
    await page.check("dialog .check input");
    await page.waitForSelector("#key");
  }
  await go(page, "/o/long/p/long/website/website/pages/new").catch(() => null);
  await page.fill("#name", name);
  await page.fill("#slug", "long");
  await page.click("dialog button.primary");
  await page.waitForURL(/\/pages\/[0-9a-f-]{36}/);
  const entry = page.url();
  const settings = ["/o/long/settings/keys", "/account/keys", "/o/long/settings/profile", "/o/long/settings/accounts", "/o/long/settings/activity", "/o/long/settings/members"];
  for (const path of ["/o/long", "/o/long/p/long", "/o/long/p/long/settings", "/o/long/p/long/website/website/pages", ...settings, account, entry]) {
    for (const width of [1440, 820, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await go(page, path);
      assert.equal(await tooWide(page), false, `${path} at ${width} px`);
    }
  }
});

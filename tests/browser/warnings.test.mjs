// The states that no usual day shows: a key that lives on for its grace alone, a key that reaches nothing, and a person without an organization.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { choose, leave, makeKey, ORG, PASSWORD, setUp } from "./people.mjs";
import { close, findings, launch, open, server, shot, tooWide } from "./support.mjs";

let browser, instance, ada;
before(async () => {
  [browser, instance] = await Promise.all([launch(), server()]);
  ada = await setUp(browser, instance, { bypassCSP: true });
});
after(async () => {
  await instance?.stop();
  await close(browser);
});

// Looks at the page as it stands, at the width of a desk and of a phone, in both themes.
const inspect = async (page, name) => {
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    assert.equal(await tooWide(page), false, `${name} scrolls sideways at ${width} px`);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await shot(page, `${name}-${colorScheme}-${width}`);
      assert.deepEqual(await findings(page), [], `${name}, ${colorScheme}, ${width} px`);
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
};
const go = (page, path) => page.goto(new URL(path, instance.url).href);

// Invites somebody, and comes back as them.
const welcome = async email => {
  await go(ada, `${ORG}/settings/invitations/new`);
  await ada.fill("#email", email);
  await choose(ada, "role", "collaborator");
  await ada.click("dialog button.primary");
  await ada.waitForSelector("#link");
  const link = await ada.inputValue("#link"), page = await open(browser, { bypassCSP: true });
  await page.goto(link);
  await page.fill("#name", "Grace Harbour");
  await page.fill("#password", PASSWORD);
  await page.click("button.primary");
  await page.waitForURL(/northwind-press/);
  return page;
};

test("a key whose successor is revoked says until when it lives, before and after", async () => {
  await makeKey(ada, "Nightly import");
  await leave(ada);
  const account = ada.url();
  const key = (await ada.getAttribute("a[href*='/rename']", "href")).replace(/\/rename.*/, "");
  await go(ada, `${key}/regenerate`);
  await choose(ada, "grace", "24h");
  await ada.click("dialog button.primary");
  await ada.waitForSelector("#key");
  await leave(ada, /\/(accounts|keys)/);
  await go(ada, account);
  const links = await ada.$$eval("a[href*='/revoke']", all => all.map(each => each.getAttribute("href")));
  const successor = links.find(each => !each.startsWith(key));
  await go(ada, successor);
  assert.match(await ada.textContent("dialog .note.warn"), /works until .*nothing takes its place/);
  await inspect(ada, "warning-before-revoke");
  await ada.click("dialog button.danger");
  await ada.waitForURL(page => !page.pathname.endsWith("/revoke"));
  await go(ada, key);
  await inspect(ada, "warning-key-for-its-grace");
  assert.match(await ada.textContent("main .note.warn"), /revoked/);
  const ends = await ada.textContent(".stats dd");
  assert.ok((await ada.textContent(".facts div:last-child dd")).startsWith(ends.split(" in ")[0].trim()), "the facts tell the same end");
  await go(ada, `${ORG}/settings/keys`);
  assert.match(await ada.textContent(`tr:has(a[href^="${key}"]) .why.warn-text`), /revoked/);
  await inspect(ada, "warning-keys");
});

test("a key of somebody without a project says that it reaches nothing; without an organization they read what happened", async () => {
  const grace = await welcome("grace@northwind.example");
  await go(grace, "/account/keys/new");
  await grace.fill("#name", "Notebook");
  await grace.click("dialog button.primary");
  await grace.waitForSelector("#key");
  await go(grace, "/account/keys");
  assert.ok(await grace.locator(".warn-text").first().isVisible());
  await inspect(grace, "warning-reaches-nothing");

  await go(ada, `${ORG}/settings/members`);
  await go(ada, await ada.getAttribute("tr:has-text('Grace') a[href$='/remove']", "href"));
  await ada.click("dialog button.danger");
  await ada.waitForURL(/\/settings\/members/);
  await go(grace, "/");
  assert.match(await grace.textContent("main .page-head"), /Northwind Press/);
  await inspect(grace, "without-organization");
});

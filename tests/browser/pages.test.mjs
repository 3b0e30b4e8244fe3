// Every page in both themes and on a phone: axe finds nothing, nothing scrolls sideways, a picture is kept.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findings, launch, open, sandbox, server, shot, tooWide } from "./support.mjs";

let browser, demo;
before(async () => { [browser, demo] = await Promise.all([launch(), sandbox()]); });
after(async () => { await browser?.close(); await demo?.stop(); });

const ORG = "/o/northwind-press", SITE = `${ORG}/p/northwind-site`;
const PAGES = {
  "projects": ORG,
  "keys": `${ORG}/settings/keys`,
  "keys-all": `${ORG}/settings/keys?status=all`,
  "keys-owner": `${ORG}/settings/keys/new`,
  "accounts": `${ORG}/settings/accounts`,
  "account-new": `${ORG}/settings/accounts/new`,
  "members": `${ORG}/settings/members`,
  "invitations": `${ORG}/settings/invitations`,
  "invitation-new": `${ORG}/settings/invitations/new`,
  "org-new": "/organizations/new",
  "org-profile": `${ORG}/settings/profile`,
  "org-transfer": `${ORG}/settings/profile/transfer`,
  "org-delete": `${ORG}/settings/profile/delete`,
  "policies": `${ORG}/settings/policies`,
  "search": `${ORG}/search?search=sea`,
  "activity": `${ORG}/settings/activity`,
  "project-new": `${ORG}/projects/new`,
  "dashboard": SITE,
  "project-settings": `${SITE}/settings`,
  "project-members": `${SITE}/members`,
  "project-delete": `${SITE}/settings/delete`,
  "website-pages": `${SITE}/website/website/pages`,
  "website-posts": `${SITE}/website/website/posts?status=draft`,
  "page-new": `${SITE}/website/website/pages/new`,
  "profile": "/account/profile",
  "password": "/account/password",
  "sessions": "/account/sessions",
  "notifications": "/account/notifications",
  "help": "/help",
  "help-keys": "/help/api-keys",
  "help-roles": "/help/roles",
  "own-keys": "/account/keys",
  "own-key-new": "/account/keys/new",
};

const look = async (name, path, signedIn) => {
  // The policy of the pages allows scripts with their nonce only; axe is a script of the test.
  const page = await open(browser, { bypassCSP: true });
  if (signedIn) await page.goto(demo.signInUrl);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      const answer = await page.goto(new URL(path, demo.url).href);
      assert.equal(answer.status(), 200, `${path} answers`);
      await shot(page, `${name}-${colorScheme}-${width}`);
      assert.deepEqual(await findings(page), [], `${name}, ${colorScheme}, ${width} px`);
      assert.equal(await tooWide(page), false, `${name} scrolls sideways at ${width} px, ${colorScheme}`);
    }
  }
  await page.context().close();
};

for (const [name, path] of Object.entries(PAGES)) test(`the page ${name}`, () => look(name, path, true));
for (const [name, path] of Object.entries({ "sign-in": "/sign-in", "forgot": "/password/forgot", "help-outside": "/help/getting-started" })) test(`the page ${name}`, () => look(name, path, false));

test("the set-up page", async () => {
  const fresh = await server();
  const page = await open(browser, { bypassCSP: true });
  await page.goto(fresh.setup);
  assert.deepEqual(await findings(page), []);
  await shot(page, "set-up");
  await page.context().close();
  await fresh.stop();
});

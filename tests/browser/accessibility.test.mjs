// Every page and every state of it, in both themes, both languages and all widths: axe finds nothing, nothing scrolls sideways. It takes
// the longest, and begins: files are run in the order of their names.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ADA, choose, ORG, setUp, signIn } from "./people.mjs";
import { close, findings, launch, open, postbox, sandbox, server, shot, tooWide } from "./support.mjs";

const SITE = `${ORG}/p/northwind-site`, WEB = `${SITE}/website/website`, KB = `${SITE}/kb/help`, EMPTY = "/o/empty-house";
const PASSWORD = "northwind-demo";
// What is called so differs with each start of the sandbox: it is found on a page.
const at = {};
let browser, demo;
const seats = new Map();

// The page of a browser of somebody's own in which this language is spoken.
const seat = async (who, locale) => {
  const name = `${who} ${locale}`;
  if (!seats.has(name)) {
    // The policy of the pages allows scripts with their nonce only; axe is a script of the test.
    const page = await open(browser, { bypassCSP: true, locale });
    if (who === "ada") await page.goto(demo.signInUrl);
    else if (who !== "nobody") await signIn(page, demo.url, `${who}@northwind.example`, PASSWORD);
    seats.set(name, page);
  }
  return seats.get(name);
};

const go = async (page, path, status = 200) => {
  let answer = await page.goto(new URL(path, demo.url).href);
  if (page.url().includes("/confirm?next=")) { // this run takes longer than a password counts
    await page.fill("#password", PASSWORD);
    await page.click("button.primary");
    answer = await page.goto(new URL(path, demo.url).href);
  }
  assert.equal(answer.status(), status, `${path} answers`);
};
const href = async (page, path, selector) => { await go(page, path); return page.getAttribute(selector, "href"); };

before(async () => {
  [browser, demo] = await Promise.all([launch(), sandbox()]);
  const page = await seat("ada", "en-US");
  await go(page, "/organizations/new");
  await page.fill("#name", "Empty house");
  await page.click("dialog button.primary");
  await page.waitForURL(new RegExp(`${EMPTY}$`));
  await go(page, `${EMPTY}/projects/new`);
  await page.fill("#name", "Nothing");
  await page.click("dialog button.primary");
  await page.waitForURL(/\/p\/nothing$/);
  at.account = await href(page, `${ORG}/settings/accounts`, "tr:has-text('Deployment') .lead a");
  at.key = (await href(page, at.account, "a[href*='/rename']")).replace(/\/rename.*/, "");
  at.member = (await href(page, `${ORG}/settings/members`, "tr:has-text('Daoud') a[href$='/remove']"));
  at.cancel = await href(page, `${ORG}/settings/invitations`, "a[href$='/cancel']");
  await go(page, `${SITE}/branding/new`);
  await page.fill("#name", "Journal");
  await page.click("dialog button.primary");
  await page.waitForSelector("#branding");
  at.branding = page.url();
  await go(page, `${SITE}/webhooks/new`);
  await page.fill("#url", "http://127.0.0.1:9/hooks/with/a/long/path/to/the/index");
  await page.fill("#description", "The index of the search");
  await page.click("dialog button.primary");
  await page.waitForSelector("#key");
  at.webhook = await href(page, `${SITE}/webhooks`, "tbody .lead a");
  await go(page, at.webhook);
  await page.click("form[action$='/ping'] button");
  at.message = await href(page, at.webhook, "tbody .lead a");
  at.app = await href(page, `${SITE}/settings`, "a[href*='/settings/apps/']");
  at.page = await href(page, `${WEB}/pages`, "tbody tr:first-child a");
  at.post = await href(page, `${WEB}/posts`, "tbody tr:first-child a");
  await go(page, `${ORG}/settings/invitations/new`);
  await page.fill("#email", "grace@example.com");
  await page.click("dialog button.primary");
  at.link = page.url();
  at.invitation = await page.inputValue("#link");
});
after(() => close(browser));

// Sends the form of the page without the browser's own checks.
const send = async (page, selector = "dialog form", button = `${selector} button:is(.primary, .danger)`) => {
  await page.$eval(selector, form => { form.noValidate = true; });
  await Promise.all([page.waitForEvent("load"), page.click(button)]);
};
// A form that is sent when the session is over.
const carry = async page => {
  if (!page.url().endsWith(ORG)) await signIn(page, demo.url, "eva@northwind.example", PASSWORD);
  await page.waitForURL(/northwind-press$/);
  await go(page, `${WEB}/pages/new`);
  await page.fill("#name", "Typed before");
  await page.context().clearCookies({ name: "stele" });
  await send(page);
};
// The editor's buttons stand in its bar.
const save = page => send(page, "#entry", ".bar button.primary");
const makePage = async (page, name, slug = "") => {
  await go(page, `${WEB}/pages/new`);
  await page.fill("#name", name);
  if (slug) await page.fill("#slug", slug);
  await send(page);
  await page.waitForSelector("#entry");
};
// What asks before a category goes.
const askTrash = async page => {
  await go(page, `${KB}/categories/new`);
  await page.fill("#name", `Mail ${at.mail = (at.mail ?? 0) + 1}`);
  await send(page);
  await page.waitForSelector("#entry");
  await go(page, `${page.url()}/trash`);
};
const trash = async page => { await page.click(".bar summary"); await page.click(".bar form[action$='/trash'] button"); };
const opened = (path, selector) => async page => { await go(page, path); await page.click(selector); };

const STATES = {
  "projects": ORG,
  "keys": `${ORG}/settings/keys`,
  "keys-all": `${ORG}/settings/keys?status=all`,
  "keys-owner": `${ORG}/settings/keys/new`,
  "keys-nothing": `${ORG}/settings/keys?search=zzzz`,
  "key-new": page => go(page, `${at.account}/keys/new`),
  "key-new-faults": async page => { await go(page, `${at.account}/keys/new`); await choose(page, "expiry", "date"); await page.fill("[name=until]", "2001-01-01"); await send(page); },
  "key-shown": async page => { await go(page, `${at.account}/keys/new`); await page.fill("#name", "A key with a long name, for the nightly import"); await send(page); await page.waitForSelector("#key"); },
  "key": page => go(page, at.key),
  "key-day": page => go(page, `${at.key}?span=24h`),
  "key-rename": page => go(page, `${at.key}/rename`),
  "key-restrict": page => go(page, `${at.key}/restrict`),
  "key-regenerate": page => go(page, `${at.key}/regenerate`),
  "key-revoke": page => go(page, `${at.key}/revoke`),
  "accounts": `${ORG}/settings/accounts`,
  "account": page => go(page, at.account),
  "account-new": `${ORG}/settings/accounts/new`,
  "account-new-faults": async page => { await go(page, `${ORG}/settings/accounts/new`); await send(page); },
  "account-edit": page => go(page, `${at.account}/edit`),
  "account-disable": page => go(page, `${at.account}/disable`),
  "account-delete": page => go(page, `${at.account}/delete`),
  "members": `${ORG}/settings/members`,
  "member-remove": page => go(page, at.member),
  "invitations": `${ORG}/settings/invitations`,
  "invitation-new": `${ORG}/settings/invitations/new`,
  "invitation-link": page => go(page, at.link),
  "invitation-cancel": page => go(page, at.cancel),
  "invitation-over": { who: "nobody", reach: page => go(page, "/invitations/accept?token=nothing", 404) },
  "invitation-accept": { who: "nobody", reach: page => go(page, at.invitation) },
  "org-new": "/organizations/new",
  "org-profile": `${ORG}/settings/profile`,
  "org-transfer": `${ORG}/settings/profile/transfer`,
  "org-delete": `${ORG}/settings/profile/delete`,
  "policies": `${ORG}/settings/policies`,
  "brandings": `${SITE}/branding`,
  "empty-brandings": `${EMPTY}/p/nothing/branding`,
  "branding-new": `${SITE}/branding/new`,
  "branding": page => go(page, at.branding),
  "branding-faults": async page => { await go(page, at.branding); await page.fill("#colorPrimary", "red"); await page.fill("#name", ""); await send(page, "#branding", ".bar button.primary"); },
  "branding-delete": page => go(page, `${at.branding}/delete`),
  "empty-files": `${EMPTY}/p/nothing/files`,
  "file-folder-new": `${SITE}/files/folders/new`,
  "file-upload": `${SITE}/files/upload`,
  "file-upload-faults": async page => { await go(page, `${SITE}/files/upload`); await send(page); },
  "file-trash": `${SITE}/files/trash`,
  "domains": async page => {
    await go(page, `${SITE}/domains`);
    if (await page.locator("text=journal.example.org").count()) return;
    await go(page, `${SITE}/domains/new`);
    await page.fill("#hostname", "journal.example.org");
    await send(page);
  },
  "empty-domains": `${EMPTY}/p/nothing/domains`,
  "domain-new": `${SITE}/domains/new`,
  "domain-new-faults": async page => { await go(page, `${SITE}/domains/new`); await page.fill("#hostname", "https://x"); await send(page); },
  "webhooks": page => go(page, at.webhook.replace(/\/[^/]*$/, "")),
  "empty-webhooks": `${EMPTY}/p/nothing/webhooks`,
  "webhook": page => go(page, at.webhook),
  "webhook-message": page => go(page, at.message),
  "webhook-new": `${SITE}/webhooks/new`,
  "webhook-new-faults": async page => { await go(page, `${SITE}/webhooks/new`); await page.fill("#url", "ftp://x"); await send(page); },
  "webhook-shown": async page => { await go(page, `${at.webhook}/secret`); await page.click("dialog form button.primary"); },
  "webhook-edit": page => go(page, `${at.webhook}/edit`),
  "webhook-secret": page => go(page, `${at.webhook}/secret`),
  "webhook-delete": page => go(page, `${at.webhook}/delete`),
  "search": `${ORG}/search?search=sea`,
  "search-outside": "/search",
  "activity": `${ORG}/settings/activity`,
  "project-new": `${ORG}/projects/new`,
  "archive-import": `${ORG}/projects/import`,
  "archive-import-faults": async page => {
    await go(page, `${ORG}/projects/import`);
    await page.setInputFiles("#file", { name: "site.jsonl", mimeType: "application/jsonl", buffer: Buffer.from("hello\n") });
    await send(page);
  },
  "project-new-faults": async page => { await go(page, `${ORG}/projects/new`); await page.fill("#slug", "No slug"); await page.selectOption("#defaultLocale", "other"); await page.fill("[name=otherLocale]", "?"); await send(page); },
  "dashboard": SITE,
  "dashboard-day": async page => { await go(page, `${SITE}?span=24h`); await page.click("figure summary"); await page.evaluate(() => scrollTo(0, 0)); },
  "project-settings": `${SITE}/settings`,
  "project-app": page => go(page, at.app),
  "project-app-faults": async page => { await go(page, at.app); await page.fill("#name", ""); await send(page, "form.sheet"); },
  "project-member-new": `${SITE}/members/new`,
  "project-members": `${SITE}/members`,
  "find": `${SITE}/find?search=the`,
  "find-narrowed": `${SITE}/find?search=the&type=website_page&language=en`,
  "find-nothing": `${SITE}/find?search=zzzz`,
  "empty-find": `${SITE}/find`,
  "project-delete": `${SITE}/settings/delete`,
  "website-redirects": `${WEB}/redirects`,
  "website-redirects-new": `${WEB}/redirects/new`,
  "website-redirects-new-faults": async page => { await go(page, `${WEB}/redirects/new`); await send(page); },
  "website-pages": `${WEB}/pages`,
  "website-posts": `${WEB}/posts?status=draft`,
  "website-pages-chosen": async page => { await go(page, `${WEB}/pages`); await page.check("#several [name=all]"); },
  "website-pages-refused": async page => {
    await go(page, `${WEB}/pages`);
    await page.check(".pick");
    await page.$eval(".pick", box => { box.value = box.value.replace(/ \d+ /, " 0 "); });
    await page.click("#several [value=unpublish]");
  },
  "website-pages-nothing": `${WEB}/pages?search=zzzz`,
  "page-new": `${WEB}/pages/new`,
  "page-edit": page => go(page, at.page),
  "page-edit-faults": async page => { await go(page, at.page); await page.fill("#name", ""); await page.fill("#slug", "No slug"); await save(page); },
  "page-edit-stale": async page => { await go(page, at.page); await page.$eval("#entry [name=version]", field => { field.value = "0"; }); await save(page); },
  "page-trashed": async page => { await makePage(page, "Gone"); await trash(page); await page.waitForSelector(".toast"); },
  "page-not-restored": async page => {
    const slug = `twice-${at.twice = (at.twice ?? 0) + 1}`;
    await makePage(page, "Twice", slug);
    await trash(page);
    const undo = await page.getAttribute("form.toast, .toast form", "action");
    await makePage(page, "Twice again", slug);
    // What the button of the page before sends, once somebody else has taken the address.
    await page.evaluate(action => {
      const form = Object.assign(document.createElement("form"), { method: "post", action });
      document.body.append(form);
      form.submit();
    }, undo);
    await page.waitForSelector("dialog[open]");
  },
  "post-edit": page => go(page, `${at.post}?locale=fr`),
  "special-pages": `${WEB}/special`,
  "special-page": `${WEB}/sign-in-page`,
  "articles": `${KB}/articles`,
  "article-new": `${KB}/articles/new`,
  "empty-categories": `${KB}/categories`,
  "category-new": `${KB}/categories/new`,
  "category-trash": page => askTrash(page),
  "help-landing": `${KB}/landing`,
  "profile": "/account/profile",
  "password": "/account/password",
  "password-faults": async page => { await go(page, "/account/password"); await page.fill("#password", "wrong"); await page.fill("#new-password", "short"); await send(page, "form.sheet"); },
  "sessions": "/account/sessions",
  "instance-people": "/instance/people",
  "instance-people-nothing": "/instance/people?search=zzzz",
  "instance-organizations": "/instance/organizations",
  "instance-backups": "/instance/backups",
  "notifications": { who: "bruno", reach: "/account/notifications" },
  "notifications-none": "/account/notifications",
  "help": "/help",
  "help-keys": "/help/api-keys",
  "help-clients": "/help/clients",
  "help-agents": "/help/agents",
  "help-builds": "/help/builds",
  "help-elsewhere": "/help/elsewhere",
  "help-front-ends": "/help/front-ends",
  "help-webhooks": "/help/webhooks",
  "help-roles": "/help/roles",
  "help-which": "/help/which-key?at=northwind-press",
  "help-tokens": "/help/tokens",
  "help-questions": "/help/questions",
  "help-found": "/help?search=lost%20key",
  "help-narrowed": async page => { await go(page, "/help/questions"); await page.fill("#help-search", "lost"); await page.waitForSelector("#rejected:not(:visible)", { state: "attached" }); },
  "own-keys": { who: "bruno", reach: "/account/keys" },
  "own-keys-none": { who: "daoud", reach: "/account/keys" },
  "own-key-new": "/account/keys/new",
  "empty-projects-one": EMPTY,
  "empty-dashboard": `${EMPTY}/p/nothing`,
  "empty-pages": `${EMPTY}/p/nothing/website/website/pages`,
  "empty-keys": `${EMPTY}/settings/keys`,
  "empty-accounts": `${EMPTY}/settings/accounts`,
  "empty-invitations": `${EMPTY}/settings/invitations`,
  "empty-project-members": `${EMPTY}/p/nothing/members`,
  "open-row-menu": opened(`${ORG}/settings/keys`, "tbody tr:first-child summary"),
  "open-switcher": { widths: [1440, 1280], reach: opened(ORG, ".sidebar > details summary") },
  "open-person": { widths: [1440, 1280], reach: opened(ORG, ".sidebar > .foot summary") },
  "open-navigation": { widths: [820, 390], reach: opened(SITE, ".open-nav") },
  "open-palette": async page => { await go(page, SITE); await page.keyboard.press("Control+k"); await page.fill("#palette input", "sea"); await page.waitForSelector("#palette li[data-found]"); },
  "open-palette-nothing": async page => { await go(page, SITE); await page.keyboard.press("Control+k"); await page.fill("#palette input", "zzzz"); await page.waitForSelector("#palette .none:visible"); },
  "open-dialog": async page => { await opened(`${WEB}/pages`, ".page-head a.primary")(page); await page.waitForSelector("dialog:modal"); },
  "confirm": "/confirm?next=/account/keys/new",
  "error-403": { who: "daoud", reach: page => go(page, `${ORG}/settings/keys`, 403) },
  "error-404": page => go(page, "/o/nowhere", 404),
  "error-405": page => go(page, "/account/notifications/read", 405),
  "sign-in": { who: "nobody", reach: "/sign-in" },
  "sign-in-faults": { who: "nobody", reach: async page => { await signIn(page, demo.url, "nobody@northwind.example", "nothing"); await page.waitForSelector(".fault"); } },
  "sign-in-carry": { who: "eva", reach: page => carry(page) },
  "sign-in-resumed": { who: "eva", reach: async page => {
    await carry(page);
    await page.fill("#email", "eva@northwind.example");
    await page.fill("#password", PASSWORD);
    await page.click("button.primary");
    await page.waitForSelector("dialog .note.warn");
  } },
  "forgot": { who: "nobody", reach: "/password/forgot" },
  "help-outside": { who: "nobody", reach: "/help/getting-started" },
};

// Resizes the page to each width, looks whether it fits, and has axe and a picture at the widths of a desk and a phone.
const inspect = async (page, name, widths, themes) => {
  for (const width of widths) {
    await page.setViewportSize({ width, height: width === 720 ? 450 : 900 }); // 720 by 450 is a desk at 200 %
    assert.equal(await tooWide(page), false, `${name} scrolls sideways at ${width} px`);
    if (width !== widths[0] && width !== widths.at(-1)) continue;
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await shot(page, `${name}-${theme}-${width}`);
      // A theme is colours and nothing else.
      assert.deepEqual(await findings(page, theme === "dark" && ["color-contrast", "link-in-text-block"]), [], `${name}, ${theme}, ${width} px`);
    }
    await page.emulateMedia({ colorScheme: "light" });
  }
};

const look = async (name, state) => {
  const { who = "ada", widths, reach } = state.reach ? state : { reach: state };
  for (const [locale, themes, usual] of [["en-US", ["light", "dark"], [1440, 1280, 820, 720, 390]], ["fr-FR", ["light"], [1440, 390]]]) {
    const page = await seat(who, locale), sizes = widths ?? usual;
    await page.setViewportSize({ width: sizes[0], height: 900 });
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await (typeof reach === "string" ? go(page, reach) : reach(page));
    assert.equal(await page.getAttribute("html", "lang"), locale.slice(0, 2));
    await inspect(page, locale === "fr-FR" ? `${name}-fr` : name, sizes, themes);
  }
};

for (const [name, state] of Object.entries(STATES)) test(`the page ${name}`, () => look(name, state));

test("the pages before anybody signs in: set-up, and a new password", async () => {
  const post = await postbox();
  const fresh = await server("--smtp-url", `smtp://127.0.0.1:${post.port}`, "--mail-from", "stele@northwind.example");
  const page = await open(browser, { bypassCSP: true });
  await page.goto(fresh.url);
  await inspect(page, "set-up-waiting", [1440, 390], ["light", "dark"]);
  await page.goto(fresh.setup);
  await inspect(page, "set-up", [1440, 820, 390], ["light", "dark"]);
  await (await setUp(browser, fresh)).context().close();
  await page.goto(fresh.setup);
  await inspect(page, "set-up-done", [1440, 390], ["light"]);
  await page.goto(`${fresh.url}/password/forgot`);
  await page.fill("#email", ADA);
  await page.click("button.primary");
  await page.waitForSelector("[role=status]");
  await inspect(page, "forgot-sent", [1440, 390], ["light"]);
  await page.goto((await post.email()).match(/http:\S+token=\S+/)[0]);
  await inspect(page, "reset", [1440, 390], ["light", "dark"]);
  await fresh.stop();
  await post.stop();
});

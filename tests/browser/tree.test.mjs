// The tree of categories: put in order by keys, by hand, and without a script by buttons.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { close, findings, launch, open, sandbox, shot, tooWide } from "./support.mjs";

const TREE = "/o/northwind-press/p/northwind-site/kb/help/categories";
let browser, demo, token, ids;

const call = async (path, body) => {
  const headers = { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
  const answer = await fetch(`${demo.apiUrl}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  return answer.json();
};

before(async () => {
  browser = await launch();
});

// Mail holds Boats and Lost, Boats holds Late; the archive stands behind.
beforeEach(async () => {
  await demo?.stop();
  demo = await sandbox();
  token = undefined;
  ({ token } = await call("/auth/token", { apiKey: demo.serviceKey }));
  const all = `/organizations/${demo.organizationId}/projects/${demo.projectId}/apps/kb/${demo.apps.help}/categories`;
  ids = {};
  for (const [slug, parent] of [["mail"], ["boats", "mail"], ["late", "boats"], ["lost", "mail"], ["archive"]]) {
    const title = { en: slug, ...(slug === "mail" && { fr: "Courrier" }) };
    ids[slug] = (await call(all, { name: slug, slug: `tree-${slug}`, parentId: ids[parent] ?? null, title })).id;
  }
});

after(async () => {
  await demo?.stop();
  await close(browser);
});

const seat = async options => {
  const page = await open(browser, options);
  await page.goto(demo.signInUrl);
  await page.goto(`${demo.url}${TREE}`);
  return page;
};

// What is shown of ours, as `mail(boats(late) lost) archive`.
const told = page => page.evaluate(ids => {
  const tell = list => [...list.children].filter(item => ids.includes(item.dataset.id)).map(item => {
    const below = item.querySelector(":scope > ul");
    return item.querySelector("b").textContent + (below ? `(${tell(below)})` : "");
  }).join(" ");
  return tell(document.querySelector("#tree > .tree"));
}, Object.values(ids));

const grip = (page, slug) => page.locator(`li[data-id="${ids[slug]}"] > .line .grip`);
const line = (page, slug) => page.locator(`li[data-id="${ids[slug]}"] > .line`);
const becomes = (page, wanted) => page.waitForFunction(([wanted, ids]) => {
  const tell = list => [...list.children].filter(item => ids.includes(item.dataset.id)).map(item => {
    const below = item.querySelector(":scope > ul");
    return item.querySelector("b").textContent + (below ? `(${tell(below)})` : "");
  }).join(" ");
  return tell(document.querySelector("#tree > .tree")) === wanted;
}, [wanted, Object.values(ids)]);

test("Alt with the arrow keys moves one, keeps the focus on it, and says where it is", async () => {
  const page = await seat();
  assert.equal(await told(page), "mail(boats(late) lost) archive");
  await grip(page, "lost").focus();
  for (const [key, wanted] of [
    ["ArrowUp", "mail(lost boats(late)) archive"],
    ["ArrowDown", "mail(boats(late) lost) archive"],
    ["ArrowRight", "mail(boats(late lost)) archive"],
    ["ArrowLeft", "mail(boats(late) lost) archive"],
    ["ArrowLeft", "mail(boats(late)) lost archive"],
  ]) {
    await page.keyboard.press(`Alt+${key}`);
    await becomes(page, wanted);
    assert.equal(await page.evaluate(() => document.activeElement.closest("li")?.dataset.id), ids.lost, key);
  }
  await page.waitForFunction(() => /lost is \d+ of \d+ at the top/.test(document.querySelector("body > [role=status]")?.textContent ?? ""));
  assert.ok(page.url().endsWith(TREE), "an arrow is no step in the history");
  await page.reload();
  assert.equal(await told(page), "mail(boats(late)) lost archive");
  await page.context().close();
});

const drag = async (page, slug, over, part, { drop = true } = {}) => {
  const from = await grip(page, slug).boundingBox(), to = await line(page, over).boundingBox();
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + 90, to.y + to.height * part, { steps: 8 });
  if (drop) await page.mouse.up();
};

test("a hand drags one before, behind and below another, and lets it go by Escape", async () => {
  const page = await seat();
  await drag(page, "archive", "boats", .15);
  await becomes(page, "mail(archive boats(late) lost)");
  await drag(page, "archive", "lost", .9);
  await becomes(page, "mail(boats(late) lost archive)");
  await drag(page, "archive", "late", .5);
  await becomes(page, "mail(boats(late(archive)) lost)");
  await drag(page, "boats", "lost", .5, { drop: false });
  assert.equal(await line(page, "lost").getAttribute("data-drop"), "into");
  await page.keyboard.press("Escape");
  assert.equal(await line(page, "lost").getAttribute("data-drop"), null);
  await page.mouse.up();
  // Nothing goes into itself: there is no mark, and nothing is sent.
  await drag(page, "mail", "late", .5, { drop: false });
  assert.equal(await page.locator("[data-drop]").count(), 0);
  await page.mouse.up();
  assert.equal(await told(page), "mail(boats(late(archive)) lost)");
  await page.context().close();
});

test("without a script the buttons of its menu do the same", async () => {
  const page = await seat({ javaScriptEnabled: false, viewport: { width: 390, height: 900 } });
  assert.equal(await grip(page, "mail").isVisible(), false);
  for (const [slug, button, words] of [["archive", "Move up", "archive is"], ["boats", "Move out", "at the top"]]) {
    await line(page, slug).locator("summary").click();
    await line(page, slug).getByRole("button", { name: button }).click();
    await page.waitForSelector(".note.ok");
    assert.match(await page.textContent(".note.ok"), new RegExp(words));
  }
  await line(page, "mail").locator("summary").click();
  await line(page, "mail").getByRole("link", { name: "New category in it" }).click();
  assert.equal(await page.inputValue("[name=parentId]"), ids.mail);
  await page.context().close();
});

test("the tree fits a phone and a desk, light and dark, in both languages", async () => {
  for (const locale of ["en-US", "fr-FR"]) {
    const page = await seat({ locale, bypassCSP: true }); // axe is a script of the test
    for (const width of [1440, 820, 390]) {
      await page.setViewportSize({ width, height: 900 });
      assert.equal(await tooWide(page), false, `${locale} at ${width} px`);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await shot(page, `tree-${locale.slice(0, 2)}-${colorScheme}-${width}`);
        assert.deepEqual(await findings(page), [], `${locale}, ${colorScheme}, ${width} px`);
      }
    }
    await page.context().close();
  }
});

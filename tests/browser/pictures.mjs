// Makes the pictures of the help: the real pages of a sandbox, in each language, light and dark. `node tests/browser/pictures.mjs` writes static/help/.
import { mkdirSync, writeFileSync } from "node:fs";
import { ORG } from "./people.mjs";
import { close, launch, sandbox } from "./support.mjs";

const FOLDER = new URL("../../static/help/", import.meta.url).pathname;
const SIZE = { width: 1280, height: 800 };

const first = (page, pattern) => page.$$eval("main a", (links, text) => links.map(link => link.getAttribute("href")).find(to => new RegExp(text).test(to)), pattern);

// Each leads a page to what its picture shows.
const PICTURES = {
  dashboard: (page, go) => go(`${ORG}/p/northwind-site`),
  accounts: (page, go) => go(`${ORG}/settings/accounts`),
  key: async (page, go) => { await go(`${ORG}/settings/keys`); await go(await first(page, "/keys/[0-9a-f-]{36}$")); },
  "key-new": async (page, go) => { await go(`${ORG}/settings/keys`); await page.click("a.primary[data-dialog]"); await page.click("dialog:modal >> text=Nightly import"); await page.waitForSelector("dialog:modal [name=name]"); },
};

mkdirSync(FOLDER, { recursive: true });
const demo = await sandbox("--seed", "1");
const browser = await launch();
for (const locale of ["en", "fr"]) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ locale, colorScheme, viewport: SIZE, reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.goto(demo.signInUrl);
    for (const [name, reach] of Object.entries(PICTURES)) {
      await reach(page, path => page.goto(demo.url + path, { waitUntil: "networkidle" }));
      const devtools = await context.newCDPSession(page);
      const { data } = await devtools.send("Page.captureScreenshot", { format: "webp", quality: 80 });
      writeFileSync(`${FOLDER}${name}-${locale}-${colorScheme}.webp`, Buffer.from(data, "base64"));
    }
    await context.close();
  }
}
await close(browser);

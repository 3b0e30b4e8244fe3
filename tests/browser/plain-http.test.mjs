// Plain http on a name of the local network: no secure context, so neither Fetch Metadata nor a clipboard.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { exchange, leave, makeKey, ORG, setUp } from "./people.mjs";
import { close, launch, server } from "./support.mjs";

let browser;
before(async () => { browser = await launch("--host-resolver-rules=MAP stele.lan 127.0.0.1"); });
after(() => close(browser));

const onLan = address => address.replace("127.0.0.1", "stele.lan");

test("from the first start to the first key over plain http on a name of the local network", async () => {
  const instance = await server();
  const page = await setUp(browser, { ...instance, setup: onLan(instance.setup) });
  assert.equal(new URL(page.url()).hostname, "stele.lan");
  assert.deepEqual(await page.evaluate(() => [isSecureContext, navigator.clipboard === undefined]), [false, true]);
  const key = await makeKey(page, "Nightly");
  assert.equal((await exchange(instance.url, key)).status, 200);
  const button = page.locator("[data-copy='#key']").first();
  await button.click();
  await page.waitForFunction(() => document.querySelector("[data-copy='#key'] use").getAttribute("href").endsWith("#check"));
  assert.equal(await button.evaluate(one => one === document.activeElement), true, "the focus stays");
  await leave(page);
  await page.goto(`${onLan(instance.url)}${ORG}/projects/new`);
  await page.focus("#name");
  await page.keyboard.press("Control+V");
  assert.equal(await page.inputValue("#name"), key, "it was copied");
  await page.context().close();
  await instance.stop();
});

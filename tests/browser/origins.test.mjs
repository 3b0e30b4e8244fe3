// Other origins: pages of other sites that use the API, of which a browser lets those that are named, and no others; and plain http on a name of
// the local network, where there is no secure context, so neither Fetch Metadata nor a clipboard.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { exchange, leave, makeKey, ORG, setUp } from "./people.mjs";
import { close, launch, open, sandbox, server } from "./support.mjs";

let browser;
before(async () => { browser = await launch("--host-resolver-rules=MAP stele.lan 127.0.0.1"); });
after(() => close(browser));

// A site with one empty page: its origin, and `stop`.
const site = async () => {
  const server = createServer((_, answer) => answer.end("<!doctype html><title>Another site</title>"));
  await new Promise(done => server.listen(0, "127.0.0.1", done));
  return { origin: `http://127.0.0.1:${server.address().port}`, stop: () => { server.closeAllConnections(); server.close(); } };
};

// What a page of that site gets: from a key to the names of the pages, and to a write that names a version.
const use = async (origin, demo) => {
  const page = await open(browser);
  await page.goto(origin);
  const got = await page.evaluate(async ({ api, key, pages }) => {
    const json = async (path, options = {}) => {
      const answer = await fetch(`${api}${path}`, { ...options, headers: { "Content-Type": "application/json", ...options.headers } });
      return { status: answer.status, tag: answer.headers.get("etag"), body: await answer.json() };
    };
    const document = await json("/openapi.json").catch(error => error.message);
    try {
      const { body: { token } } = await json("/auth/token", { method: "POST", body: JSON.stringify({ apiKey: key }) });
      const Authorization = `Bearer ${token}`;
      const list = await json(pages, { headers: { Authorization } });
      const path = `${pages}/${list.body.data[0].id}`;
      const { tag } = await json(path, { headers: { Authorization } });
      const written = await json(path, { method: "PATCH", headers: { Authorization, "If-Match": tag }, body: "{}" });
      return { document: document.status, names: list.body.data.map(one => one.name), tag, written: written.status };
    } catch (error) {
      return { document: document.status, error: error.message };
    }
  }, demo);
  await page.context().close();
  return got;
};

test("a page on another port exchanges a key, lists pages and changes one, if its origin is named", async () => {
  const [friend, stranger] = await Promise.all([site(), site()]);
  const told = await sandbox("--cors-origins", friend.origin);
  const { organizationId, projectId, apps } = told;
  const demo = { api: `${told.url}/api`, key: told.serviceKey, pages: `/organizations/${organizationId}/projects/${projectId}/apps/website/${Object.values(apps)[0]}/pages` };
  const got = await use(friend.origin, demo);
  assert.equal(got.error, undefined);
  assert.ok(got.document === 200 && got.names.length > 0 && got.tag && got.written === 200, JSON.stringify(got));
  const refused = await use(stranger.origin, demo);
  assert.deepEqual(refused, { document: 200, error: "Failed to fetch" });
  await told.stop();
  friend.stop();
  stranger.stop();
});

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

test("calls are tried from the reference, and nothing that it shows or asks for comes from elsewhere", async () => {
  const told = await sandbox();
  const page = await open(browser), asked = [], faults = [];
  page.on("request", request => asked.push(request.url()));
  page.on("console", message => { if (message.type() === "error") faults.push(message.text()); });
  await page.goto(told.signInUrl);
  await page.goto(`${told.url}/docs/try`);
  await page.getByRole("link", { name: "Reading and writing" }).waitFor();
  await page.getByText("The caller").first().click();
  await page.getByRole("button", { name: /Test Request.*whoami/i }).first().click();
  // What sends is there before it can: only what stands where the answer comes tells that all of it is.
  await page.getByRole("button", { name: "Send Request" }).waitFor();
  const answered = page.waitForResponse(`${told.url}/api/whoami`);
  await page.getByRole("button", { name: /^Send/ }).first().click();
  const answer = await answered;
  assert.equal(answer.status(), 200);
  assert.match(answer.request().headers().authorization, /^Bearer stele_try_/);
  assert.equal((await answer.json()).name, "Ada Winter");
  const elsewhere = asked.filter(url => !url.startsWith(`${told.url}/`) && !/^(data|blob):/.test(url));
  assert.deepEqual([elsewhere, faults], [[], []]);
  await page.context().close();
  await told.stop();
});

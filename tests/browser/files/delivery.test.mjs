// Files at their addresses in a real browser: pictures are shown, and nothing of what somebody has sent ever runs on this origin.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { close, launch, open, sandbox } from "../support.mjs";

let browser, told;
before(async () => { [browser, told] = await Promise.all([launch(), sandbox()]); });
after(async () => { await told?.stop(); await close(browser); });

const MARK = "document.documentElement.dataset.ran = 1; fetch('/ran')";
const SENT = {
  "picture.svg": `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30" onload="${MARK}"><script>${MARK}</script><rect width="40" height="30"/></svg>`,
  "page.html": `<!doctype html><title>x</title><script>${MARK}</script><img src="x" onerror="${MARK}">`,
  "lie.png": `<html><script>${MARK}</script>`,
  "script.js": MARK,
};

// Sends a public file; its address.
const send = async (name, bytes) => {
  const api = `${told.url}/api`;
  const exchanged = await fetch(`${api}/auth/token`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ apiKey: told.serviceKey }) });
  const { token } = await exchanged.json();
  const form = new FormData();
  form.append("isPublic", "true");
  form.append("file", new Blob([bytes]), name);
  const path = `${api}/organizations/${told.organizationId}/projects/${told.projectId}/files`;
  const answer = await fetch(path, { method: "POST", headers: { Authorization: `Bearer ${token}` }, body: form });
  const { data: [file] } = await answer.json();
  return `${told.url}/files/${file.id}/${file.filename}`;
};

test("what somebody has sent never runs, however it is opened", async () => {
  const page = await open(browser);
  const asked = [];
  page.on("request", request => asked.push(request.url()));
  for (const [name, bytes] of Object.entries(SENT)) {
    const url = await send(name, bytes);
    // What is downloaded is no page, which the browser reports as a failure.
    await page.goto(url).catch(error => assert.match(error.message, /download/i, name));
    await page.goto(`${told.url}/sign-in`);
    const ran = await page.evaluate(async url => {
      const loaded = (tag, name) => new Promise(done => {
        const one = Object.assign(document.createElement(tag), { [name]: url });
        one.onload = one.onerror = done;
        document.body.append(one);
      });
      await loaded("img", "src");
      await loaded("script", "src");
      return document.documentElement.dataset.ran;
    }, url);
    assert.equal(ran, undefined, name);
  }
  assert.deepEqual(asked.filter(url => url.endsWith("/ran")), []);
  await page.context().close();
});

test("a picture is shown, a vector one by a page that names it", async () => {
  const page = await open(browser);
  const pixel = Uint8Array.from(atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="), c => c.charCodeAt(0));
  const [svg, png] = await Promise.all([send("picture.svg", SENT["picture.svg"]), send("dot.png", pixel)]);
  await page.goto(`${told.url}/sign-in`);
  const size = url => page.evaluate(url => new Promise(done => {
    const image = Object.assign(new Image(), { src: url });
    image.onload = () => done([image.naturalWidth, image.naturalHeight]);
    image.onerror = () => done(null);
  }), url);
  assert.deepEqual([await size(svg), await size(png)], [[40, 30], [1, 1]]);
  await page.goto(png);
  assert.equal(await page.locator("img").count(), 1);
  await page.context().close();
});

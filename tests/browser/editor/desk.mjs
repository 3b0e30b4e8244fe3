// The editor of an entry in a real browser, on a sandbox of one's own, and the API beside it.
import assert from "node:assert/strict";
import { ORG } from "../people.mjs";
import { close, launch, open, sandbox } from "../support.mjs";

// A browser and a sandbox: whatever the tests of a file do with them, and `end`.
export const desk = async () => {
  const [browser, instance] = await Promise.all([launch(), sandbox()]);
  const exchange = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ apiKey: instance.serviceKey }) };
  const { token } = await (await fetch(`${instance.apiUrl}/auth/token`, exchange)).json();
  const PAGES = `/organizations/${instance.organizationId}/projects/${instance.projectId}/apps/website/${instance.apps.website}/pages`;
  const ask = (method, path, body) => {
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    return fetch(instance.apiUrl + path, { method, headers, body: body && JSON.stringify(body) });
  };
  const api = async (method, path, body) => {
    const answer = await ask(method, path, body);
    assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
    return answer.json();
  };
  let made = 0;
  const make = async (tree = content()) => (await api("POST", PAGES, { name: "Tides", slug: `tides-${++made}`, status: "draft", title: "Tides", content: tree })).id;
  const stored = id => api("GET", `${PAGES}/${id}`);
  const blocks = async id => (await stored(id)).content.flatMap(section => section.columns.flatMap(column => column.blocks));
  // The page of an entry, as somebody who is signed in sees it.
  const edit = async (id, options) => {
    const page = await open(browser, options);
    await page.goto(instance.signInUrl);
    await page.goto(`${instance.url}${ORG}/p/northwind-site/website/website/pages/${id}`);
    return page;
  };
  const end = async () => { await instance.stop(); await close(browser); };
  return { browser, instance, PAGES, ask, api, make, stored, blocks, edit, end };
};

export const heading = (id, text) => ({ id, type: "heading", data: { text } });
export const content = () => [{ id: "s", columns: [{ id: "c", blocks: [heading("a", "Alpha"), heading("b", "Beta"), { id: "t", type: "text", data: { markdown: "Plain" } }] }] }];

export const line = (page, id) => page.locator(`#part-${id} > .head > .line, #part-${id} > header .line`);
export const opened = async (page, id) => { await line(page, id).click(); await page.waitForSelector(`#part-${id} > .body`); };
export const save = async page => { await page.click(".bar button[form=entry].button:not(.primary)"); await page.waitForSelector(".note.ok"); };
export const add = async (page, word, fields) => {
  const before = await page.inputValue("input[name=open]").catch(() => "");
  await page.locator("[data-column] > .last > .add").first().click();
  await page.click(`#part-adding button[value="add:${word}"]`);
  await page.waitForFunction(was => ![null, was].includes(document.querySelector("input[name=open]")?.value ?? null), before);
  for (const [name, text] of Object.entries(fields)) await page.fill(`[name="data.${name}"]`, text);
};

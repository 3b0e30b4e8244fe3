// What the client does around a call, against a running sandbox. What was sent is heard by a `fetch` that listens.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { mock, test } from "node:test";
import { all, answerOf, ApiError, ConnectionError, createStele, etagOf, ForbiddenError, NotFoundError, RateLimitError, ServerError, SteleError, UnauthorizedError } from "stele-client";

const { STELE_URL, STELE_KEY, STELE_ORGANIZATION, STELE_PROJECT, STELE_APP } = process.env;
const project = { organizationId: STELE_ORGANIZATION, projectId: STELE_PROJECT };
const site = { ...project, appId: STELE_APP };

/** A client, and what it has sent: `METHOD /path`. */
function listening(settings = {}) {
  const sent = [];
  const fetch = (address, init) => {
    sent.push({ call: `${init.method} ${address.slice(STELE_URL.length)}`, headers: init.headers, body: init.body });
    return globalThis.fetch(address, init);
  };
  return { client: createStele({ baseUrl: STELE_URL, apiKey: STELE_KEY, fetch, ...settings }), sent, calls: () => sent.map(({ call }) => call) };
}

const tokenOf = ({ headers }) => headers.get("authorization").replace("Bearer ", "");
const EXCHANGE = "POST /api/auth/token";

/** Ends a token, as its owner may. */
const end = (token) => createStele({ baseUrl: STELE_URL }).oauth.revokeToken({ data: { token, client_secret: STELE_KEY } });

/** A server that answers as it is told, and hears how often it was asked. */
async function answering(t, answer) {
  let count = 0;
  const server = createServer((request, response) => answer(response, (count += 1), request));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${server.address().port}`, asked: () => count };
}

const told = (response, status, body, headers = {}) => response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(body));

test("one token serves many calls, also those that begin at once", async () => {
  const { client, calls } = listening();
  await Promise.all([client.me.getMe(), client.me.whoami(), client.me.getMe()]);
  await client.me.getMe();
  assert.deepEqual(calls().sort(), ["GET /api/me", "GET /api/me", "GET /api/me", "GET /api/whoami", EXCHANGE]);
});

test("a token is renewed before it ends", async () => {
  const { client, calls } = listening();
  mock.timers.enable({ apis: ["Date"], now: Date.now() });
  try {
    await client.me.getMe();
    mock.timers.tick(13 * 60_000);
    await client.me.getMe();
    assert.equal(calls().filter((call) => call === EXCHANGE).length, 1);
    mock.timers.tick(2 * 60_000);
    await client.me.getMe();
    assert.equal(calls().filter((call) => call === EXCHANGE).length, 2);
  } finally {
    mock.timers.reset();
  }
});

test("a token that was ended is renewed once, and the call is sent again", async () => {
  const { client, sent, calls } = listening();
  await client.me.getMe();
  await end(tokenOf(sent[1]));
  assert.equal((await client.me.getMe()).name, "Deployment");
  assert.deepEqual(calls(), [EXCHANGE, "GET /api/me", "GET /api/me", EXCHANGE, "GET /api/me"]);
});

test("calls that are refused together share the renewal", async () => {
  const { client, sent, calls } = listening();
  await client.me.getMe();
  await end(tokenOf(sent[1]));
  await Promise.all([client.me.getMe(), client.me.getMe(), client.me.getMe()]);
  assert.equal(calls().filter((call) => call === EXCHANGE).length, 2);
});

test("a call that is refused with each token fails after the second", async (t) => {
  const { baseUrl, asked } = await answering(t, (response, _, request) =>
    request.url === "/api/auth/token" ? told(response, 200, { token: "t", expiresIn: 900 }) : told(response, 401, { message: "No.", code: "UNAUTHORIZED", reason: "key_revoked" }),
  );
  await assert.rejects(createStele({ baseUrl, apiKey: "k" }).me.getMe(), (error) => error instanceof UnauthorizedError && error.reason === "key_revoked");
  assert.equal(asked(), 4);
});

test("a key that is none says so by its reason", async () => {
  const { client } = listening({ apiKey: `${STELE_KEY}x` });
  await assert.rejects(client.me.getMe(), (error) => {
    assert.ok(error instanceof UnauthorizedError && error instanceof ApiError && error instanceof SteleError);
    assert.deepEqual([error.name, error.status, error.code, error.reason], ["UnauthorizedError", 401, "UNAUTHORIZED", "key_malformed"]);
    assert.match(error.requestId, /./);
    return true;
  });
});

test("a client may ask for less than its key may do", async () => {
  const { client } = listening({ access: "read" });
  assert.equal((await client.me.whoami()).access, "read");
  await assert.rejects(client.website.createWebsitePage({ ...site, data: { name: "X", slug: "x" } }), ForbiddenError);
});

test("what is not there and what is open to all", async () => {
  const { client, calls } = listening({ apiKey: undefined });
  assert.equal(typeof (await client.health.getHealthEcho()), "object");
  assert.deepEqual(calls(), ["GET /api/health/echo"]);
  await assert.rejects(listening().client.projects.getProject({ ...project, projectId: crypto.randomUUID() }), NotFoundError);
});

test("the address may have /api behind it, and a slash", async () => {
  for (const baseUrl of [`${STELE_URL}/`, `${STELE_URL}/api`, `${STELE_URL}/api/`]) {
    const { client, calls } = listening({ baseUrl });
    await client.me.getMe();
    assert.deepEqual(calls(), [EXCHANGE, "GET /api/me"]);
  }
});

test("what stands in a path stays in its part, and what would step out of it is refused", async () => {
  const { client, calls } = listening();
  await assert.rejects(client.projects.getProjectBySlug({ organizationId: STELE_ORGANIZATION, projectSlug: "a/b c?d" }), NotFoundError);
  assert.ok(calls()[1].includes("/a%2Fb%20c%3Fd"), calls()[1]);
  for (const projectId of ["..", ".", "", undefined, null]) {
    await assert.rejects(client.projects.getProject({ ...project, projectId }), { name: "TypeError", message: /^projectId is / });
  }
  assert.equal(calls().length, 2);
});

test("what is asked for is a query: nothing of what is undefined, dates as the API writes them", async () => {
  const { client, calls } = listening();
  await client.website.listWebsitePages({ ...site, lite: true, search: undefined, updatedAt_gte: new Date(0) });
  assert.ok(calls()[1].endsWith("/pages?lite=true&updatedAt_gte=1970-01-01T00%3A00%3A00.000Z"), calls()[1]);
});

test("an answer tells its status, its headers and its tag", async () => {
  const { client, sent } = listening();
  const data = { name: "Told", slug: "told" };
  const made = await client.website.createWebsitePage({ ...site, data }, { idempotencyKey: "told" });
  const again = await client.website.createWebsitePage({ ...site, data }, { idempotencyKey: "told" });
  assert.deepEqual([answerOf(made).status, answerOf(made).headers.get("idempotency-replayed")], [201, null]);
  assert.equal(answerOf(again).headers.get("idempotency-replayed"), "true");
  assert.equal(sent[1].headers.get("idempotency-key"), "told");
  const page = await client.website.getWebsitePage({ ...site, pageId: made.id });
  assert.match(etagOf(page), /^"/);
  assert.equal(etagOf({}), undefined);
  assert.equal(await client.website.getWebsitePage({ ...site, pageId: made.id }, { ifNoneMatch: etagOf(page) }), undefined);
});

test("lists go on to their end", async () => {
  const { client } = listening();
  const { meta } = await client.website.listWebsitePages({ ...site, pageSize: 1 });
  const slugs = [];
  for await (const { slug } of all(client.website.listWebsitePages, { ...site, pageSize: 2 })) slugs.push(slug);
  assert.ok(meta.total > 3);
  assert.equal(new Set(slugs).size, meta.total);
});

test("a project is exported as a stream, and imported from one", async () => {
  const { client } = listening();
  const text = await new Response(await client.projects.exportProject(project)).text();
  assert.match(text, /^\{"archive":/);
  const made = await client.projects.importProject({ organizationId: STELE_ORGANIZATION, name: "Again", data: new Blob([text]).stream() });
  assert.ok(JSON.stringify(made).includes("Again"));
});

test("a server that cannot now is asked again only where that is asked for, and where nothing is made twice", async (t) => {
  const busy = await answering(t, (response, count) => {
    if (count % 3 === 0) told(response, 200, { status: "ok" });
    else told(response, 503, { message: "Not now.", code: "UNAVAILABLE" }, { "Retry-After": "0" });
  });
  const client = (retries) => createStele({ baseUrl: busy.baseUrl, apiKey: "k", retries });
  await assert.rejects(client(0).health.getHealthEcho(), ServerError);
  assert.equal(busy.asked(), 1);
  assert.deepEqual(await client(1).health.getHealthEcho(), { status: "ok" });
  assert.equal(busy.asked(), 3);
  await assert.rejects(client(1).health.getHealthEcho(), ServerError);
  assert.equal(busy.asked(), 5);
});

test("a refusal by a limit says when to come again, and a POST is not sent again", async (t) => {
  const limited = await answering(t, (response) => told(response, 429, { message: "Too many.", code: "TOO_MANY_REQUESTS" }, { "Retry-After": "7" }));
  const client = createStele({ baseUrl: limited.baseUrl, apiKey: "k", retries: 5 });
  await assert.rejects(client.auth.exchangeToken({ data: { apiKey: "k" } }), (error) => error instanceof RateLimitError && error.retryAfter === 7);
  assert.equal(limited.asked(), 1);
});

test("no answer is an error of the connection: nobody there, too late, given up", async (t) => {
  const silent = await answering(t, () => {});
  const client = createStele({ baseUrl: silent.baseUrl, apiKey: "k" });
  await assert.rejects(createStele({ baseUrl: "http://127.0.0.1:1" }).health.getHealthEcho(), ConnectionError);
  await assert.rejects(client.health.getHealthEcho({}, { timeout: 20 }), (error) => error instanceof ConnectionError && /no answer in 20 ms/.test(error.message));
  await assert.rejects(client.health.getHealthEcho({}, { signal: AbortSignal.abort() }), { name: "AbortError" });
});

test("a refusal that is no JSON, as a proxy writes it, is an error by its status", async (t) => {
  const proxy = await answering(t, (response) => response.writeHead(502, { "Content-Type": "text/html" }).end("<h1>Bad gateway</h1>"));
  await assert.rejects(createStele({ baseUrl: proxy.baseUrl }).health.getHealthEcho(), { name: "ServerError", status: 502, message: "502 of GET /api/health/echo", errors: [] });
});

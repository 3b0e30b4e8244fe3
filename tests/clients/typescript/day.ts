// A day with the client, which only compiles where the types are right.

import { all, BadRequestError, createStele, etagOf, PreconditionFailedError, SteleError, type WebsitePage, type WebsitePageNew } from "stele-client";

const env = (name: string) => process.env[`STELE_${name}`]!;
const client = createStele({ baseUrl: env("URL"), apiKey: env("KEY") });
const site = { organizationId: env("ORGANIZATION"), projectId: env("PROJECT"), appId: env("APP") };

async function failed<Wanted extends SteleError>(call: Promise<unknown>, wanted: new (...given: never[]) => Wanted): Promise<Wanted> {
  const error: unknown = await call.then(() => undefined, (error) => error);
  if (error instanceof wanted) return error;
  throw new Error(`not refused as it should be: ${error}`);
}

const draft: WebsitePageNew = { name: "Tides", slug: "tides", title: { en: "Tides", fr: "Marées" } };
const made: WebsitePage = await client.website.createWebsitePage({ ...site, data: draft }, { idempotencyKey: "tides" });
const again = await client.website.createWebsitePage({ ...site, data: draft }, { idempotencyKey: "tides" });
const read = await client.website.getWebsitePage({ ...site, pageId: made.id });
const unchanged: WebsitePage | undefined = await client.website.getWebsitePage({ ...site, pageId: made.id }, { ifNoneMatch: etagOf(read)! });
const ifMatch = etagOf(read);
const change = await client.website.updateWebsitePageMeta({ ...site, pageId: made.id, data: { name: "Ebb" } }, { ifMatch });
const stale = await failed(client.website.updateWebsitePageMeta({ ...site, pageId: made.id, data: { name: "Flood" } }, { ifMatch }), PreconditionFailedError);
const wrong = await failed(client.website.createWebsitePage({ ...site, data: { name: "", slug: "Tides!" } }), BadRequestError);
const slugs: string[] = [];
for await (const page of all(client.website.listWebsitePages, { ...site, pageSize: 2, lite: true })) slugs.push(page.slug);
const first = await client.website.listWebsitePages({ ...site, pageSize: 2 });
const sitemap: string = await client.website.getWebsiteSitemap({ ...site, base: "https://example.org" });
const gone = await client.website.deleteWebsitePage({ ...site, pageId: made.id });
const token = await client.oauth.issueToken({ data: { grant_type: "client_credentials", client_secret: env("KEY"), scope: "read" } });

console.log(
  JSON.stringify({
    madeTwice: made.id !== again.id,
    title: read.title,
    unchanged: unchanged === undefined,
    changed: change.name,
    stale: [stale.status, stale.code],
    wrong: [wrong.status, wrong.code, wrong.reason, wrong.field, wrong.errors.length],
    listed: slugs.length === first.meta.total && slugs.includes("tides"),
    sitemap: sitemap.startsWith("<?xml"),
    isGone: gone.success,
    scope: token.scope,
  }),
);

// What would be wrong is refused by the compiler.
export async function refused() {
  // @ts-expect-error A page needs a body.
  await client.website.createWebsitePage(site);
  // @ts-expect-error A page has no colour.
  await client.website.createWebsitePage({ ...site, data: { ...draft, colour: "red" } });
  // @ts-expect-error There is no such status.
  await client.website.listWebsitePages({ ...site, status: "lost" });
  // @ts-expect-error The app is missing.
  await client.website.listWebsitePages({ organizationId: "", projectId: "" });
  // @ts-expect-error Nothing is made here, so nothing is made twice.
  await client.website.getWebsitePage({ ...site, pageId: "" }, { idempotencyKey: "" });
  // @ts-expect-error It may be undefined.
  (await client.website.getWebsitePage({ ...site, pageId: "" }, { ifNoneMatch: "" })).id;
  // @ts-expect-error A list has items, and no slug.
  (await client.website.listWebsitePages(site)).slug;
}

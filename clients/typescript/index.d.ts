import type { Resources } from "./api/index.js";
import type { Settings } from "./transport.js";

export * from "./api/schemas.js";
export * from "./errors.js";
export { answerOf, etagOf } from "./transport.js";
export type { Options, Raw, Settings as ClientSettings } from "./transport.js";

/** A client: the calls of the API in groups, as `client.website.createWebsitePage`. Its methods may be passed on by themselves. */
export type Stele = Resources;

/** A client with the rights of a key. Nothing is sent until the first call. */
export function createStele(settings: Settings): Stele;

/**
 * Everything in a list, page after page. What comes or goes meanwhile makes it skip and repeat nothing.
 *
 *     for await (const page of all(client.website.listWebsitePages, site)) console.log(page.slug);
 */
export function all<Of, Item>(
  list: (of: Of) => Promise<{ data: Item[]; meta: { next?: string | null } }>,
  of: NoInfer<Of>,
): AsyncGenerator<Item, void, undefined>;

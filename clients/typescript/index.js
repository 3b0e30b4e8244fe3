// A client for Stele: the calls of the API by the names that the document has for them.

import { operations } from "./api/operations.js";
import { Transport } from "./transport.js";

export * from "./errors.js";
export { answerOf, etagOf } from "./transport.js";

/** A client with the rights of a key. */
export function createStele(settings) {
  const transport = new Transport(settings);
  const method = (operation) => (of, options) => transport.call(operation, of, options);
  const bound = (all, make) => Object.fromEntries(Object.entries(all).map(([name, one]) => [name, make(one)]));
  return bound(operations, (methods) => bound(methods, method));
}

/** Everything in a list, page after page. */
export async function* all(list, of) {
  for (let after; ; ) {
    const { data, meta } = await list({ ...of, ...(after && { after }) });
    yield* data;
    if (!meta.next) return;
    after = meta.next;
  }
}

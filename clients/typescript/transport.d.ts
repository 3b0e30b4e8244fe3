import type { Access } from "./api/schemas.js";

/** How a client reaches an instance. */
export interface Settings {
  /** The address of the instance, `https://content.example.com`; with `/api` behind it, as the Python SDK takes it, it is the same. */
  baseUrl: string;
  /** An API key, `gct_...`. Calls that need no token are possible without one. */
  apiKey?: string;
  /** Less than the key may do: its tokens only read, or only read and write. */
  access?: Access;
  /** Milliseconds until a call without an answer fails; 30000. */
  timeout?: number;
  /**
   * How often a call is sent again after no answer, a 429 or a 503, once `Retry-After` (or a second) is over; 0, as in the Python SDK. Only calls that
   * read, or that have an `idempotencyKey`.
   */
  retries?: number;
  /** What sends requests, instead of the global `fetch`. */
  fetch?: (address: string, init: RequestInit) => Promise<Response>;
}

/** What each call takes besides. */
export interface Options {
  /** Ends the call. */
  signal?: AbortSignal;
  /** Milliseconds until it fails without an answer, instead of those of the client. */
  timeout?: number;
}

/** What a call takes that makes something. */
export interface Repeatable extends Options {
  /** A name for this call: sent again within 24 hours, it makes nothing and gets the first answer. */
  idempotencyKey?: string;
}

/** What a call takes that changes an entry. */
export interface Versioned extends Options {
  /** The tag of the version that it changes (`etagOf`): if that was changed meanwhile, it fails with a `PreconditionFailedError`. */
  ifMatch?: string;
}

/** What a call takes that reads an entry. */
export interface Conditional extends Options {
  /** The tag of what the caller has already (`etagOf`): if that is still so, the call gives `undefined`. */
  ifNoneMatch?: string;
}

/** A body that is sent as it is. One that is a stream is sent once, also after a 401. */
export type Raw = string | Uint8Array | Blob | FormData | ReadableStream<Uint8Array>;

/** The status and the headers of the answer that an object was made of; undefined for anything else. */
export function answerOf(told: object): { status: number; headers: Headers } | undefined;

/** The tag of the version that an object was made of, for `ifMatch` and `ifNoneMatch`. */
export function etagOf(told: object): string | undefined;

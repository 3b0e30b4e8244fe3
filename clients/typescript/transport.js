// What every call does: the key becomes a token, the token is renewed before it ends and once where it is refused, and an answer that is
// no success becomes an error.

import { ConnectionError, refusal } from "./errors.js";

// A token is renewed this long before its end, or after half of its life where that is short.
const SPARE_SECONDS = 60;
// Statuses after which the same call may succeed a moment later.
const PASSING = [429, 503];

// What is known of the answer that an object was made of.
const answers = new WeakMap();

/** The status and the headers of the answer that this object was made of; undefined for anything else. */
export const answerOf = (told) => answers.get(told);

/** The tag of the version that this object was made of, for `ifMatch` and `ifNoneMatch`. */
export const etagOf = (told) => answers.get(told)?.headers.get("etag") ?? undefined;

/** A part of a path. What a URL would take for a step up is refused. */
function part(name, value) {
  if (value === undefined || value === null || ["", ".", ".."].includes(String(value))) throw new TypeError(`${name} is ${JSON.stringify(value)}`);
  return encodeURIComponent(value);
}

/** Path and query of a call: what does not stand in the path is asked for. */
function address(path, { data, ...given }) {
  const rest = new Map(Object.entries(given));
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => {
    rest.delete(name);
    return part(name, given[name]);
  });
  const asked = [...rest].filter(([, value]) => value !== undefined && value !== null);
  const query = new URLSearchParams(asked.map(([name, value]) => [name, value instanceof Date ? value.toISOString() : String(value)]));
  return query.size > 0 ? `${filled}?${query}` : filled;
}

/** The body of a call, and its media type. */
function written(type, data) {
  if (data === undefined) return {};
  if (type === "application/json") return { body: JSON.stringify(data), type };
  if (type === "application/x-www-form-urlencoded") return { body: new URLSearchParams(Object.entries(data).filter(([, value]) => value != null)).toString(), type };
  // A form of several parts names the line between them itself.
  return { body: data, type: data instanceof FormData ? undefined : type };
}

/** What an answer holds. */
async function read(answer) {
  const type = answer.headers.get("content-type") ?? "";
  if ([204, 304].includes(answer.status)) return undefined;
  if (/^text\//.test(type)) return answer.text();
  if (!/^application\/json\b/.test(type)) return answer.body;
  const told = await answer.json();
  if (typeof told === "object" && told !== null) answers.set(told, { status: answer.status, headers: answer.headers });
  return told;
}

/** A moment, unless the caller has given up. */
const moment = (seconds, signal) =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, seconds * 1000);
    signal?.addEventListener("abort", stop, { once: true });
  });

/** Sends calls with the tokens of one key. */
export class Transport {
  #settings;
  #base;
  #token;
  #exchange;

  constructor({ baseUrl, apiKey, access, timeout = 30_000, retries = 0, fetch = (...given) => globalThis.fetch(...given) }) {
    this.#base = String(baseUrl).replace(/\/+$/, "").replace(/\/api$/, "");
    this.#settings = { apiKey, access, timeout, retries, fetch };
  }

  /** Sends what this operation and this call say; what the answer holds. */
  async call(operation, given = {}, options = {}) {
    const { body, type } = written(operation.body, given.data);
    const headers = new Headers(type ? { "Content-Type": type } : {});
    const said = { "Idempotency-Key": options.idempotencyKey, "If-Match": options.ifMatch, "If-None-Match": options.ifNoneMatch };
    for (const [name, value] of Object.entries(said)) if (value !== undefined) headers.set(name, value);
    const request = { method: operation.method, path: address(operation.path, given), headers, body, isOpen: operation.open };

    // Only what makes nothing twice is sent again.
    const isRepeatable = !(body instanceof ReadableStream) && (operation.method === "GET" || options.idempotencyKey !== undefined);
    for (let left = isRepeatable ? this.#settings.retries : 0; ; left -= 1) {
      try {
        return await this.#authorized(request, options);
      } catch (error) {
        if (left <= 0 || options.signal?.aborted || !(error instanceof ConnectionError || PASSING.includes(error.status))) throw error;
        await moment(error.retryAfter ?? 1, options.signal);
      }
    }
  }

  async #authorized(request, options) {
    if (request.isOpen) return this.#send(request, options);
    const token = await this.#fresh(options);
    try {
      return await this.#send(request, options, token);
    } catch (error) {
      if (error.status !== 401 || request.body instanceof ReadableStream) throw error;
      // Another call may have renewed it meanwhile.
      if (this.#token?.text === token) this.#token = undefined;
      return this.#send(request, options, await this.#fresh(options));
    }
  }

  /** A token that is good for a while. Calls that need one at the same time share an exchange. */
  async #fresh(options) {
    if (this.#token && Date.now() < this.#token.until) return this.#token.text;
    this.#exchange ??= this.#exchanged(options).finally(() => (this.#exchange = undefined));
    return this.#exchange;
  }

  async #exchanged({ timeout }) {
    const { apiKey, access } = this.#settings;
    const headers = new Headers({ "Content-Type": "application/json" });
    const asked = Date.now();
    const { token, expiresIn } = await this.#send({ method: "POST", path: "/api/auth/token", headers, body: JSON.stringify({ apiKey, access }) }, { timeout });
    this.#token = { text: token, until: asked + Math.max(expiresIn - SPARE_SECONDS, expiresIn / 2) * 1000 };
    return token;
  }

  /** One request and its answer, within its time. */
  async #send({ method, path, headers, body }, { signal, timeout = this.#settings.timeout }, token) {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new DOMException(`no answer in ${timeout} ms`, "TimeoutError")), timeout);
    const sent = new Headers(headers);
    if (token) sent.set("Authorization", `Bearer ${token}`);
    const init = { method, headers: sent, body, signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal };
    if (body instanceof ReadableStream) init.duplex = "half";
    try {
      const answer = await this.#settings.fetch(this.#base + path, init);
      if (!answer.ok && answer.status !== 304) throw refusal(answer, await answer.text(), `${method} ${path}`);
      return await read(answer);
    } catch (error) {
      if (signal?.aborted || "status" in error) throw error;
      throw new ConnectionError(`${method} ${path}: ${late.signal.aborted ? late.signal.reason.message : (error.cause?.message ?? error.message)}`, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }
}

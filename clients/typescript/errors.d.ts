import type { FieldError } from "./api/schemas.js";

/** Whatever goes wrong with a call. */
export class SteleError extends Error {}

/** There was no answer: the server was not reached, or took too long. `cause` says more. */
export class ConnectionError extends SteleError {}

/** An answer that refuses. */
export class ApiError extends SteleError {
  /** Of HTTP. */
  readonly status: number;
  /** The class of the error, such as `NOT_FOUND`; of OAuth the word of RFC 6749, such as `invalid_client`. */
  readonly code?: string;
  /** The word for programs, such as `key_revoked`. */
  readonly reason?: string;
  /** The wrong fields. */
  readonly errors: FieldError[];
  /** The first of them. */
  readonly field?: string;
  /** The id of the request in the log of the server. */
  readonly requestId?: string;
  /** Seconds until another try is worth while. */
  readonly retryAfter?: number;
}

/** 400: a field is wrong, or several; `errors` names each. */
export class BadRequestError extends ApiError {}
/** 401: the key or its token is not good; `reason` says why, such as `key_revoked`. */
export class UnauthorizedError extends ApiError {}
/** 403: the key or the role of its owner does not allow it. */
export class ForbiddenError extends ApiError {}
/** 404: it is not there, or not for this key. */
export class NotFoundError extends ApiError {}
/** 409: it contradicts what is there, such as a name that is taken. */
export class ConflictError extends ApiError {}
/** 410: it was there, such as a cursor that has expired. */
export class GoneError extends ApiError {}
/** 412: it was changed since the version that `ifMatch` names. */
export class PreconditionFailedError extends ApiError {}
/** 413: the body is too long. */
export class TooLargeError extends ApiError {}
/** 422: an idempotency key that belongs to another request. */
export class UnprocessableError extends ApiError {}
/** 429: more requests than a limit lets through; `retryAfter` says when to come again. */
export class RateLimitError extends ApiError {}
/** 500 and above: the server's own fault, or it cannot now. */
export class ServerError extends ApiError {}

// What goes wrong: a class for each status that the API has, all of them a SteleError.

/** Whatever goes wrong with a call. */
export class SteleError extends Error {
  get name() {
    return this.constructor.name;
  }
}

/** There was no answer: the server was not reached, or took too long. */
export class ConnectionError extends SteleError {}

/** An answer that refuses. */
export class ApiError extends SteleError {
  constructor(message, told) {
    super(message);
    Object.assign(this, told);
  }

  /** The first field that is wrong. */
  get field() {
    return this.errors[0]?.field;
  }
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

const CLASSES = {
  400: BadRequestError,
  401: UnauthorizedError,
  403: ForbiddenError,
  404: NotFoundError,
  409: ConflictError,
  410: GoneError,
  412: PreconditionFailedError,
  413: TooLargeError,
  422: UnprocessableError,
  429: RateLimitError,
};

/** What the body of a refusal tells; a proxy in between may have written something else than JSON. */
function parsed(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

/** The error that an answer is. */
export function refusal(answer, text, call) {
  const { message, error_description, error, code, reason, errors = [], requestId } = parsed(text);
  const wait = answer.headers.get("retry-after");
  const told = {
    status: answer.status,
    code: code ?? error,
    reason: reason ?? undefined,
    errors,
    requestId: requestId ?? answer.headers.get("x-request-id") ?? undefined,
    retryAfter: /^\d+$/.test(wait) ? Number(wait) : undefined,
  };
  const Class = CLASSES[answer.status] ?? (answer.status >= 500 ? ServerError : ApiError);
  return new Class(message ?? error_description ?? `${answer.status} of ${call}`, told);
}

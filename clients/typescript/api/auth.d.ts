// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type { Token, TokenRequest } from "./schemas.js";
import type { Options } from "../transport.js";

/** From an API key to an access token. */
export interface AuthResource {
  /**
   * Exchange an API key for an access token. It lives as long as the instance says, and dies with the key. format picks PASETO or JWT, access asks for less than the key has. Its answer holds a secret, which no cache may keep. Needs no token.
   *
   * `POST /api/auth/token`
   */
  exchangeToken(of: {
    /** The body, application/json. */
    data: TokenRequest;
  }, options?: Options): Promise<Token>;
}

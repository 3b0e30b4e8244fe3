// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type {
  AccessToken,
  Introspection,
  IntrospectionForm,
  JwkSet,
  Nothing,
  OAuthMetadata,
  PasetoKeys,
  RevocationForm,
  TokenForm,
} from "./schemas.js";
import type { Options } from "../transport.js";

/** OAuth 2.0 for ordinary clients: RFC 6749 (client credentials), 7009, 7662, 8414 and 8693. */
export interface OauthResource {
  /**
   * Issue an access token. client_credentials: the API key is the client's secret. Token exchange (RFC 8693): it is the subject_token, and the client need not authenticate. scope narrows: of full, write and read the widest one named counts.
   *
   * `POST /oauth/token`
   */
  issueToken(of: {
    /** The body, application/x-www-form-urlencoded. */
    data: TokenForm;
  }, options?: Options): Promise<AccessToken>;

  /**
   * Ask whether the token of this request is good. For proxies that go by the status, such as nginx with auth_request and Caddy with forward_auth.
   *
   * `GET /oauth/introspect`
   */
  introspectOwnToken(of?: Record<never, never>, options?: Options): Promise<Introspection>;

  /**
   * Ask whether a token is good, and whose it is. Of a token that is over, unknown, or none of the asker's business it says only that it is not active (RFC 7662).
   *
   * `POST /oauth/introspect`
   */
  introspectToken(of: {
    /** The body, application/x-www-form-urlencoded. */
    data: IntrospectionForm;
  }, options?: Options): Promise<Introspection>;

  /**
   * Revoke a token or a key. A key ends with all its tokens, at once. What is not known is as good as revoked, and gets 200, too (RFC 7009).
   *
   * `POST /oauth/revoke`
   */
  revokeToken(of: {
    /** The body, application/x-www-form-urlencoded. */
    data: RevocationForm;
  }, options?: Options): Promise<Nothing>;

  /**
   * The public keys of JWTs. A JSON Web Key Set (RFC 7517); it may be kept for five minutes.
   *
   * `GET /oauth/jwks`
   */
  getJwks(of?: Record<never, never>, options?: Options): Promise<JwkSet>;

  /**
   * The public keys of PASETOs. In the form of PASERK, k4.public; it may be kept for five minutes.
   *
   * `GET /.well-known/paseto-keys`
   */
  getPasetoKeys(of?: Record<never, never>, options?: Options): Promise<PasetoKeys>;

  /**
   * Where the endpoints are and what they take. The discovery address of the issuer, whose path is /oauth (RFC 8414).
   *
   * `GET /.well-known/oauth-authorization-server/oauth`
   */
  getOauthMetadata(of?: Record<never, never>, options?: Options): Promise<OAuthMetadata>;
}

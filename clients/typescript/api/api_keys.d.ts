// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type {
  ApiKey,
  ApiKeyList,
  ApiKeyNew,
  ApiKeyPatch,
  ApiKeyRegenerate,
  ApiKeyRevocation,
  NewApiKey,
  PersonalKeyNew,
} from "./schemas.js";
import type { Options, Repeatable } from "../transport.js";

/** API keys: made, named, regenerated and revoked. */
export interface ApiKeysResource {
  /**
   * The caller's own keys. Only those of one name, organizationId, access, createdAt, expiresAt where that is given. Needs a token.
   *
   * `GET /api/me/api-keys`
   */
  listMyApiKeys(of?: {
    /** Which keys: active ones unless asked. */
    status?: "active" | "expired" | "revoked" | "all";
    /** Page number, from 1. */
    page?: number;
    /** Go on after the item that meta.next of the page before told, in the same order; instead of page. */
    after?: string;
    /** Items on a page. */
    pageSize?: number;
    /** Leave heavy fields out. */
    lite?: boolean;
    /** Field and direction. */
    sort?: string;
    /** Words to look for in name, keyPrefix. */
    search?: string;
    /** Only items with this name. */
    name?: string;
    /** Only items with this organizationId. */
    organizationId?: string;
    /** Only items with this access. */
    access?: "full" | "write" | "read";
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this expiresAt. */
    expiresAt?: string;
    /** Only items with this expiresAt or a later one. */
    expiresAt_gte?: string;
  }, options?: Options): Promise<ApiKeyList>;

  /**
   * Make a personal key; never with a key. Its answer holds a secret, which no cache may keep. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/me/api-keys`
   */
  createMyApiKey(of: {
    /** The body, application/json. */
    data: PersonalKeyNew;
  }, options?: Repeatable): Promise<NewApiKey>;

  /**
   * Rename or restrict one of the caller's keys. Needs a token.
   *
   * `PATCH /api/me/api-keys/{keyId}`
   */
  renameMyApiKey(of: {
    /** The id of the key. */
    keyId: string;
    /** The body, application/json. */
    data?: ApiKeyPatch;
  }, options?: Options): Promise<ApiKey>;

  /**
   * Replace one of the caller's keys. Its answer holds a secret, which no cache may keep. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/me/api-keys/{keyId}/regenerate`
   */
  regenerateMyApiKey(of: {
    /** The id of the key. */
    keyId: string;
    /** The body, application/json. */
    data?: ApiKeyRegenerate;
  }, options?: Repeatable): Promise<NewApiKey>;

  /**
   * Revoke one of the caller's keys and all its tokens. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/me/api-keys/{keyId}/revoke`
   */
  revokeMyApiKey(of: {
    /** The id of the key. */
    keyId: string;
    /** The body, application/json. */
    data?: ApiKeyRevocation;
  }, options?: Repeatable): Promise<ApiKey>;

  /**
   * All keys of an organization. Only those of one name, userId, ownerType, access, createdAt, expiresAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/api-keys`
   */
  listOrganizationApiKeys(of: {
    /** The id of the organization. */
    organizationId: string;
    /** Which keys: active ones unless asked. */
    status?: "active" | "expired" | "revoked" | "all";
    /** Page number, from 1. */
    page?: number;
    /** Go on after the item that meta.next of the page before told, in the same order; instead of page. */
    after?: string;
    /** Items on a page. */
    pageSize?: number;
    /** Leave heavy fields out. */
    lite?: boolean;
    /** Field and direction. */
    sort?: string;
    /** Words to look for in name, owner, keyPrefix. */
    search?: string;
    /** Only items with this name. */
    name?: string;
    /** Only items with this userId. */
    userId?: string;
    /** Only items with this ownerType. */
    ownerType?: "user" | "service_account";
    /** Only items with this access. */
    access?: "full" | "write" | "read";
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this expiresAt. */
    expiresAt?: string;
    /** Only items with this expiresAt or a later one. */
    expiresAt_gte?: string;
  }, options?: Options): Promise<ApiKeyList>;

  /**
   * The keys of a service account. Only those of one name, userId, ownerType, access, createdAt, expiresAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/service-accounts/{accountId}/api-keys`
   */
  listServiceAccountApiKeys(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the account. */
    accountId: string;
    /** Which keys: active ones unless asked. */
    status?: "active" | "expired" | "revoked" | "all";
    /** Page number, from 1. */
    page?: number;
    /** Go on after the item that meta.next of the page before told, in the same order; instead of page. */
    after?: string;
    /** Items on a page. */
    pageSize?: number;
    /** Leave heavy fields out. */
    lite?: boolean;
    /** Field and direction. */
    sort?: string;
    /** Words to look for in name, owner, keyPrefix. */
    search?: string;
    /** Only items with this name. */
    name?: string;
    /** Only items with this userId. */
    userId?: string;
    /** Only items with this ownerType. */
    ownerType?: "user" | "service_account";
    /** Only items with this access. */
    access?: "full" | "write" | "read";
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this expiresAt. */
    expiresAt?: string;
    /** Only items with this expiresAt or a later one. */
    expiresAt_gte?: string;
  }, options?: Options): Promise<ApiKeyList>;

  /**
   * Make a key of a service account. Its answer holds a secret, which no cache may keep. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/service-accounts/{accountId}/api-keys`
   */
  createServiceAccountApiKey(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the account. */
    accountId: string;
    /** The body, application/json. */
    data: ApiKeyNew;
  }, options?: Repeatable): Promise<NewApiKey>;

  /**
   * A key. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/api-keys/{keyId}`
   */
  getOrganizationApiKey(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the key. */
    keyId: string;
  }, options?: Options): Promise<ApiKey>;

  /**
   * Rename or restrict a key. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/api-keys/{keyId}`
   */
  renameOrganizationApiKey(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the key. */
    keyId: string;
    /** The body, application/json. */
    data?: ApiKeyPatch;
  }, options?: Options): Promise<ApiKey>;

  /**
   * Replace a key of a service account; the old one dies now or after a grace period. Its answer holds a secret, which no cache may keep. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/api-keys/{keyId}/regenerate`
   */
  regenerateOrganizationApiKey(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the key. */
    keyId: string;
    /** The body, application/json. */
    data?: ApiKeyRegenerate;
  }, options?: Repeatable): Promise<NewApiKey>;

  /**
   * Revoke a key and all its tokens, at once. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/api-keys/{keyId}/revoke`
   */
  revokeOrganizationApiKey(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the key. */
    keyId: string;
    /** The body, application/json. */
    data?: ApiKeyRevocation;
  }, options?: Repeatable): Promise<ApiKey>;
}

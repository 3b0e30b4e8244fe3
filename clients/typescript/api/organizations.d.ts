// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type {
  Ok,
  Organization,
  OrganizationNew,
  OrganizationPatch,
  ServiceAccount,
  ServiceAccountList,
  ServiceAccountNew,
  ServiceAccountPatch,
  Transfer,
} from "./schemas.js";
import type { Options, Repeatable } from "../transport.js";

/** Organizations, their policies, and their service accounts. */
export interface OrganizationsResource {
  /**
   * An organization by its slug. Needs a token.
   *
   * `GET /api/organization-slugs/{slug}`
   */
  getOrganizationBySlug(of: {
    /** The slug. */
    slug: string;
  }, options?: Options): Promise<Organization>;

  /**
   * An organization. Needs a token.
   *
   * `GET /api/organizations/{organizationId}`
   */
  getOrganization(of: {
    /** The id of the organization. */
    organizationId: string;
  }, options?: Options): Promise<Organization>;

  /**
   * Change an organization and its policies. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}`
   */
  updateOrganization(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The body, application/json. */
    data?: OrganizationPatch;
  }, options?: Options): Promise<Organization>;

  /**
   * Delete an organization. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}`
   */
  deleteOrganization(of: {
    /** The id of the organization. */
    organizationId: string;
  }, options?: Options): Promise<Ok>;

  /**
   * Make an organization. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations`
   */
  createOrganization(of: {
    /** The body, application/json. */
    data: OrganizationNew;
  }, options?: Repeatable): Promise<Organization>;

  /**
   * Hand an organization to another member. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/transfer`
   */
  transferOrganization(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The body, application/json. */
    data: Transfer;
  }, options?: Repeatable): Promise<Organization>;

  /**
   * The service accounts of an organization. Only those of one name, email, createdAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/service-accounts`
   */
  listServiceAccounts(of: {
    /** The id of the organization. */
    organizationId: string;
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
    /** Words to look for in name, email. */
    search?: string;
    /** Only items with this name. */
    name?: string;
    /** Only items with this email. */
    email?: string;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
  }, options?: Options): Promise<ServiceAccountList>;

  /**
   * Make a service account. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/service-accounts`
   */
  createServiceAccount(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The body, application/json. */
    data: ServiceAccountNew;
  }, options?: Repeatable): Promise<ServiceAccount>;

  /**
   * A service account. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/service-accounts/{accountId}`
   */
  getServiceAccount(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the account. */
    accountId: string;
  }, options?: Options): Promise<ServiceAccount>;

  /**
   * Change, disable or enable a service account. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/service-accounts/{accountId}`
   */
  updateServiceAccount(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the account. */
    accountId: string;
    /** The body, application/json. */
    data?: ServiceAccountPatch;
  }, options?: Options): Promise<ServiceAccount>;

  /**
   * Delete a service account; its keys die at once. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/service-accounts/{accountId}`
   */
  deleteServiceAccount(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the account. */
    accountId: string;
  }, options?: Options): Promise<Ok>;
}

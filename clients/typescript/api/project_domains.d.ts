// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type { DomainNew, DomainPatch, DomainVerification, Ok, ProjectDomain, ProjectDomainList } from "./schemas.js";
import type { Options, Repeatable } from "../transport.js";

/** Names under which what is public of a project is reached. */
export interface ProjectDomainsResource {
  /**
   * The domains of a project, the primary ones first. Only those of one hostname, appId, appType, isGenerated, isPrimary, isVerified, verificationStatus, createdAt, updatedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/domains`
   */
  listProjectDomains(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
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
    /** Words to look for in hostname. */
    search?: string;
    /** Only items with this hostname. */
    hostname?: string;
    /** Only items with this appId. */
    appId?: string;
    /** Only items with this appType. */
    appType?: "website" | "forms" | "knowledgeBase";
    /** Only items with this isGenerated. */
    isGenerated?: boolean;
    /** Only items with this isPrimary. */
    isPrimary?: boolean;
    /** Only items with this isVerified. */
    isVerified?: boolean;
    /** Only items with this verificationStatus. */
    verificationStatus?: "pending_dns" | "active" | "failed";
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this updatedAt. */
    updatedAt?: string;
    /** Only items with this updatedAt or a later one. */
    updatedAt_gte?: string;
  }, options?: Options): Promise<ProjectDomainList>;

  /**
   * Want a name for a project. Several projects may want a name; the first whose record is found has it. Under it what is public of the project is reached, and neither the console nor the API. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/domains`
   */
  createProjectDomain(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: DomainNew;
  }, options?: Repeatable): Promise<ProjectDomain>;

  /**
   * A domain. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/domains/{domainId}`
   */
  getProjectDomain(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the domain. */
    domainId: string;
  }, options?: Options): Promise<ProjectDomain>;

  /**
   * Change where a domain leads, or make it the primary one. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/domains/{domainId}`
   */
  updateProjectDomain(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the domain. */
    domainId: string;
    /** The body, application/json. */
    data?: DomainPatch;
  }, options?: Options): Promise<ProjectDomain>;

  /**
   * Give a name up. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/domains/{domainId}`
   */
  deleteProjectDomain(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the domain. */
    domainId: string;
  }, options?: Options): Promise<Ok>;

  /**
   * The record by which a domain is verified. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/domains/{domainId}/verification`
   */
  getDomainVerificationInstructions(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the domain. */
    domainId: string;
  }, options?: Options): Promise<DomainVerification>;

  /**
   * Look for the record of a domain now. It is looked for by itself, too: each hour until it is there, then each day. A name whose record is gone is served for a week more. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/domains/{domainId}/verification`
   */
  verifyProjectDomain(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the domain. */
    domainId: string;
  }, options?: Options): Promise<ProjectDomain>;
}

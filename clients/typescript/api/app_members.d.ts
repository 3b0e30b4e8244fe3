// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type { AppMember, AppMemberAdded, AppMemberList, MemberNew, MemberPatch, Ok } from "./schemas.js";
import type { Options, Repeatable } from "../transport.js";

/** Roles that were given in one app. */
export interface AppMembersResource {
  /**
   * Explicit members of an app. Only those of one role, title, userId, joinedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/{appId}/members`
   */
  listAppMembers(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
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
    /** Only items with this role. */
    role?: "owner" | "admin" | "editor" | "viewer";
    /** Only items with this title. */
    title?: string;
    /** Only items with this userId. */
    userId?: string;
    /** Only items with this joinedAt. */
    joinedAt?: string;
    /** Only items with this joinedAt or a later one. */
    joinedAt_gte?: string;
  }, options?: Options): Promise<AppMemberList>;

  /**
   * Add a member of the organization to an app, or invite somebody else to it. Its answer holds a secret, which no cache may keep. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/apps/{appId}/members`
   */
  addAppMember(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The body, application/json. */
    data: MemberNew;
  }, options?: Repeatable): Promise<AppMemberAdded>;

  /**
   * An explicit member of an app. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/{appId}/members/{memberId}`
   */
  getAppMember(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the member. */
    memberId: string;
  }, options?: Options): Promise<AppMember>;

  /**
   * Change a role in an app. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/{appId}/members/{memberId}`
   */
  updateAppMember(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the member. */
    memberId: string;
    /** The body, application/json. */
    data?: MemberPatch;
  }, options?: Options): Promise<AppMember>;

  /**
   * Remove a member from an app. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/apps/{appId}/members/{memberId}`
   */
  removeAppMember(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the member. */
    memberId: string;
  }, options?: Options): Promise<Ok>;
}

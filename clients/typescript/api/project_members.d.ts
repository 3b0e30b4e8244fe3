// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type { MemberNew, MemberPatch, Ok, ProjectMember, ProjectMemberAdded, ProjectMemberList } from "./schemas.js";
import type { Options, Repeatable } from "../transport.js";

/** Roles that were given in one project. */
export interface ProjectMembersResource {
  /**
   * Explicit members of a project. Only those of one role, title, userId, joinedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/members`
   */
  listProjectMembers(of: {
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
  }, options?: Options): Promise<ProjectMemberList>;

  /**
   * Add a member of the organization to a project, or invite somebody else to it. Its answer holds a secret, which no cache may keep. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/members`
   */
  addProjectMember(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: MemberNew;
  }, options?: Repeatable): Promise<ProjectMemberAdded>;

  /**
   * An explicit member of a project. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/members/{memberId}`
   */
  getProjectMember(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the member. */
    memberId: string;
  }, options?: Options): Promise<ProjectMember>;

  /**
   * Change a role in a project. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/members/{memberId}`
   */
  updateProjectMember(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the member. */
    memberId: string;
    /** The body, application/json. */
    data?: MemberPatch;
  }, options?: Options): Promise<ProjectMember>;

  /**
   * Remove a member from a project. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/members/{memberId}`
   */
  removeProjectMember(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the member. */
    memberId: string;
  }, options?: Options): Promise<Ok>;
}

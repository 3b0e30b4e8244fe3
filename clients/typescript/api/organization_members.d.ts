// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type {
  ActivityList,
  AppRoleList,
  InvitedMember,
  MemberNew,
  MemberPatch,
  Ok,
  OrgMember,
  OrgMemberList,
  ProjectRoleList,
} from "./schemas.js";
import type { Options, Repeatable } from "../transport.js";

/** Who is in an organization, and as what. */
export interface OrganizationMembersResource {
  /**
   * The people of an organization. Only those of one role, title, userId, invitedBy, joinedAt, invitedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/members`
   */
  listOrganizationMembers(of: {
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
    /** Only items with this role. */
    role?: "owner" | "admin" | "editor" | "viewer" | "collaborator";
    /** Only items with this title. */
    title?: string;
    /** Only items with this userId. */
    userId?: string;
    /** Only items with this invitedBy. */
    invitedBy?: string;
    /** Only items with this joinedAt. */
    joinedAt?: string;
    /** Only items with this joinedAt or a later one. */
    joinedAt_gte?: string;
    /** Only items with this invitedAt. */
    invitedAt?: string;
    /** Only items with this invitedAt or a later one. */
    invitedAt_gte?: string;
  }, options?: Options): Promise<OrgMemberList>;

  /**
   * Invite a user of this instance. Its answer holds a secret, which no cache may keep. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/members`
   */
  addOrganizationMember(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The body, application/json. */
    data: MemberNew;
  }, options?: Repeatable): Promise<InvitedMember>;

  /**
   * A member, person or service account. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/members/{memberId}`
   */
  getOrganizationMember(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the member. */
    memberId: string;
  }, options?: Options): Promise<OrgMember>;

  /**
   * Change a member's role or title. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/members/{memberId}`
   */
  updateOrganizationMember(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the member. */
    memberId: string;
    /** The body, application/json. */
    data?: MemberPatch;
  }, options?: Options): Promise<OrgMember>;

  /**
   * Remove a member; their keys die at once. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/members/{memberId}`
   */
  removeOrganizationMember(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the member. */
    memberId: string;
  }, options?: Options): Promise<Ok>;

  /**
   * Every project, with the member's role where one was given. Only those of one role, joinedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/members/{memberId}/project-memberships`
   */
  listMemberProjectMemberships(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the member. */
    memberId: string;
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
    /** Only items with this role. */
    role?: "owner" | "admin" | "editor" | "viewer";
    /** Only items with this joinedAt. */
    joinedAt?: string;
    /** Only items with this joinedAt or a later one. */
    joinedAt_gte?: string;
  }, options?: Options): Promise<ProjectRoleList>;

  /**
   * Every app, with the member's role where one was given. Only those of one appType, role, projectId where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/members/{memberId}/app-memberships`
   */
  listMemberAppMemberships(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the member. */
    memberId: string;
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
    /** Only items with this appType. */
    appType?: "website" | "forms" | "knowledgeBase";
    /** Only items with this role. */
    role?: "owner" | "admin" | "editor" | "viewer";
    /** Only items with this projectId. */
    projectId?: string;
  }, options?: Options): Promise<AppRoleList>;

  /**
   * What a member did. Only those of one action, resourceType where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/members/{memberId}/activities`
   */
  listOrganizationMemberActivities(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the member. */
    memberId: string;
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
    /** Words to look for in action, resourceName. */
    search?: string;
    /** Only items with this action. */
    action?: string;
    /** Only items with this resourceType. */
    resourceType?: string;
  }, options?: Options): Promise<ActivityList>;
}

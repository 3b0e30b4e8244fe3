// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type {
  ActivityList,
  InvitationList,
  Me,
  MyOrganizationList,
  NotificationList,
  SuspensionMessageList,
  WhoAmI,
} from "./schemas.js";
import type { Options } from "../transport.js";

/** The caller: a person or a service account, with what it reaches. */
export interface MeResource {
  /**
   * The caller, a person or a service account. Needs a token.
   *
   * `GET /api/me`
   */
  getMe(of?: Record<never, never>, options?: Options): Promise<Me>;

  /**
   * Who calls, with which key, and what it reaches. Needs a token.
   *
   * `GET /api/whoami`
   */
  whoami(of?: Record<never, never>, options?: Options): Promise<WhoAmI>;

  /**
   * The caller's organizations. Only those of one name, slug, plan, subscriptionStatus, createdAt, updatedAt where that is given. Needs a token.
   *
   * `GET /api/me/organizations`
   */
  listMyOrganizations(of?: {
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
    /** Words to look for in name, slug. */
    search?: string;
    /** Only items with this name. */
    name?: string;
    /** Only items with this slug. */
    slug?: string;
    /** Only items with this plan. */
    plan?: string;
    /** Only items with this subscriptionStatus. */
    subscriptionStatus?: string;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this updatedAt. */
    updatedAt?: string;
    /** Only items with this updatedAt or a later one. */
    updatedAt_gte?: string;
  }, options?: Options): Promise<MyOrganizationList>;

  /**
   * Pending invitations to the caller. Only those of one role where that is given. Needs a token.
   *
   * `GET /api/me/invitations`
   */
  listMyInvitations(of?: {
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
    role?: "admin" | "editor" | "viewer" | "collaborator";
  }, options?: Options): Promise<InvitationList>;

  /**
   * What the caller did. Only those of one action, resourceType where that is given. Needs a token.
   *
   * `GET /api/me/activities`
   */
  listMyActivities(of?: {
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

  /**
   * What the caller should know. Only those of one status, type, kind, scopeKind, scopeId, subject where that is given. Needs a token.
   *
   * `GET /api/me/notifications`
   */
  listMyNotifications(of?: {
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
    /** Words to look for in title, body. */
    search?: string;
    /** Only items with this status. */
    status?: "unread" | "read";
    /** Only items with this type. */
    type?: string;
    /** Only items with this kind. */
    kind?: string;
    /** Only items with this scopeKind. */
    scopeKind?: string;
    /** Only items with this scopeId. */
    scopeId?: string;
    /** Only items with this subject. */
    subject?: string;
  }, options?: Options): Promise<NotificationList>;

  /**
   * Always empty: accounts are not suspended by conversation here. Only those of one authorType, authorId, createdAt where that is given. Needs a token.
   *
   * `GET /api/me/suspension-messages`
   */
  listMySuspensionMessages(of?: {
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
    /** Words to look for in message. */
    search?: string;
    /** Only items with this authorType. */
    authorType?: string;
    /** Only items with this authorId. */
    authorId?: string;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
  }, options?: Options): Promise<SuspensionMessageList>;
}

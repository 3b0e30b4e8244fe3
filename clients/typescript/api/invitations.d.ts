// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type { Invitation, InvitationAccept, InvitationList, InvitationNew, Ok } from "./schemas.js";
import type { Options, Repeatable } from "../transport.js";

/** Who was asked to join, and has not answered yet. */
export interface InvitationsResource {
  /**
   * The invitations of an organization. Only those of one role, email, acceptedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/invitations`
   */
  listOrganizationInvitations(of: {
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
    /** Words to look for in email. */
    search?: string;
    /** Only items with this role. */
    role?: "admin" | "editor" | "viewer" | "collaborator";
    /** Only items with this email. */
    email?: string;
    /** Only items with this acceptedAt. */
    acceptedAt?: string;
    /** Only items with this acceptedAt or a later one. */
    acceptedAt_gte?: string;
  }, options?: Options): Promise<InvitationList>;

  /**
   * Invite somebody. Its answer holds a secret, which no cache may keep. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/invitations`
   */
  createOrganizationInvitation(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The body, application/json. */
    data: InvitationNew;
  }, options?: Repeatable): Promise<Invitation>;

  /**
   * An invitation. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/invitations/{invitationId}`
   */
  getOrganizationInvitation(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the invitation. */
    invitationId: string;
  }, options?: Options): Promise<Invitation>;

  /**
   * Take an invitation back. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/invitations/{invitationId}`
   */
  cancelOrganizationInvitation(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the invitation. */
    invitationId: string;
  }, options?: Options): Promise<Ok>;

  /**
   * Send the same link again, with another week. Its answer holds a secret, which no cache may keep. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/invitations/{invitationId}/resend`
   */
  resendOrganizationInvitation(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the invitation. */
    invitationId: string;
  }, options?: Options): Promise<Invitation>;

  /**
   * Join with the secret of a link. Needs no token.
   *
   * `POST /api/invitations/accept`
   */
  acceptInvitation(of: {
    /** The body, application/json. */
    data: InvitationAccept;
  }, options?: Options): Promise<Invitation>;
}

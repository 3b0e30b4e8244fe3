// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type {
  Ok,
  ProjectWebhook,
  ProjectWebhookList,
  WebhookDelivery,
  WebhookDeliveryList,
  WebhookNew,
  WebhookPatch,
  WebhookSecret,
  WebhookWithSecret,
} from "./schemas.js";
import type { Options, Repeatable } from "../transport.js";

/** Addresses of other programs that are told what happens in a project. */
export interface WebhooksResource {
  /**
   * The webhooks of a project. Only those of one url, active, createdAt, updatedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/webhooks`
   */
  listProjectWebhooks(of: {
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
    /** Words to look for in url, description. */
    search?: string;
    /** Only items with this url. */
    url?: string;
    /** Only items with this active. */
    active?: boolean;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this updatedAt. */
    updatedAt?: string;
    /** Only items with this updatedAt or a later one. */
    updatedAt_gte?: string;
  }, options?: Options): Promise<ProjectWebhookList>;

  /**
   * Make a webhook. Messages are posted as JSON and signed as Standard Webhooks has it. They arrive at least once, in no promised order; `webhook-id` tells those apart that come again. Its answer holds a secret, which no cache may keep. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/webhooks`
   */
  createProjectWebhook(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: WebhookNew;
  }, options?: Repeatable): Promise<WebhookWithSecret>;

  /**
   * A webhook. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/webhooks/{webhookId}`
   */
  getProjectWebhook(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the webhook. */
    webhookId: string;
  }, options?: Options): Promise<ProjectWebhook>;

  /**
   * Change a webhook, or switch it on or off. What waits for one that is switched off is given up. One that is switched on again begins anew. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/webhooks/{webhookId}`
   */
  updateProjectWebhook(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the webhook. */
    webhookId: string;
    /** The body, application/json. */
    data?: WebhookPatch;
  }, options?: Options): Promise<ProjectWebhook>;

  /**
   * Delete a webhook, with its log. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/webhooks/{webhookId}`
   */
  deleteProjectWebhook(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the webhook. */
    webhookId: string;
  }, options?: Options): Promise<Ok>;

  /**
   * Give a webhook another secret. For a day the secret before signs as well. Its answer holds a secret, which no cache may keep. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/webhooks/{webhookId}/rotate-secret`
   */
  rotateProjectWebhookSecret(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the webhook. */
    webhookId: string;
  }, options?: Options): Promise<WebhookSecret>;

  /**
   * Send a message to see whether it arrives. Its type is `webhook.ping`. The answer says what is queued; what became of it, the delivery of this id does. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/webhooks/{webhookId}/ping`
   */
  pingProjectWebhook(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the webhook. */
    webhookId: string;
  }, options?: Options): Promise<WebhookDelivery>;

  /**
   * What a webhook was told in the last 30 days. Only those of one event, state, createdAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/webhooks/{webhookId}/deliveries`
   */
  listWebhookDeliveries(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the webhook. */
    webhookId: string;
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
    /** Only items with this event. */
    event?: string;
    /** Only items with this state. */
    state?: "queued" | "delivered" | "failed";
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
  }, options?: Options): Promise<WebhookDeliveryList>;

  /**
   * A message, and what became of it. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/webhooks/{webhookId}/deliveries/{deliveryId}`
   */
  getWebhookDelivery(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the webhook. */
    webhookId: string;
    /** The id of the delivery. */
    deliveryId: string;
  }, options?: Options): Promise<WebhookDelivery>;

  /**
   * Send a message once more. It keeps its `webhook-id`. One that still waits is refused with 409. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/webhooks/{webhookId}/deliveries/{deliveryId}/resend`
   */
  resendWebhookDelivery(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the webhook. */
    webhookId: string;
    /** The id of the delivery. */
    deliveryId: string;
  }, options?: Options): Promise<WebhookDelivery>;
}

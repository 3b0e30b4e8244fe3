// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type { Ok, TrashBatchRestored, TrashEmptied, TrashItem, TrashItemList, TrashRestored } from "./schemas.js";
import type { Options } from "../transport.js";

/** What was deleted in a project: it comes back as it was, or goes for good. */
export interface ProjectTrashResource {
  /**
   * What was deleted in a project, newest first. Only those of one entityType, appId, trashBatchId, deletedBy, deletedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/trash`
   */
  listProjectTrash(of: {
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
    /** Words to look for in name. */
    search?: string;
    /** Only items with this entityType. */
    entityType?: string;
    /** Only items with this appId. */
    appId?: string;
    /** Only items with this trashBatchId. */
    trashBatchId?: string;
    /** Only items with this deletedBy. */
    deletedBy?: string;
    /** Only items with this deletedAt. */
    deletedAt?: string;
    /** Only items with this deletedAt or a later one. */
    deletedAt_gte?: string;
  }, options?: Options): Promise<TrashItemList>;

  /**
   * Delete for good all that is in the trash. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/trash`
   */
  emptyProjectTrash(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
  }, options?: Options): Promise<TrashEmptied>;

  /**
   * Something in the trash, as it was. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/trash/{trashId}`
   */
  getProjectTrashItem(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the trash. */
    trashId: string;
  }, options?: Options): Promise<TrashItem>;

  /**
   * Delete something in the trash for good. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/trash/{trashId}`
   */
  permanentDeleteProjectTrashItem(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the trash. */
    trashId: string;
  }, options?: Options): Promise<Ok>;

  /**
   * Take something out of the trash. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/trash/{trashId}/restore`
   */
  restoreProjectTrashItem(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the trash. */
    trashId: string;
  }, options?: Options): Promise<TrashRestored>;

  /**
   * Take out of the trash what went with one delete. All of it or nothing: where an address is taken by now, it says which. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/trash/batches/{batchId}/restore`
   */
  restoreProjectTrashBatch(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the batch. */
    batchId: string;
  }, options?: Options): Promise<TrashBatchRestored>;
}

// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type { App, AppList, AppNew, AppPatch, AppSettings, AppSettingsPatch, Ok } from "./schemas.js";
import type { Options, Repeatable } from "../transport.js";

/** Apps of a project, their settings and their trash. */
export interface ProjectAppsResource {
  /**
   * The apps that the caller may see. Only those of one name, slug, appType, isActive where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps`
   */
  listProjectApps(of: {
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
    /** Words to look for in name, slug. */
    search?: string;
    /** Only items with this name. */
    name?: string;
    /** Only items with this slug. */
    slug?: string;
    /** Only items with this appType. */
    appType?: "website" | "forms" | "knowledgeBase";
    /** Only items with this isActive. */
    isActive?: boolean;
  }, options?: Options): Promise<AppList>;

  /**
   * Make an app. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/apps`
   */
  createProjectApp(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: AppNew;
  }, options?: Repeatable): Promise<App>;

  /**
   * The apps in the trash. Only those of one name, slug, appType, isActive where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/trash`
   */
  listDeletedProjectApps(of: {
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
    /** Words to look for in name, slug. */
    search?: string;
    /** Only items with this name. */
    name?: string;
    /** Only items with this slug. */
    slug?: string;
    /** Only items with this appType. */
    appType?: "website" | "forms" | "knowledgeBase";
    /** Only items with this isActive. */
    isActive?: boolean;
  }, options?: Options): Promise<AppList>;

  /**
   * Take an app out of the trash. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/apps/trash/{appId}/restore`
   */
  restoreProjectApp(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
  }, options?: Options): Promise<App>;

  /**
   * An app by its slug. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/app-slugs/{appSlug}`
   */
  getProjectAppBySlug(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The slug. */
    appSlug: string;
  }, options?: Options): Promise<App>;

  /**
   * An app. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/{appId}`
   */
  getProjectApp(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
  }, options?: Options): Promise<App>;

  /**
   * Rename or describe an app, or bind it to a branding. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/{appId}`
   */
  updateProjectApp(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The body, application/json. */
    data?: AppPatch;
  }, options?: Options): Promise<App>;

  /**
   * Move an app to the trash. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/apps/{appId}`
   */
  deleteProjectApp(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
  }, options?: Options): Promise<Ok>;

  /**
   * An app's settings and their schema. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/{appId}/settings`
   */
  getAppSettings(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
  }, options?: Options): Promise<AppSettings>;

  /**
   * Change settings. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/{appId}/settings`
   */
  updateAppSettings(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The body, application/json. */
    data: AppSettingsPatch;
  }, options?: Options): Promise<AppSettings>;
}

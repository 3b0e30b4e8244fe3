// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type {
  Ok,
  Project,
  ProjectImport,
  ProjectList,
  ProjectNew,
  ProjectPatch,
  ProjectUrlList,
  SourceList,
} from "./schemas.js";
import type { Options, Raw, Repeatable } from "../transport.js";

/** Projects, and what is found in all of their apps. */
export interface ProjectsResource {
  /**
   * The projects that the caller may see. Only those of one name, slug, createdAt, updatedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects`
   */
  listProjects(of: {
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
    /** Words to look for in name, slug. */
    search?: string;
    /** Only items with this name. */
    name?: string;
    /** Only items with this slug. */
    slug?: string;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this updatedAt. */
    updatedAt?: string;
    /** Only items with this updatedAt or a later one. */
    updatedAt_gte?: string;
  }, options?: Options): Promise<ProjectList>;

  /**
   * Make a project. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects`
   */
  createProject(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The body, application/json. */
    data: ProjectNew;
  }, options?: Repeatable): Promise<Project>;

  /**
   * A project by its slug. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/project-slugs/{projectSlug}`
   */
  getProjectBySlug(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The slug. */
    projectSlug: string;
  }, options?: Options): Promise<Project>;

  /**
   * A project. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}`
   */
  getProject(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
  }, options?: Options): Promise<Project>;

  /**
   * Change a project. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}`
   */
  updateProject(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data?: ProjectPatch;
  }, options?: Options): Promise<Project>;

  /**
   * Delete a project. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}`
   */
  deleteProject(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
  }, options?: Options): Promise<Ok>;

  /**
   * The paths of all published entries. Only those of one app, type, id where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/urls`
   */
  listProjectUrls(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** Only what is at this path. */
    path?: string;
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
    /** Words to look for in name, path. */
    search?: string;
    /** Only items with this app. */
    app?: string;
    /** Only items with this type. */
    type?: string;
    /** Only items with this id. */
    id?: string;
  }, options?: Options): Promise<ProjectUrlList>;

  /**
   * A project as an archive. Lines of JSON that another instance imports: all entries in all languages, drafts too, redirects, settings, files, brandings and domains; no people and no secrets. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/export`
   */
  exportProject(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** Whether files are in it; they are, unless it is said. */
    files?: "true" | "false";
  }, options?: Options): Promise<ReadableStream<Uint8Array>>;

  /**
   * Make a project of an archive. The archive is the body, at most 1 GiB, and is looked through as a whole first; each fault names its line. Everything gets new ids. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/import`
   */
  importProject(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The name of the project, instead of that in the archive. */
    name?: string;
    /** Only look through the archive. */
    dryRun?: "true" | "false";
    /** The body, application/octet-stream. */
    data: Raw;
  }, options?: Repeatable): Promise<ProjectImport>;

  /**
   * Entries that hold all words. The best first, of the 2,000 that were changed last. Where no entry holds all words, those that hold some. Drafts are found, too. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/search`
   */
  searchSources(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** Words. Each may stand in a name, a title, a slug, tags, or the blocks; the last may not be complete yet. */
    query: string;
    /** At most so many. */
    limit?: number;
    /** Content types, parted by commas. */
    sourceTypes?: string;
    /** One content type. */
    sourceType?: string;
    /** Only this entry. */
    sourceId?: string;
    /** Of the best, only those that are as similar as this. */
    similarity?: number;
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
    /** Words to look for in content. */
    search?: string;
  }, options?: Options): Promise<SourceList>;
}

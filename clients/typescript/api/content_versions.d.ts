// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type { ContentDifference, ContentRestored, ContentVersion, ContentVersionMetaList } from "./schemas.js";
import type { Options, Versioned } from "../transport.js";

/** What entries were: every change keeps a version, which can be compared and brought back. */
export interface ContentVersionsResource {
  /**
   * The versions of an entry, newest first. Only those of one source, createdBy, version, createdAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/content-versions`
   */
  listContentVersions(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The kind of the entry. */
    contentType: "website_page" | "website_post" | "website_layout" | "website_header" | "website_footer" | "website_sidebar" | "website_dialog" | "website_landing" | "website_blog_page" | "website_not_found_page" | "website_sign_in_page" | "kb_article" | "kb_category" | "kb_landing" | "form";
    /** The entry. */
    contentId: string;
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
    /** Only items with this source. */
    source?: string;
    /** Only items with this createdBy. */
    createdBy?: string;
    /** Only items with this version. */
    version?: number;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
  }, options?: Options): Promise<ContentVersionMetaList>;

  /**
   * A version with what it holds. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/content-versions/{versionId}`
   */
  getContentVersion(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the version. */
    versionId: string;
  }, options?: Options): Promise<ContentVersion>;

  /**
   * What is different in a version. A block is the same where it has the same id: it is added, removed, moved or changed. Texts are compared word by word, in each language. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/content-versions/{versionId}/difference`
   */
  compareContentVersions(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the version. */
    versionId: string;
    /** The version that it is compared with; the one before it when left out. */
    against?: string;
  }, options?: Options): Promise<ContentDifference>;

  /**
   * Bring back what a version holds. Content and fields come back in all languages, as one more version. Slug, status and dates stay. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/content-versions/{versionId}/restore`
   */
  restoreContentVersion(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the version. */
    versionId: string;
  }, options?: Versioned): Promise<ContentRestored>;
}

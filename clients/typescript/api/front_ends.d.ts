// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type { Changes, NewPreview, PreviewLink } from "./schemas.js";
import type { Options } from "../transport.js";

/** What sites are built from: what has changed of what is published. */
export interface FrontEndsResource {
  /**
   * What has changed of what is published in a project, in the order in which it changed. An entry that was changed several times is told once, as it is now. Who applies every answer, from the first without since to the one that has no more, has what is published. A cursor of before the last 90 days may have expired, and every cursor has where an app went into the trash or came back: 410 with the reason cursor_expired, after which one begins anew and drops what is not told again. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/changes`
   */
  listProjectChanges(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The cursor of the answer before. Without one everything that is published is told. */
    since?: string;
    /** Only entries of this app. */
    appId?: string;
    /** Most changes in one answer; 100 unless given. */
    pageSize?: number;
    /** Entries without their content. */
    lite?: boolean;
    /** Texts in this language, with fallback to the project's default. */
    locale?: string;
    /** `html` adds to each entry its content as `html`, in the language or the project's default one, and its headings as `toc`. */
    render?: "html";
  }, options?: Options): Promise<Changes>;

  /**
   * Make a link to a preview of an entry. The link shows the entry as it is when it is followed, also while it is not published, for an hour, and only as long as whoever made it may read it. Its page may stand in a frame of this instance. Its answer holds a secret, which no cache may keep. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/content/previews`
   */
  createContentPreview(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: NewPreview;
  }, options?: Options): Promise<PreviewLink>;
}

// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type {
  BlockChanged,
  BlockDescription,
  ContentMatches,
  ContentTypes,
  DeleteBlock,
  DeleteSection,
  EntryContent,
  InsertBlock,
  InsertSection,
  MoveBlock,
  MoveSection,
  Publish,
  PublishResult,
  SectionChanged,
  SetVisibility,
  Styles,
  UpdateBlock,
  UpdateSection,
  VisibilityOf,
} from "./schemas.js";
import type { Options, Repeatable } from "../transport.js";

/** What entries consist of: sections, columns and blocks. */
export interface BuilderResource {
  /**
   * The kinds of content and the blocks of each. Needs a token.
   *
   * `GET /api/builder/content-types`
   */
  getContentTypes(of?: Record<never, never>, options?: Options): Promise<ContentTypes>;

  /**
   * What styles may hold. Needs a token.
   *
   * `GET /api/builder/styles`
   */
  getBlockStyles(of?: Record<never, never>, options?: Options): Promise<Styles>;

  /**
   * A type of block. Needs a token.
   *
   * `GET /api/builder/blocks/{blockType}`
   */
  getBlock(of: {
    /** The slug. */
    blockType: string;
    /** The kind in whose entries the block is to stand. */
    contentType: "website_page" | "website_post" | "website_layout" | "website_header" | "website_footer" | "website_sidebar" | "website_dialog" | "website_landing" | "website_blog_page" | "website_not_found_page" | "website_sign_in_page" | "kb_article" | "kb_category" | "kb_landing" | "form";
  }, options?: Options): Promise<BlockDescription>;

  /**
   * The content of an entry. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/content`
   */
  getContent(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The kind of the entry. */
    contentType: "website_page" | "website_post" | "website_layout" | "website_header" | "website_footer" | "website_sidebar" | "website_dialog" | "website_landing" | "website_blog_page" | "website_not_found_page" | "website_sign_in_page" | "kb_article" | "kb_category" | "kb_landing" | "form";
    /** The entry. */
    contentId: string;
  }, options?: Options): Promise<EntryContent>;

  /**
   * Insert a section. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/content/sections/insert`
   */
  insertSection(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: InsertSection;
  }, options?: Repeatable): Promise<SectionChanged>;

  /**
   * Change a section. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/content/sections/update`
   */
  updateSection(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: UpdateSection;
  }, options?: Repeatable): Promise<SectionChanged>;

  /**
   * Move a section. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/content/sections/move`
   */
  moveSection(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: MoveSection;
  }, options?: Repeatable): Promise<SectionChanged>;

  /**
   * Delete a section. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/content/sections/delete`
   */
  deleteSection(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: DeleteSection;
  }, options?: Repeatable): Promise<SectionChanged>;

  /**
   * Insert a block. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/content/blocks/insert`
   */
  insertBlock(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: InsertBlock;
  }, options?: Repeatable): Promise<BlockChanged>;

  /**
   * Change a block. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/content/blocks/update`
   */
  updateBlock(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: UpdateBlock;
  }, options?: Repeatable): Promise<BlockChanged>;

  /**
   * Move a block. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/content/blocks/move`
   */
  moveBlock(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: MoveBlock;
  }, options?: Repeatable): Promise<BlockChanged>;

  /**
   * Delete a block. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/content/blocks/delete`
   */
  deleteBlock(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: DeleteBlock;
  }, options?: Repeatable): Promise<BlockChanged>;

  /**
   * Publish an entry, now or at a moment. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/content/publish`
   */
  publishContent(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: Publish;
  }, options?: Repeatable): Promise<PublishResult>;

  /**
   * Take an entry back to a draft. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/content/unpublish`
   */
  unpublishContent(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: Publish;
  }, options?: Repeatable): Promise<PublishResult>;

  /**
   * Say who may see an entry. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/content/visibility`
   */
  setContentVisibility(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: SetVisibility;
  }, options?: Repeatable): Promise<VisibilityOf>;

  /**
   * Where words occur, or blocks of a type stand. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/content/search`
   */
  searchContent(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** Words. Each may stand in a name, a title, a slug, tags, or the blocks; the last may not be complete yet. */
    query?: string;
    /** Types of blocks, parted by commas. */
    blockTypes?: string;
    /** Content types, parted by commas. */
    contentTypes?: string;
    /** Only entries with this status. */
    status?: "draft" | "published" | "scheduled";
    /** At most so many. */
    limit?: number;
  }, options?: Options): Promise<ContentMatches>;
}

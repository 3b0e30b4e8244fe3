// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type {
  KbArticle,
  KbArticleList,
  KbArticleMeta,
  KbArticleNew,
  KbCategory,
  KbCategoryList,
  KbCategoryMeta,
  KbCategoryNew,
  KbLanding,
  KbLandingMeta,
  Ok,
  Redirect,
  RedirectList,
  RedirectNew,
  RedirectPatch,
} from "./schemas.js";
import type { Conditional, Options, Repeatable, Versioned } from "../transport.js";

/** Articles of a knowledge base, the tree of their categories, and its landing page. */
export interface KbResource {
  /**
   * The articles of an app, newest first. Only those of one name, slug, status, isListed, categoryId, publishedAt, createdAt, updatedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/kb/{appId}/articles`
   */
  listKbArticles(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
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
    /** Words to look for in name, slug, title, excerpt, tags. */
    search?: string;
    /** Only items with this name. */
    name?: string;
    /** Only items with this slug. */
    slug?: string;
    /** Only items with this status. */
    status?: "draft" | "published";
    /** Only items with this isListed. */
    isListed?: boolean;
    /** Only items with this categoryId. */
    categoryId?: string;
    /** Only items with this publishedAt. */
    publishedAt?: string;
    /** Only items with this publishedAt or a later one. */
    publishedAt_gte?: string;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this updatedAt. */
    updatedAt?: string;
    /** Only items with this updatedAt or a later one. */
    updatedAt_gte?: string;
  }, options?: Options): Promise<KbArticleList>;

  /**
   * Make a article. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/apps/kb/{appId}/articles`
   */
  createKbArticle(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** The body, application/json. */
    data: KbArticleNew;
  }, options?: Repeatable): Promise<KbArticle>;

  /**
   * A article. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/kb/{appId}/articles/{articleId}`
   */
  getKbArticle(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the article. */
    articleId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** `html` adds the content as `html`, in the language or the project's default one, and its headings as `toc`. */
    render?: "html";
  }, options: Conditional & { ifNoneMatch: string }): Promise<KbArticle | undefined>;
  getKbArticle(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the article. */
    articleId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** `html` adds the content as `html`, in the language or the project's default one, and its headings as `toc`. */
    render?: "html";
  }, options?: Conditional): Promise<KbArticle>;

  /**
   * Change a article: all but content, status and visibility. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/kb/{appId}/articles/{articleId}`
   */
  updateKbArticleMeta(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the article. */
    articleId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** The body, application/json. */
    data?: KbArticleMeta;
  }, options?: Versioned): Promise<KbArticle>;

  /**
   * Move a article to the trash. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/apps/kb/{appId}/articles/{articleId}`
   */
  deleteKbArticle(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the article. */
    articleId: string;
  }, options?: Versioned): Promise<Ok>;

  /**
   * The tree of categories of an app, in order. Pages are of those at the top, and each holds all that is below it as `children`. A search or a filter finds them wherever they stand; what is below one that was found is not told again. What is below something in the trash is shown where that stood. Only those of one slug, icon, createdAt, updatedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/kb/{appId}/categories`
   */
  listKbCategories(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
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
    /** Words to look for in name, slug, title, description. */
    search?: string;
    /** Only items with this slug. */
    slug?: string;
    /** Only items with this icon. */
    icon?: string;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this updatedAt. */
    updatedAt?: string;
    /** Only items with this updatedAt or a later one. */
    updatedAt_gte?: string;
  }, options?: Options): Promise<KbCategoryList>;

  /**
   * Make a category. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/apps/kb/{appId}/categories`
   */
  createKbCategory(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** The body, application/json. */
    data: KbCategoryNew;
  }, options?: Repeatable): Promise<KbCategory>;

  /**
   * A category. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/kb/{appId}/categories/{categoryId}`
   */
  getKbCategory(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the category. */
    categoryId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
  }, options: Conditional & { ifNoneMatch: string }): Promise<KbCategory | undefined>;
  getKbCategory(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the category. */
    categoryId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
  }, options?: Conditional): Promise<KbCategory>;

  /**
   * Change a category: all but content, status and visibility. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/kb/{appId}/categories/{categoryId}`
   */
  updateKbCategoryMeta(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the category. */
    categoryId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** The body, application/json. */
    data?: KbCategoryMeta;
  }, options?: Versioned): Promise<KbCategory>;

  /**
   * Move a category to the trash. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/apps/kb/{appId}/categories/{categoryId}`
   */
  deleteKbCategory(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the category. */
    categoryId: string;
  }, options?: Versioned): Promise<Ok>;

  /**
   * A landing page. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/kb/{appId}/landing`
   */
  getKbLanding(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** `html` adds the content as `html`, in the language or the project's default one, and its headings as `toc`. */
    render?: "html";
    /** A draft of it. There are none yet, so whatever is named is not found. */
    draftId?: string;
  }, options: Conditional & { ifNoneMatch: string }): Promise<KbLanding | undefined>;
  getKbLanding(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** `html` adds the content as `html`, in the language or the project's default one, and its headings as `toc`. */
    render?: "html";
    /** A draft of it. There are none yet, so whatever is named is not found. */
    draftId?: string;
  }, options?: Conditional): Promise<KbLanding>;

  /**
   * Change a landing page: all but content, status and visibility. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/kb/{appId}/landing`
   */
  updateKbLandingMeta(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** A draft of it. There are none yet, so whatever is named is not found. */
    draftId?: string;
    /** The body, application/json. */
    data?: KbLandingMeta;
  }, options?: Versioned): Promise<KbLanding>;

  /**
   * Where old paths of the site lead. Only those of one source, status, fromPath, toPath, createdAt, updatedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/kb/{appId}/redirects`
   */
  listKbRedirects(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
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
    /** Words to look for in fromPath, toPath. */
    search?: string;
    /** Only items with this source. */
    source?: "auto" | "manual";
    /** Only items with this status. */
    status?: number;
    /** Only items with this fromPath. */
    fromPath?: string;
    /** Only items with this toPath. */
    toPath?: string;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this updatedAt. */
    updatedAt?: string;
    /** Only items with this updatedAt or a later one. */
    updatedAt_gte?: string;
  }, options?: Options): Promise<RedirectList>;

  /**
   * Make a redirect. What leads to where another redirect begins leads to its end at once, and one that would lead in a circle is refused. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/apps/kb/{appId}/redirects`
   */
  createKbRedirect(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The body, application/json. */
    data: RedirectNew;
  }, options?: Repeatable): Promise<Redirect>;

  /**
   * A redirect. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/kb/{appId}/redirects/{redirectId}`
   */
  getKbRedirect(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the redirect. */
    redirectId: string;
  }, options?: Options): Promise<Redirect>;

  /**
   * Change a redirect. What leads to where another redirect begins leads to its end at once, and one that would lead in a circle is refused. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/kb/{appId}/redirects/{redirectId}`
   */
  updateKbRedirect(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the redirect. */
    redirectId: string;
    /** The body, application/json. */
    data?: RedirectPatch;
  }, options?: Options): Promise<Redirect>;

  /**
   * End a redirect. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/apps/kb/{appId}/redirects/{redirectId}`
   */
  deleteKbRedirect(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the redirect. */
    redirectId: string;
  }, options?: Options): Promise<Ok>;

  /**
   * All redirects of a site in the form of others. Paths are told as they are, whatever they hold: what the form would take for something else is encoded, and what nginx cannot compare is left out. Netlify's form knows 301 and 302, so 308 and 307 become these. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/kb/{appId}/redirect-rules`
   */
  getKbRedirectRules(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** `netlify`: the lines of a file `_redirects`, which others read, too. `nginx`: a map for each status, with what leads there in a comment. */
    format: "netlify" | "nginx";
  }, options?: Options): Promise<string>;
}

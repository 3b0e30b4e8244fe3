// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type {
  Consent,
  ConsentPatch,
  Ok,
  Redirect,
  RedirectList,
  RedirectNew,
  RedirectPatch,
  SearchIndexSubmission,
  SearchIndexSubmitted,
  SiteDomain,
  SiteDomainList,
  Tracking,
  TrackingPatch,
  ViewerApple,
  ViewerAuth,
  ViewerAuthPatch,
  ViewerInvited,
  ViewerList,
  ViewerNew,
  ViewerRemoved,
  ViewerSso,
  WebsiteBlogPage,
  WebsiteBlogPageMeta,
  WebsiteDialog,
  WebsiteDialogList,
  WebsiteDialogMeta,
  WebsiteDialogNew,
  WebsiteFooter,
  WebsiteFooterList,
  WebsiteFooterMeta,
  WebsiteFooterNew,
  WebsiteHeader,
  WebsiteHeaderList,
  WebsiteHeaderMeta,
  WebsiteHeaderNew,
  WebsiteLanding,
  WebsiteLandingMeta,
  WebsiteLayout,
  WebsiteLayoutList,
  WebsiteLayoutMeta,
  WebsiteLayoutNew,
  WebsiteNotFoundPage,
  WebsiteNotFoundPageMeta,
  WebsitePage,
  WebsitePageList,
  WebsitePageMeta,
  WebsitePageNew,
  WebsitePost,
  WebsitePostList,
  WebsitePostMeta,
  WebsitePostNew,
  WebsiteSidebar,
  WebsiteSidebarList,
  WebsiteSidebarMeta,
  WebsiteSidebarNew,
  WebsiteSignInPage,
  WebsiteSignInPageMeta,
  WebsiteTagList,
  WebsiteUrls,
} from "./schemas.js";
import type { Conditional, Options, Repeatable, Versioned } from "../transport.js";

/** Pages and posts of a website, in each language of its project. */
export interface WebsiteResource {
  /**
   * The domains that lead to a site. Only those of one isPrimary, isVerified, isGenerated, createdAt, updatedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/domains`
   */
  listWebsiteCustomDomains(of: {
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
    /** Words to look for in hostname. */
    search?: string;
    /** Only items with this isPrimary. */
    isPrimary?: boolean;
    /** Only items with this isVerified. */
    isVerified?: boolean;
    /** Only items with this isGenerated. */
    isGenerated?: boolean;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this updatedAt. */
    updatedAt?: string;
    /** Only items with this updatedAt or a later one. */
    updatedAt_gte?: string;
  }, options?: Options): Promise<SiteDomainList>;

  /**
   * A domain of a site. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/domains/{domainId}`
   */
  getWebsiteCustomDomain(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the domain. */
    domainId: string;
  }, options?: Options): Promise<SiteDomain>;

  /**
   * The pages of an app, newest first. Only those of one slug, status, layoutId, headerId, footerId, isListed, createdAt, updatedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/pages`
   */
  listWebsitePages(of: {
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
    /** Words to look for in name, slug, title, tags. */
    search?: string;
    /** Only items with this slug. */
    slug?: string;
    /** Only items with this status. */
    status?: "draft" | "published" | "scheduled";
    /** Only items with this layoutId. */
    layoutId?: string;
    /** Only items with this headerId. */
    headerId?: string;
    /** Only items with this footerId. */
    footerId?: string;
    /** Only items with this isListed. */
    isListed?: boolean;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this updatedAt. */
    updatedAt?: string;
    /** Only items with this updatedAt or a later one. */
    updatedAt_gte?: string;
  }, options?: Options): Promise<WebsitePageList>;

  /**
   * Make a page. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/pages`
   */
  createWebsitePage(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** The body, application/json. */
    data: WebsitePageNew;
  }, options?: Repeatable): Promise<WebsitePage>;

  /**
   * A page. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/pages/{pageId}`
   */
  getWebsitePage(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the page. */
    pageId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** `html` adds the content as `html`, in the language or the project's default one, and its headings as `toc`. */
    render?: "html";
  }, options: Conditional & { ifNoneMatch: string }): Promise<WebsitePage | undefined>;
  getWebsitePage(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the page. */
    pageId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** `html` adds the content as `html`, in the language or the project's default one, and its headings as `toc`. */
    render?: "html";
  }, options?: Conditional): Promise<WebsitePage>;

  /**
   * Change a page: all but content, status and visibility. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/pages/{pageId}`
   */
  updateWebsitePageMeta(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the page. */
    pageId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** The body, application/json. */
    data?: WebsitePageMeta;
  }, options?: Versioned): Promise<WebsitePage>;

  /**
   * Move a page to the trash. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/pages/{pageId}`
   */
  deleteWebsitePage(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the page. */
    pageId: string;
  }, options?: Versioned): Promise<Ok>;

  /**
   * The posts of an app, newest first. Only those of one slug, status, authorId, authorName, publishDate, isListed, createdAt, updatedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/posts`
   */
  listWebsitePosts(of: {
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
    /** Only items with this slug. */
    slug?: string;
    /** Only items with this status. */
    status?: "draft" | "published" | "scheduled";
    /** Only items with this authorId. */
    authorId?: string;
    /** Only items with this authorName. */
    authorName?: string;
    /** Only items with this publishDate. */
    publishDate?: string;
    /** Only items with this publishDate or a later one. */
    publishDate_gte?: string;
    /** Only items with this isListed. */
    isListed?: boolean;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this updatedAt. */
    updatedAt?: string;
    /** Only items with this updatedAt or a later one. */
    updatedAt_gte?: string;
  }, options?: Options): Promise<WebsitePostList>;

  /**
   * Make a post. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/posts`
   */
  createWebsitePost(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** The body, application/json. */
    data: WebsitePostNew;
  }, options?: Repeatable): Promise<WebsitePost>;

  /**
   * A post. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/posts/{postId}`
   */
  getWebsitePost(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the post. */
    postId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** `html` adds the content as `html`, in the language or the project's default one, and its headings as `toc`. */
    render?: "html";
  }, options: Conditional & { ifNoneMatch: string }): Promise<WebsitePost | undefined>;
  getWebsitePost(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the post. */
    postId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** `html` adds the content as `html`, in the language or the project's default one, and its headings as `toc`. */
    render?: "html";
  }, options?: Conditional): Promise<WebsitePost>;

  /**
   * Change a post: all but content, status and visibility. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/posts/{postId}`
   */
  updateWebsitePostMeta(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the post. */
    postId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** The body, application/json. */
    data?: WebsitePostMeta;
  }, options?: Versioned): Promise<WebsitePost>;

  /**
   * Move a post to the trash. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/posts/{postId}`
   */
  deleteWebsitePost(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the post. */
    postId: string;
  }, options?: Versioned): Promise<Ok>;

  /**
   * The layouts of an app, newest first. Only those of one name, createdAt, updatedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/layouts`
   */
  listWebsiteLayouts(of: {
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
    /** Words to look for in name, description. */
    search?: string;
    /** Only items with this name. */
    name?: string;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this updatedAt. */
    updatedAt?: string;
    /** Only items with this updatedAt or a later one. */
    updatedAt_gte?: string;
  }, options?: Options): Promise<WebsiteLayoutList>;

  /**
   * Make a layout. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/layouts`
   */
  createWebsiteLayout(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** The body, application/json. */
    data: WebsiteLayoutNew;
  }, options?: Repeatable): Promise<WebsiteLayout>;

  /**
   * A layout. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/layouts/{layoutId}`
   */
  getWebsiteLayout(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the layout. */
    layoutId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** `html` adds the content as `html`, in the language or the project's default one, and its headings as `toc`. */
    render?: "html";
  }, options: Conditional & { ifNoneMatch: string }): Promise<WebsiteLayout | undefined>;
  getWebsiteLayout(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the layout. */
    layoutId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** `html` adds the content as `html`, in the language or the project's default one, and its headings as `toc`. */
    render?: "html";
  }, options?: Conditional): Promise<WebsiteLayout>;

  /**
   * Change a layout: all but content, status and visibility. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/layouts/{layoutId}`
   */
  updateWebsiteLayoutMeta(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the layout. */
    layoutId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** The body, application/json. */
    data?: WebsiteLayoutMeta;
  }, options?: Versioned): Promise<WebsiteLayout>;

  /**
   * Move a layout to the trash. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/layouts/{layoutId}`
   */
  deleteWebsiteLayout(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the layout. */
    layoutId: string;
  }, options?: Versioned): Promise<Ok>;

  /**
   * The headers of an app, newest first. Only those of one name, createdAt, updatedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/headers`
   */
  listWebsiteHeaders(of: {
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
    /** Words to look for in name. */
    search?: string;
    /** Only items with this name. */
    name?: string;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this updatedAt. */
    updatedAt?: string;
    /** Only items with this updatedAt or a later one. */
    updatedAt_gte?: string;
  }, options?: Options): Promise<WebsiteHeaderList>;

  /**
   * Make a header. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/headers`
   */
  createWebsiteHeader(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** The body, application/json. */
    data: WebsiteHeaderNew;
  }, options?: Repeatable): Promise<WebsiteHeader>;

  /**
   * A header. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/headers/{headerId}`
   */
  getWebsiteHeader(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the header. */
    headerId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** `html` adds the content as `html`, in the language or the project's default one, and its headings as `toc`. */
    render?: "html";
  }, options: Conditional & { ifNoneMatch: string }): Promise<WebsiteHeader | undefined>;
  getWebsiteHeader(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the header. */
    headerId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** `html` adds the content as `html`, in the language or the project's default one, and its headings as `toc`. */
    render?: "html";
  }, options?: Conditional): Promise<WebsiteHeader>;

  /**
   * Change a header: all but content, status and visibility. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/headers/{headerId}`
   */
  updateWebsiteHeaderMeta(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the header. */
    headerId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** The body, application/json. */
    data?: WebsiteHeaderMeta;
  }, options?: Versioned): Promise<WebsiteHeader>;

  /**
   * Move a header to the trash. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/headers/{headerId}`
   */
  deleteWebsiteHeader(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the header. */
    headerId: string;
  }, options?: Versioned): Promise<Ok>;

  /**
   * The footers of an app, newest first. Only those of one name, createdAt, updatedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/footers`
   */
  listWebsiteFooters(of: {
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
    /** Words to look for in name. */
    search?: string;
    /** Only items with this name. */
    name?: string;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this updatedAt. */
    updatedAt?: string;
    /** Only items with this updatedAt or a later one. */
    updatedAt_gte?: string;
  }, options?: Options): Promise<WebsiteFooterList>;

  /**
   * Make a footer. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/footers`
   */
  createWebsiteFooter(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** The body, application/json. */
    data: WebsiteFooterNew;
  }, options?: Repeatable): Promise<WebsiteFooter>;

  /**
   * A footer. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/footers/{footerId}`
   */
  getWebsiteFooter(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the footer. */
    footerId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** `html` adds the content as `html`, in the language or the project's default one, and its headings as `toc`. */
    render?: "html";
  }, options: Conditional & { ifNoneMatch: string }): Promise<WebsiteFooter | undefined>;
  getWebsiteFooter(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the footer. */
    footerId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** `html` adds the content as `html`, in the language or the project's default one, and its headings as `toc`. */
    render?: "html";
  }, options?: Conditional): Promise<WebsiteFooter>;

  /**
   * Change a footer: all but content, status and visibility. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/footers/{footerId}`
   */
  updateWebsiteFooterMeta(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the footer. */
    footerId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** The body, application/json. */
    data?: WebsiteFooterMeta;
  }, options?: Versioned): Promise<WebsiteFooter>;

  /**
   * Move a footer to the trash. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/footers/{footerId}`
   */
  deleteWebsiteFooter(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the footer. */
    footerId: string;
  }, options?: Versioned): Promise<Ok>;

  /**
   * The sidebars of an app, newest first. Only those of one name, createdAt, updatedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/sidebars`
   */
  listWebsiteSidebars(of: {
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
    /** Words to look for in name. */
    search?: string;
    /** Only items with this name. */
    name?: string;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this updatedAt. */
    updatedAt?: string;
    /** Only items with this updatedAt or a later one. */
    updatedAt_gte?: string;
  }, options?: Options): Promise<WebsiteSidebarList>;

  /**
   * Make a sidebar. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/sidebars`
   */
  createWebsiteSidebar(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** The body, application/json. */
    data: WebsiteSidebarNew;
  }, options?: Repeatable): Promise<WebsiteSidebar>;

  /**
   * A sidebar. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/sidebars/{sidebarId}`
   */
  getWebsiteSidebar(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the sidebar. */
    sidebarId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** `html` adds the content as `html`, in the language or the project's default one, and its headings as `toc`. */
    render?: "html";
  }, options: Conditional & { ifNoneMatch: string }): Promise<WebsiteSidebar | undefined>;
  getWebsiteSidebar(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the sidebar. */
    sidebarId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** `html` adds the content as `html`, in the language or the project's default one, and its headings as `toc`. */
    render?: "html";
  }, options?: Conditional): Promise<WebsiteSidebar>;

  /**
   * Change a sidebar: all but content, status and visibility. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/sidebars/{sidebarId}`
   */
  updateWebsiteSidebarMeta(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the sidebar. */
    sidebarId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** The body, application/json. */
    data?: WebsiteSidebarMeta;
  }, options?: Versioned): Promise<WebsiteSidebar>;

  /**
   * Move a sidebar to the trash. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/sidebars/{sidebarId}`
   */
  deleteWebsiteSidebar(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the sidebar. */
    sidebarId: string;
  }, options?: Versioned): Promise<Ok>;

  /**
   * The dialogs of an app, newest first. Only those of one name, maxWidth, includeClose, createdAt, updatedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/dialogs`
   */
  listWebsiteDialogs(of: {
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
    /** Words to look for in name. */
    search?: string;
    /** Only items with this name. */
    name?: string;
    /** Only items with this maxWidth. */
    maxWidth?: "xs" | "sm" | "md" | "lg" | "xl";
    /** Only items with this includeClose. */
    includeClose?: boolean;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this updatedAt. */
    updatedAt?: string;
    /** Only items with this updatedAt or a later one. */
    updatedAt_gte?: string;
  }, options?: Options): Promise<WebsiteDialogList>;

  /**
   * Make a dialog. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/dialogs`
   */
  createWebsiteDialog(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** The body, application/json. */
    data: WebsiteDialogNew;
  }, options?: Repeatable): Promise<WebsiteDialog>;

  /**
   * A dialog. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/dialogs/{dialogId}`
   */
  getWebsiteDialog(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the dialog. */
    dialogId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** `html` adds the content as `html`, in the language or the project's default one, and its headings as `toc`. */
    render?: "html";
  }, options: Conditional & { ifNoneMatch: string }): Promise<WebsiteDialog | undefined>;
  getWebsiteDialog(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the dialog. */
    dialogId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** `html` adds the content as `html`, in the language or the project's default one, and its headings as `toc`. */
    render?: "html";
  }, options?: Conditional): Promise<WebsiteDialog>;

  /**
   * Change a dialog: all but content, status and visibility. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/dialogs/{dialogId}`
   */
  updateWebsiteDialogMeta(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the dialog. */
    dialogId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** The body, application/json. */
    data?: WebsiteDialogMeta;
  }, options?: Versioned): Promise<WebsiteDialog>;

  /**
   * Move a dialog to the trash. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/dialogs/{dialogId}`
   */
  deleteWebsiteDialog(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the dialog. */
    dialogId: string;
  }, options?: Versioned): Promise<Ok>;

  /**
   * A landing page. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/landing`
   */
  getWebsiteLanding(of: {
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
  }, options: Conditional & { ifNoneMatch: string }): Promise<WebsiteLanding | undefined>;
  getWebsiteLanding(of: {
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
  }, options?: Conditional): Promise<WebsiteLanding>;

  /**
   * Change a landing page: all but content, status and visibility. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/landing`
   */
  updateWebsiteLandingMeta(of: {
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
    data?: WebsiteLandingMeta;
  }, options?: Versioned): Promise<WebsiteLanding>;

  /**
   * A blog page. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/blog-page`
   */
  getWebsiteBlogPage(of: {
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
  }, options: Conditional & { ifNoneMatch: string }): Promise<WebsiteBlogPage | undefined>;
  getWebsiteBlogPage(of: {
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
  }, options?: Conditional): Promise<WebsiteBlogPage>;

  /**
   * Change a blog page: all but content, status and visibility. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/blog-page`
   */
  updateWebsiteBlogPageMeta(of: {
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
    data?: WebsiteBlogPageMeta;
  }, options?: Versioned): Promise<WebsiteBlogPage>;

  /**
   * A not-found page. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/not-found-page`
   */
  getWebsiteNotFoundPage(of: {
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
  }, options: Conditional & { ifNoneMatch: string }): Promise<WebsiteNotFoundPage | undefined>;
  getWebsiteNotFoundPage(of: {
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
  }, options?: Conditional): Promise<WebsiteNotFoundPage>;

  /**
   * Change a not-found page: all but content, status and visibility. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/not-found-page`
   */
  updateWebsiteNotFoundPageMeta(of: {
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
    data?: WebsiteNotFoundPageMeta;
  }, options?: Versioned): Promise<WebsiteNotFoundPage>;

  /**
   * A sign-in page. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/sign-in-page`
   */
  getWebsiteSignInPage(of: {
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
  }, options: Conditional & { ifNoneMatch: string }): Promise<WebsiteSignInPage | undefined>;
  getWebsiteSignInPage(of: {
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
  }, options?: Conditional): Promise<WebsiteSignInPage>;

  /**
   * Change a sign-in page: all but content, status and visibility. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/sign-in-page`
   */
  updateWebsiteSignInPageMeta(of: {
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
    data?: WebsiteSignInPageMeta;
  }, options?: Versioned): Promise<WebsiteSignInPage>;

  /**
   * The tags of all entries of a site. Only those of one tag where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/tags`
   */
  listWebsiteTags(of: {
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
    /** Words to look for in tag. */
    search?: string;
    /** Only items with this tag. */
    tag?: string;
  }, options?: Options): Promise<WebsiteTagList>;

  /**
   * The paths of all that is published on a site. Of each kind at most the 10,000 that were changed last. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/urls`
   */
  getWebsiteUrls(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
  }, options?: Options): Promise<WebsiteUrls>;

  /**
   * Tell search engines of an entry. Nobody is told before sites are served; the answer says so. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/content/search-index`
   */
  submitContentToSearchEngines(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: SearchIndexSubmission;
  }, options?: Repeatable): Promise<SearchIndexSubmitted>;

  /**
   * What readers are asked before cookies are set. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/consent`
   */
  getWebsiteConsentSettings(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
  }, options?: Options): Promise<Consent>;

  /**
   * Change what readers are asked. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/consent`
   */
  updateWebsiteConsentSettings(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The body, application/json. */
    data?: ConsentPatch;
  }, options?: Options): Promise<Consent>;

  /**
   * What counts the readers of the site. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/tracking`
   */
  getWebsiteTrackingSettings(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
  }, options?: Options): Promise<Tracking>;

  /**
   * Change what counts the readers. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/tracking`
   */
  updateWebsiteTrackingSettings(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The body, application/json. */
    data?: TrackingPatch;
  }, options?: Options): Promise<Tracking>;

  /**
   * Whether readers of the site sign in. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/viewer-auth`
   */
  getWebsiteViewerAuth(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
  }, options?: Options): Promise<ViewerAuth>;

  /**
   * Change whether readers sign in. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/viewer-auth`
   */
  updateWebsiteViewerAuth(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The body, application/json. */
    data?: ViewerAuthPatch;
  }, options?: Options): Promise<ViewerAuth>;

  /**
   * Whether readers sign in with Apple. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/viewer-auth/apple`
   */
  getWebsiteViewerApple(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
  }, options?: Options): Promise<ViewerApple>;

  /**
   * Whether an organization says who a reader is. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/viewer-auth/sso`
   */
  getWebsiteViewerSso(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
  }, options?: Options): Promise<ViewerSso>;

  /**
   * Readers who were invited, newest first. Nobody is in it while readers do not sign in. Only those of one invitedAt, signedInAt, email where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/viewers`
   */
  listWebsiteViewers(of: {
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
    /** Words to look for in email, displayName. */
    search?: string;
    /** Only items with this invitedAt. */
    invitedAt?: string;
    /** Only items with this invitedAt or a later one. */
    invitedAt_gte?: string;
    /** Only items with this signedInAt. */
    signedInAt?: string;
    /** Only items with this signedInAt or a later one. */
    signedInAt_gte?: string;
    /** Only items with this email. */
    email?: string;
  }, options?: Options): Promise<ViewerList>;

  /**
   * Invite a reader. They are on the register from then on; no link is sent before sites are served. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/viewers`
   */
  inviteWebsiteViewer(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The body, application/json. */
    data: ViewerNew;
  }, options?: Repeatable): Promise<ViewerInvited>;

  /**
   * Take a reader off the register. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/viewers/{uid}`
   */
  removeWebsiteViewer(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The slug. */
    uid: string;
  }, options?: Options): Promise<ViewerRemoved>;

  /**
   * Where old paths of the site lead. Only those of one source, status, fromPath, toPath, createdAt, updatedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/redirects`
   */
  listWebsiteRedirects(of: {
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
   * `POST /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/redirects`
   */
  createWebsiteRedirect(of: {
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
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/redirects/{redirectId}`
   */
  getWebsiteRedirect(of: {
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
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/redirects/{redirectId}`
   */
  updateWebsiteRedirect(of: {
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
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/redirects/{redirectId}`
   */
  deleteWebsiteRedirect(of: {
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
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/redirect-rules`
   */
  getWebsiteRedirectRules(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** `netlify`: the lines of a file `_redirects`, which others read, too. `nginx`: a map for each status, with what leads there in a comment. */
    format: "netlify" | "nginx";
  }, options?: Options): Promise<string>;

  /**
   * The sitemap of a site (sitemaps.org). The start of the site, and what is published, listed, open to everybody, and not kept from search engines. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/sitemap`
   */
  getWebsiteSitemap(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The address of the site, such as https://example.org: no site is served here yet. */
    base: string;
    /** Which file of several. Without it a site with more than 50,000 addresses gets the index of its files, sitemap-1.xml and so on. */
    page?: number;
  }, options?: Options): Promise<string>;
}

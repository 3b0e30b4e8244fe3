// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type { Branding, BrandingList, BrandingNew, BrandingPatch, Ok } from "./schemas.js";
import type { Options, Repeatable } from "../transport.js";

/** How what a project shows looks: colours, fonts, measures and logos. */
export interface ProjectBrandingResource {
  /**
   * The brandings of a project. Only those of one name, createdBy, createdAt, updatedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/brandings`
   */
  listProjectBrandings(of: {
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
    /** Only items with this name. */
    name?: string;
    /** Only items with this createdBy. */
    createdBy?: string;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this updatedAt. */
    updatedAt?: string;
    /** Only items with this updatedAt or a later one. */
    updatedAt_gte?: string;
  }, options?: Options): Promise<BrandingList>;

  /**
   * Make a branding. Apps that are bound to none wear the first that was made; `update_project_app` binds one by its `brandingId`. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/brandings`
   */
  createProjectBranding(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: BrandingNew;
  }, options?: Repeatable): Promise<Branding>;

  /**
   * A branding. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/brandings/{brandingId}`
   */
  getProjectBranding(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the branding. */
    brandingId: string;
  }, options?: Options): Promise<Branding>;

  /**
   * Change a branding. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/brandings/{brandingId}`
   */
  updateProjectBranding(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the branding. */
    brandingId: string;
    /** The body, application/json. */
    data?: BrandingPatch;
  }, options?: Options): Promise<Branding>;

  /**
   * Delete a branding for good. Apps that were bound to it wear the first branding of the project from then on, or none if it was the last. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/brandings/{brandingId}`
   */
  deleteProjectBranding(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the branding. */
    brandingId: string;
  }, options?: Options): Promise<Ok>;

  /**
   * A branding as a stylesheet. Custom properties for pages of any site: colours by `light-dark()`, fonts, measures. `/content.v1.css` goes by them. It needs no token, and has an ETag. Needs no token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/brandings/{brandingId}.css`
   */
  getProjectBrandingCss(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the branding. */
    brandingId: string;
  }, options?: Options): Promise<string>;
}

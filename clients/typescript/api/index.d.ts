// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type { AuthResource } from "./auth.js";
import type { MeResource } from "./me.js";
import type { OrganizationsResource } from "./organizations.js";
import type { OrganizationMembersResource } from "./organization_members.js";
import type { ProjectMembersResource } from "./project_members.js";
import type { AppMembersResource } from "./app_members.js";
import type { InvitationsResource } from "./invitations.js";
import type { ApiKeysResource } from "./api_keys.js";
import type { ProjectsResource } from "./projects.js";
import type { ProjectAppsResource } from "./project_apps.js";
import type { ProjectBrandingResource } from "./project_branding.js";
import type { ProjectDomainsResource } from "./project_domains.js";
import type { WebsiteResource } from "./website.js";
import type { WebhooksResource } from "./webhooks.js";
import type { KbResource } from "./kb.js";
import type { FormsResource } from "./forms.js";
import type { ContentVersionsResource } from "./content_versions.js";
import type { ProjectTrashResource } from "./project_trash.js";
import type { BuilderResource } from "./builder.js";
import type { FrontEndsResource } from "./front_ends.js";
import type { ProjectFilesResource } from "./project_files.js";
import type { HealthResource } from "./health.js";
import type { OauthResource } from "./oauth.js";

/** The calls of the API, in groups. */
export interface Resources {
  /** From an API key to an access token. */
  auth: AuthResource;
  /** The caller: a person or a service account, with what it reaches. */
  me: MeResource;
  /** Organizations, their policies, and their service accounts. */
  organizations: OrganizationsResource;
  /** Who is in an organization, and as what. */
  organizationMembers: OrganizationMembersResource;
  /** Roles that were given in one project. */
  projectMembers: ProjectMembersResource;
  /** Roles that were given in one app. */
  appMembers: AppMembersResource;
  /** Who was asked to join, and has not answered yet. */
  invitations: InvitationsResource;
  /** API keys: made, named, regenerated and revoked. */
  apiKeys: ApiKeysResource;
  /** Projects, and what is found in all of their apps. */
  projects: ProjectsResource;
  /** Apps of a project, their settings and their trash. */
  projectApps: ProjectAppsResource;
  /** How what a project shows looks: colours, fonts, measures and logos. */
  projectBranding: ProjectBrandingResource;
  /** Names under which what is public of a project is reached. */
  projectDomains: ProjectDomainsResource;
  /** Pages and posts of a website, in each language of its project. */
  website: WebsiteResource;
  /** Addresses of other programs that are told what happens in a project. */
  webhooks: WebhooksResource;
  /** Articles of a knowledge base, the tree of their categories, and its landing page. */
  kb: KbResource;
  /** Forms: what they ask, and what visitors have sent. */
  forms: FormsResource;
  /** What entries were: every change keeps a version, which can be compared and brought back. */
  contentVersions: ContentVersionsResource;
  /** What was deleted in a project: it comes back as it was, or goes for good. */
  projectTrash: ProjectTrashResource;
  /** What entries consist of: sections, columns and blocks. */
  builder: BuilderResource;
  /** What sites are built from: what has changed of what is published. */
  frontEnds: FrontEndsResource;
  /** Files of a project: their bytes, what is said of them, their folders, and their own trash. */
  projectFiles: ProjectFilesResource;
  /** The instance itself. */
  health: HealthResource;
  /** OAuth 2.0 for ordinary clients: RFC 6749 (client credentials), 7009, 7662, 8414 and 8693. */
  oauth: OauthResource;
}

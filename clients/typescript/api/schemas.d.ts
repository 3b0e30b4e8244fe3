// Made by generate.mjs from the OpenAPI document; a change by hand is lost.

/** What a key may do at most, whatever its owner's role. */
export type Access = "read" | "write" | "full";

/** How somebody becomes a reader who signs in. */
export type AccessModel = "invite" | "capture" | "registration";

export interface AccessToken {
  /** Send it as Authorization: Bearer. */
  access_token: string;
  /** Always Bearer. */
  token_type: string;
  /** Seconds until it ends. */
  expires_in: number;
  /** What was granted, by words asked for that it includes. */
  scope: string;
  /** Its format, after a token exchange. */
  issued_token_type?: string;
}

/** One line of the audit trail. */
export interface Activity {
  id: ActivityId;
  actorId?: string | null;
  /** `user`, `service_account` or `system`. */
  actorType: string;
  actorName?: string | null;
  actorEmail?: string | null;
  action: string;
  resourceType: string;
  resourceId?: string | null;
  resourceName?: string | null;
  organizationId?: OrgId | null;
  organizationName?: string | null;
  metadata?: Record<string, unknown> | null;
  createdAt: Instant;
}

export type ActivityId = string;

export interface ActivityList {
  data: Array<Activity>;
  meta: ListMeta;
}

/** A postal address. */
export interface Address {
  /** Street and number. */
  street?: string | null;
  /** City. */
  city?: string | null;
  /** State or region. */
  state?: string | null;
  /** Postal code. */
  postalCode?: string | null;
  /** Country. */
  country?: string | null;
}

/** An API key as lists show it. */
export interface ApiKey {
  id: KeyId;
  name: string;
  /** First characters and last four of the key. */
  keyPrefix: string;
  organizationId: OrgId;
  /** Who it acts as. */
  userId: UserId;
  ownerName: string;
  /** `user` or `service_account`. */
  ownerType: string;
  access: Access;
  /** The only projects it reaches; null for all that the owner may. */
  projects?: Array<ProjectId> | null;
  /** The only addresses and networks (CIDR) that it may be used from; null for anywhere. */
  networks?: Array<string> | null;
  /** Most requests a minute; null for as many as the instance lets through. */
  requestsPerMinute?: number | null;
  /** Whether it reads what visitors sent to forms. */
  submissions: boolean;
  /** `active`, `expired` or `revoked`. */
  status: string;
  createdBy?: UserId | null;
  createdAt: Instant;
  lastUsedAt?: Instant | null;
  lastUsedIp?: string | null;
  expiresAt?: Instant | null;
  revokedAt?: Instant | null;
  revokedBy?: UserId | null;
  revokeReason?: string | null;
  replaces?: KeyId | null;
}

export interface ApiKeyList {
  data: Array<ApiKey>;
  meta: ListMeta;
}

/** What makes a key. */
export interface ApiKeyNew {
  /** Name. */
  name: string;
  access?: Access | null;
  /** Days until it ends; 90 when neither this nor `expiresAt` is given. */
  expiresInDays?: number | null;
  expiresAt?: Instant | null;
  /** The only projects it reaches. */
  projects?: Array<ProjectId> | null;
  /** The only addresses and networks (CIDR) that it may be used from. */
  networks?: Array<string> | null;
  /** Most requests a minute, exchanges for a token among them. */
  requestsPerMinute?: number | null;
  /** Whether it reads what visitors sent to forms. Left out, it does if its access is `full`. */
  submissions?: boolean | null;
}

/** A change of a key; what is left out stays, `null` lifts a restriction. */
export interface ApiKeyPatch {
  /** Name. */
  name?: string | null;
  /** The only addresses and networks (CIDR) that it may be used from. */
  networks?: Array<string> | null;
  /** Most requests a minute, exchanges for a token among them. */
  requestsPerMinute?: number | null;
  /** Whether it reads what visitors sent to forms; `null` for what its access says. */
  submissions?: boolean | null;
}

/** Replaces a key by a new one. */
export interface ApiKeyRegenerate {
  /** How long the old key still works. */
  grace?: Grace;
  /** Days until the new key ends; the old key's end when neither this nor `expiresAt` is given. */
  expiresInDays?: number | null;
  expiresAt?: Instant | null;
}

/** Revokes a key. */
export interface ApiKeyRevocation {
  /** Why, for the list and the audit trail. */
  reason?: string | null;
}

/** An app. */
export interface App {
  id: AppId;
  projectId: ProjectId;
  appType: AppType;
  name: string;
  slug: string;
  description?: string | null;
  brandingId?: BrandingId | null;
  robotsTxt?: string | null;
  isActive: boolean;
  settings: Settings;
  primaryDomain?: string | null;
  createdAt: Instant;
  updatedAt: Instant;
}

export type AppId = string;

export interface AppList {
  data: Array<App>;
  meta: ListMeta;
}

/** What a project shows of an app. */
export interface AppLite {
  id: AppId;
  appType: AppType;
  name: string;
  slug: string;
}

/** An explicit member of an app. */
export type AppMember = MembershipFields & {
  id: AppMemberId;
  projectAppId: AppId;
};

/** Somebody who was added to an app, or invited to it. */
export type AppMemberAdded = AppMember | InvitedMember;

export type AppMemberId = string;

export interface AppMemberList {
  data: Array<AppMember>;
  meta: ListMeta;
}

/** What makes an app. */
export interface AppNew {
  /** Type. */
  appType: AppType;
  /** Name. */
  name: string;
  /** Unique in the project; made from the name when left out. */
  slug?: string | null;
  /** What it is. */
  description?: string | null;
}

/** Changes an app; what is left out stays, `null` clears. */
export interface AppPatch {
  /** Name. */
  name?: string | null;
  /** Unique in the project. */
  slug?: string | null;
  /** What it is. */
  description?: string | null;
  brandingId?: BrandingId | null;
}

/** An app and a member's role in it. */
export interface AppRole {
  appId: AppId;
  appName: string;
  appType: AppType;
  projectId: ProjectId;
  projectName: string;
  membershipId?: string | null;
  role?: Role | null;
}

export interface AppRoleList {
  data: Array<AppRole>;
  meta: ListMeta;
}

/** An app's settings, and what can be set. */
export interface AppSettings {
  appId: AppId;
  appType: AppType;
  /** One sentence. */
  summary: string;
  /** JSON Schema of the settings. */
  schema: Record<string, unknown>;
  settings: Settings;
}

/** Changes settings. */
export interface AppSettingsPatch {
  /** Merged into what is set; `null` clears a key. */
  settings: Settings;
}

/** What an app can be; where one of several is to be chosen, the first of these. */
export type AppType = "website" | "forms" | "knowledgeBase";

export type AttachmentId = string;

export interface Block {
  id: string;
  type: string;
  data: Record<string, unknown>;
  styles?: Record<string, unknown>;
  [name: string]: unknown;
}

/** A section, a column or a block that is not what it was. */
export interface BlockChange {
  /** Its id. */
  id: string;
  /** `section`, `column` or `block`. */
  level: string;
  /** Its type, as it is now, or was. */
  type?: string | null;
  /** What became of it. */
  change: ChangeKind;
  /** Whether it stands elsewhere. */
  moved: boolean;
  /** What it says otherwise. */
  fields: Array<FieldChange>;
}

/** A block after a change. */
export interface BlockChanged {
  block: Record<string, unknown>;
  /** The section that it is in. */
  sectionId?: string | null;
  /** The column that it is in. */
  columnId?: string | null;
  /** Its place in the column, from 0. */
  position?: number | null;
  /** The section that went because it was empty. */
  sectionRemoved?: string | null;
  /** The column that went because it was empty. */
  columnRemoved?: string | null;
  /** The version of the entry now, for `If-Match`. */
  version: number;
}

/** A type of block. */
export interface BlockDescription {
  type: string;
  /** A JSON Schema (2020-12) of its `data`; `x-localized` marks texts that may be a map from language to text, `x-ref` the kind that an id is of. */
  schema: Record<string, unknown>;
  /** Its icon, an example, and how its fields are meant. */
  hints: Record<string, unknown>;
}

export interface BlockNew {
  id?: string;
  type: string;
  data?: Record<string, unknown>;
  styles?: Record<string, unknown>;
  [name: string]: unknown;
}

/** The same for one reason. */
export interface BlockedByReason {
  /** `honeypot`, `too_fast`, `origin`, `captcha:missing`, `captcha:wrong`. */
  reason: string;
  count: number;
  lastAt: Instant;
}

/** What was refused and not stored. */
export interface BlockedSubmissions {
  windowDays: number;
  total: number;
  byReason: Array<BlockedByReason>;
}

/** A branding. Fields that nobody has set are told as they usually are. */
export interface Branding {
  /** The logo: an address, a path, or file: and the id of a file */
  logoUrl?: string;
  /** The logo on dark grounds */
  logoDarkUrl?: string;
  /** The picture in the tab of a browser */
  faviconUrl?: string;
  /** Links and buttons. Until it is set: #1f5fae */
  colorPrimary: string;
  /** What stands beside the first colour. Until it is set: #596070 */
  colorSecondary: string;
  /** Notes. Until it is set: #1f5fae */
  colorInfo: string;
  /** Warnings. Until it is set: #8a5a00 */
  colorWarning: string;
  /** What went well. Until it is set: #1c7443 */
  colorSuccess: string;
  /** What went wrong. Until it is set: #b3261e */
  colorError: string;
  /** Behind everything. Until it is set: #ffffff */
  backgroundLight: string;
  /** Cards and inputs. Until it is set: #ffffff */
  paperLight: string;
  /** Behind everything, for readers who like it dark. Until it is set: #14161b */
  backgroundDark: string;
  /** Cards and inputs, for readers who like it dark. Until it is set: #1f232b */
  paperDark: string;
  /** The font of text: one of those here, or file: and the id of a public WOFF2 file. Until it is set: system-ui */
  fontBody: string;
  /** The font of headings, in the same way. Until it is set: system-ui */
  fontHeading: string;
  /** How round corners are, in pixels. Until it is set: 10 */
  borderRadius: number;
  /** How high things seem to lie. Until it is set: subtle */
  shadowIntensity: "none" | "subtle" | "medium" | "strong";
  /** How large text is: 1 is the usual size. Until it is set: 1 */
  fontScale: number;
  /** How bold headings are. Until it is set: 650 */
  headingWeight: number;
  /** How bold text is. Until it is set: 400 */
  bodyWeight: number;
  /** The room between lines. Until it is set: normal */
  lineHeight: "tight" | "normal" | "relaxed";
  /** The room between letters. Until it is set: normal */
  letterSpacing: "tight" | "normal" | "wide";
  /** How much room there is between things: 1 is the usual. Until it is set: 1 */
  spacingScale: number;
  /** The corners of buttons. Until it is set: rounded */
  buttonStyle: "squared" | "rounded" | "pill";
  /** How one sees where to type. Until it is set: outlined */
  inputStyle: "outlined" | "filled" | "standard";
  /** How cards are set off. Until it is set: outlined */
  cardStyle: "flat" | "outlined" | "elevated";
  /** How pages are put together, for people and agents who write them */
  contentDesignBrief?: string;
  /** What pictures look like */
  imageDesignBrief?: string;
  /** How texts sound */
  voiceDesignBrief?: string;
  id: BrandingId;
  projectId: ProjectId;
  name: string;
  createdBy: UserId;
  createdAt: string;
  updatedAt: string;
  /** Colours that are hard to read on the ground below them (WCAG 2.2, 1.4.3): text needs a contrast of 4.5. */
  contrastWarnings: Array<{
    field: string;
    on: string;
    ratio: number;
    required: number;
  }>;
}

export type BrandingId = string;

export interface BrandingList {
  data: Array<Branding>;
  meta: ListMeta;
}

/** What makes a branding. */
export interface BrandingNew {
  name: string;
  /** The logo: an address, a path, or file: and the id of a file */
  logoUrl?: string | null;
  /** The logo on dark grounds */
  logoDarkUrl?: string | null;
  /** The picture in the tab of a browser */
  faviconUrl?: string | null;
  /** Links and buttons. Until it is set: #1f5fae */
  colorPrimary?: string | null;
  /** What stands beside the first colour. Until it is set: #596070 */
  colorSecondary?: string | null;
  /** Notes. Until it is set: #1f5fae */
  colorInfo?: string | null;
  /** Warnings. Until it is set: #8a5a00 */
  colorWarning?: string | null;
  /** What went well. Until it is set: #1c7443 */
  colorSuccess?: string | null;
  /** What went wrong. Until it is set: #b3261e */
  colorError?: string | null;
  /** Behind everything. Until it is set: #ffffff */
  backgroundLight?: string | null;
  /** Cards and inputs. Until it is set: #ffffff */
  paperLight?: string | null;
  /** Behind everything, for readers who like it dark. Until it is set: #14161b */
  backgroundDark?: string | null;
  /** Cards and inputs, for readers who like it dark. Until it is set: #1f232b */
  paperDark?: string | null;
  /** The font of text: one of those here, or file: and the id of a public WOFF2 file. Until it is set: system-ui */
  fontBody?: string | null;
  /** The font of headings, in the same way. Until it is set: system-ui */
  fontHeading?: string | null;
  /** How round corners are, in pixels. Until it is set: 10 */
  borderRadius?: number | null;
  /** How high things seem to lie. Until it is set: subtle */
  shadowIntensity?: "none" | "subtle" | "medium" | "strong" | null;
  /** How large text is: 1 is the usual size. Until it is set: 1 */
  fontScale?: number | null;
  /** How bold headings are. Until it is set: 650 */
  headingWeight?: number | null;
  /** How bold text is. Until it is set: 400 */
  bodyWeight?: number | null;
  /** The room between lines. Until it is set: normal */
  lineHeight?: "tight" | "normal" | "relaxed" | null;
  /** The room between letters. Until it is set: normal */
  letterSpacing?: "tight" | "normal" | "wide" | null;
  /** How much room there is between things: 1 is the usual. Until it is set: 1 */
  spacingScale?: number | null;
  /** The corners of buttons. Until it is set: rounded */
  buttonStyle?: "squared" | "rounded" | "pill" | null;
  /** How one sees where to type. Until it is set: outlined */
  inputStyle?: "outlined" | "filled" | "standard" | null;
  /** How cards are set off. Until it is set: outlined */
  cardStyle?: "flat" | "outlined" | "elevated" | null;
  /** How pages are put together, for people and agents who write them */
  contentDesignBrief?: string | null;
  /** What pictures look like */
  imageDesignBrief?: string | null;
  /** How texts sound */
  voiceDesignBrief?: string | null;
}

/** Changes a branding; what is left out stays, `null` takes a field back to what is usual. */
export interface BrandingPatch {
  name?: string | null;
  /** The logo: an address, a path, or file: and the id of a file */
  logoUrl?: string | null;
  /** The logo on dark grounds */
  logoDarkUrl?: string | null;
  /** The picture in the tab of a browser */
  faviconUrl?: string | null;
  /** Links and buttons. Until it is set: #1f5fae */
  colorPrimary?: string | null;
  /** What stands beside the first colour. Until it is set: #596070 */
  colorSecondary?: string | null;
  /** Notes. Until it is set: #1f5fae */
  colorInfo?: string | null;
  /** Warnings. Until it is set: #8a5a00 */
  colorWarning?: string | null;
  /** What went well. Until it is set: #1c7443 */
  colorSuccess?: string | null;
  /** What went wrong. Until it is set: #b3261e */
  colorError?: string | null;
  /** Behind everything. Until it is set: #ffffff */
  backgroundLight?: string | null;
  /** Cards and inputs. Until it is set: #ffffff */
  paperLight?: string | null;
  /** Behind everything, for readers who like it dark. Until it is set: #14161b */
  backgroundDark?: string | null;
  /** Cards and inputs, for readers who like it dark. Until it is set: #1f232b */
  paperDark?: string | null;
  /** The font of text: one of those here, or file: and the id of a public WOFF2 file. Until it is set: system-ui */
  fontBody?: string | null;
  /** The font of headings, in the same way. Until it is set: system-ui */
  fontHeading?: string | null;
  /** How round corners are, in pixels. Until it is set: 10 */
  borderRadius?: number | null;
  /** How high things seem to lie. Until it is set: subtle */
  shadowIntensity?: "none" | "subtle" | "medium" | "strong" | null;
  /** How large text is: 1 is the usual size. Until it is set: 1 */
  fontScale?: number | null;
  /** How bold headings are. Until it is set: 650 */
  headingWeight?: number | null;
  /** How bold text is. Until it is set: 400 */
  bodyWeight?: number | null;
  /** The room between lines. Until it is set: normal */
  lineHeight?: "tight" | "normal" | "relaxed" | null;
  /** The room between letters. Until it is set: normal */
  letterSpacing?: "tight" | "normal" | "wide" | null;
  /** How much room there is between things: 1 is the usual. Until it is set: 1 */
  spacingScale?: number | null;
  /** The corners of buttons. Until it is set: rounded */
  buttonStyle?: "squared" | "rounded" | "pill" | null;
  /** How one sees where to type. Until it is set: outlined */
  inputStyle?: "outlined" | "filled" | "standard" | null;
  /** How cards are set off. Until it is set: outlined */
  cardStyle?: "flat" | "outlined" | "elevated" | null;
  /** How pages are put together, for people and agents who write them */
  contentDesignBrief?: string | null;
  /** What pictures look like */
  imageDesignBrief?: string | null;
  /** How texts sound */
  voiceDesignBrief?: string | null;
}

/** The newest change of an entry. */
export interface Change {
  /** `put`: the entry is published, and this is it; `remove`: it is not published any more. */
  change: "put" | "remove";
  /** Why it is not: `unpublished` or `deleted`; only where it is not. */
  reason?: "unpublished" | "deleted" | null;
  /** The entry. */
  id: EntryId;
  appId: AppId;
  contentType: string;
  changedAt: Instant;
  /** The entry as its own route tells it; only where it is published. */
  entry?: Record<string, unknown> | null;
}

/** What became of a section or a block. */
export type ChangeKind = "added" | "removed" | "moved" | "changed";

/** Words that follow each other. */
export interface ChangedWords {
  /** What became of them. */
  change: WordChange;
  /** The words, with the space between them. */
  text: string;
}

/** Changes of what is published, and where to go on. */
export interface Changes {
  data: Array<Change>;
  /** What `since` takes to go on here; it is given at the end, too, and good for at least 90 days. */
  cursor: string;
  /** Whether there is more at this moment. */
  hasMore: boolean;
}

export interface Column {
  id: string;
  blocks: Array<Block>;
  [name: string]: unknown;
}

export interface ColumnNew {
  id?: string;
  blocks?: Array<BlockNew>;
  [name: string]: unknown;
}

/** What readers are asked before cookies are set. */
export type Consent = ConsentChoices & {
  /** That of the app, which has them once. */
  id: AppId;
  appId: AppId;
  createdAt: Instant;
  updatedAt: Instant;
};

/** What readers are asked before cookies are set. */
export interface ConsentChoices {
  /** Whether they are asked. */
  bannerEnabled?: boolean;
  /** The heading. */
  bannerTitle?: string | null;
  /** What it says. */
  bannerDescription?: string | null;
  /** The address of the privacy policy. */
  privacyPolicyUrl?: string | null;
  /** The address of the cookie policy. */
  cookiePolicyUrl?: string | null;
  /** Whether cookies for statistics are offered. */
  statisticsCookiesEnabled?: boolean;
  /** Whether cookies for marketing are offered. */
  marketingCookiesEnabled?: boolean;
  /** Whether only readers are asked whose law wants it. */
  autoDetectRegion?: boolean;
}

/** Changes [`Consent`]; what is left out stays, `null` clears. */
export interface ConsentPatch {
  /** Whether readers are asked. */
  bannerEnabled?: boolean | null;
  /** The heading. */
  bannerTitle?: string | null;
  /** What it says. */
  bannerDescription?: string | null;
  /** The address of the privacy policy. */
  privacyPolicyUrl?: string | null;
  /** The address of the cookie policy. */
  cookiePolicyUrl?: string | null;
  /** Whether cookies for statistics are offered. */
  statisticsCookiesEnabled?: boolean | null;
  /** Whether cookies for marketing are offered. */
  marketingCookiesEnabled?: boolean | null;
  /** Whether only readers are asked whose law wants it. */
  autoDetectRegion?: boolean | null;
}

/** What is different in a version. */
export interface ContentDifference {
  /** The version. */
  version: ContentVersionMeta;
  against?: ContentVersionMeta | null;
  /** In the fields of the entry. */
  fields: Array<FieldChange>;
  /** In its content, in the order of the page. */
  blocks: Array<BlockChange>;
}

/** One of them. */
export interface ContentMatch {
  contentId: EntryId;
  contentType: string;
  name: string;
  slug?: string | null;
  sectionId?: string | null;
  columnId?: string | null;
  sectionRole?: string | null;
  blockId?: string | null;
  blockType?: string | null;
  /** `block` or `entry`: whose field it is. */
  matchIn: string;
  field?: string | null;
  locale?: string | null;
  snippet?: string | null;
}

/** The places that were found. */
export interface ContentMatches {
  matches: Array<ContentMatch>;
  /** How many there are here. */
  count: number;
  /** How many there are. */
  total: number;
  /** Whether there may be more than are here. */
  truncated: boolean;
}

/** What became of a restore. */
export interface ContentRestored {
  contentType: string;
  contentId: EntryId;
  /** The version that came back. */
  restoredFromVersion: number;
  /** The version that the entry has now. */
  newVersion: number;
  /** Entries that it leads to and that are not there any more. */
  missing: Array<MissingReference>;
}

/** A kind of content. */
export interface ContentType {
  contentType: string;
  /** The type of app that holds it. */
  context: string;
  /** The types of blocks that may stand in it. */
  blocks: Array<string>;
}

/** Every kind of content. */
export interface ContentTypes {
  contentTypes: Array<ContentType>;
}

/** A version. */
export type ContentVersion = ContentVersionMeta & {
  /** The content tree. */
  content: Array<Record<string, unknown>>;
  /** The fields, in all languages. */
  fields: Record<string, unknown>;
};

/** A version, without what it holds. */
export interface ContentVersionMeta {
  id: VersionId;
  contentType: string;
  contentId: EntryId;
  /** Its number: the entry's own, from 1. */
  version: number;
  /** What made it: `create`, `edit`, `publish`, `unpublish`, `revert` or `import`. */
  source: string;
  createdBy: UserId;
  summary?: string | null;
  createdAt: Instant;
}

export interface ContentVersionMetaList {
  data: Array<ContentVersionMeta>;
  meta: ListMeta;
}

/** A block to delete. */
export interface DeleteBlock {
  /** The kind of the entry. */
  contentType: "website_page" | "website_post" | "website_layout" | "website_header" | "website_footer" | "website_sidebar" | "website_dialog" | "website_landing" | "website_blog_page" | "website_not_found_page" | "website_sign_in_page" | "kb_article" | "kb_category" | "kb_landing" | "form";
  /** The entry. */
  contentId: string;
  /** The language that plain texts are in; the project's default when left out. */
  locale?: string | null;
  /** The block. */
  blockId: string;
}

/** A section to delete, with all that it holds. */
export interface DeleteSection {
  /** The kind of the entry. */
  contentType: "website_page" | "website_post" | "website_layout" | "website_header" | "website_footer" | "website_sidebar" | "website_dialog" | "website_landing" | "website_blog_page" | "website_not_found_page" | "website_sign_in_page" | "kb_article" | "kb_category" | "kb_landing" | "form";
  /** The entry. */
  contentId: string;
  /** The language that plain texts are in; the project's default when left out. */
  locale?: string | null;
  /** The section. */
  sectionId: string;
}

export type DeliveryId = string;

export type DomainId = string;

/** What makes a domain. */
export interface DomainNew {
  /** The name, without a scheme or a port. */
  hostname: string;
  appId?: AppId | null;
}

/** Changes a domain; what is left out stays. */
export interface DomainPatch {
  /** Whether it is the primary one of its app, or of the project; then no other is. */
  isPrimary?: boolean | null;
  appId?: AppId | null;
}

/** What to put into the zone of a domain. */
export interface DomainVerification {
  hostname: string;
  verificationStatus: "pending_dns" | "active" | "failed";
  /** Null where an operator has said that the name is good. */
  dnsRecordName?: string | null;
  dnsRecordType?: string | null;
  dnsRecordValue?: string | null;
  verificationError?: string | null;
  /** Always null: which address the name is to lead to, whoever runs the proxy knows. */
  loadBalancerIp?: string | null;
}

/** That it is alive. */
export interface Echo {
  /** `ok` */
  status: string;
  /** A friendly word. */
  message: string;
}

/** The content of an entry. */
export interface EntryContent {
  content: Array<Record<string, unknown>>;
  /** The version of the entry, for `If-Match`. */
  version: number;
}

export type EntryId = string;

/** How much was erased. */
export interface ErasedSubmissions {
  /** How many submissions. */
  deletedCount: number;
  next?: SubmissionId | null;
}

/** Every error answer of the API. */
export interface ErrorBody {
  /** What happened and what to do, for a person. */
  message: string;
  /** The class of the error, by the HTTP status. */
  code: string;
  /** The machine word, such as `key_revoked`. */
  reason?: string | null;
  /** The wrong fields. */
  errors?: Array<FieldError>;
  /** The id of this request in the log. */
  requestId: string;
}

/** A text or a value that is another now. */
export interface FieldChange {
  /** Which: `title`, `data.items[1].text`. */
  field: string;
  /** In which language, where it has one for each. */
  locale?: string | null;
  /** What it was; null where there was nothing. */
  before: Record<string, unknown> | null;
  /** What it is. */
  after: Record<string, unknown> | null;
  /** Where both are texts: their words, in order. */
  words: Array<ChangedWords>;
}

/** One wrong field. */
export interface FieldError {
  /** Its name, with dots and indices. */
  field: string;
  /** The machine word. */
  code: string;
  /** What is wrong. */
  message: string;
}

/** A file. */
export interface File {
  id: FileId;
  projectId: ProjectId;
  folderId?: FolderId | null;
  /** Its name as it stands in its address. */
  filename: string;
  /** Its name as it was sent. */
  originalFilename: string;
  /** By its bytes. */
  mimeType: string;
  sizeBytes: number;
  /** Where it is; a file that is not public needs a token there, or a sealed address. */
  url: string;
  /** BLAKE3 of its bytes. */
  hash: string;
  isPublic: boolean;
  grounding: FileGrounding;
  permissionGroup?: string | null;
  /** Of a picture, in pixels. */
  width?: number | null;
  height?: number | null;
  focalPoint?: PointOfPicture | null;
  variants?: PictureVariants | null;
  compressionStatus?: PictureStatus | null;
  compressionFault?: PictureFault | null;
  altText?: Localized;
  caption?: Localized;
  title?: Localized;
  description?: string | null;
  /** How many entries refer to it. */
  referenceCount: number;
  uploadedAt: Instant;
  uploadedBy?: UserId | null;
  updatedAt: Instant;
}

/** What is in a file. */
export interface FileContent {
  id: FileId;
  filename: string;
  mimeType: string;
  sizeBytes: number;
  /** Of a text. */
  content?: string | null;
  /** Of a picture. */
  base64Content?: string | null;
}

/** A folder. */
export interface FileFolder {
  id: FolderId;
  projectId: ProjectId;
  name: string;
  slug: string;
  parentId?: FolderId | null;
  /** The names from the root down to it, each behind a `/`. */
  path: string;
  /** Folders in it. */
  childCount: number;
  /** Files in it. */
  fileCount: number;
  createdAt: Instant;
  updatedAt: Instant;
  createdBy?: UserId | null;
}

/** What went to the trash with a folder. */
export interface FileFolderDeleted {
  /** Always true: a failure is an error. */
  success: boolean;
  /** Files. */
  deletedFiles: number;
  /** Folders, itself among them. */
  deletedFolders: number;
}

export interface FileFolderList {
  data: Array<FileFolder>;
  meta: ListMeta;
}

/** What makes a folder. */
export interface FileFolderNew {
  /** Its name, without a `/`; no other in the same folder has it. */
  name: string;
  parentId?: FolderId | null;
}

/** Changes a folder; what is left out stays. */
export interface FileFolderPatch {
  /** Its name, without a `/`. */
  name?: string | null;
  parentId?: FolderId | null;
}

/** What agents take a file for. */
export type FileGrounding = "fact" | "context";

/** A file that was found. */
export interface FileHit {
  fileId: FileId;
  filename: string;
  originalFilename: string;
  mimeType: string;
  url: string;
  /** The share of the words that are there: 1 where all stand in its names. */
  similarity: number;
  /** A piece of the text that was found. */
  matchingContent: string;
}

export interface FileHitList {
  data: Array<FileHit>;
  meta: ListMeta;
}

export type FileId = string;

/** An address that is good for a while, for whoever has it. */
export interface FileLink {
  url: string;
  expiresAt: Instant;
}

/** How long a sealed address is to be good. */
export interface FileLinkNew {
  /** Seconds, at most a week; an hour unless it is said. */
  expiresIn?: number | null;
}

export interface FileList {
  data: Array<File>;
  meta: ListMeta;
}

/** Changes a file; what is left out stays, `null` clears. */
export interface FilePatch {
  /** Its name. */
  filename?: string | null;
  folderId?: FolderId | null;
  /** What it is called, localized. */
  title?: Localized;
  /** What is said instead of a picture, localized. */
  altText?: Localized;
  /** What stands below it, localized. */
  caption?: Localized;
  /** What it is. */
  description?: string | null;
  /** Whether everybody may see it who knows its address. */
  isPublic?: boolean | null;
  grounding?: FileGrounding | null;
  /** Whom the project's own software shows it to. */
  permissionGroup?: string | null;
  focalPoint?: PointOfPicture | null;
}

/** Something that refers to a file. */
export interface FileRef {
  /** The content type. */
  type: string;
  id: string;
  name: string;
  projectId: ProjectId;
}

export interface FileRefList {
  data: Array<FileRef>;
  meta: ListMeta;
}

/** A file with its bytes in one body: as text, or in base64. */
export interface FileSave {
  /** Its name. */
  filename: string;
  /** Its text. */
  content?: string | null;
  /** Its bytes in base64, instead of a text. */
  base64Content?: string | null;
  /** Its media type, where the bytes do not tell: of texts. */
  mimeType?: string | null;
  folderId?: FolderId | null;
  /** The same by the names of folders, parted by `/`; those that are missing are made. */
  folderPath?: string | null;
  /** What it is called. */
  title?: string | null;
  /** What it is. */
  description?: string | null;
  /** Whether everybody may see it who knows its address; not, unless it is said. */
  isPublic?: boolean | null;
  grounding?: FileGrounding | null;
  /** Whom the project's own software shows it to. */
  permissionGroup?: string | null;
}

/** Puts another text in the place of that of a file. */
export interface FileText {
  /** The text. */
  content: string;
}

/** How much was deleted for good. */
export interface FileTrashEmptied {
  success: boolean;
  deletedFiles: number;
  deletedFolders: number;
}

/** What is to be deleted for good. */
export interface FileTrashEmpty {
  /** Only what has been there for so many days. */
  olderThanDays?: number | null;
}

/** What is to be deleted for good. */
export interface FileTrashErase {
  /** What it is. */
  type: FileTrashItemType;
}

/** A file or a folder in the trash. */
export interface FileTrashItem {
  id: string;
  type: FileTrashItemType;
  name: string;
  deletedAt: Instant;
  deletedBy?: UserId | null;
  parentId?: FolderId | null;
  /** Of a file. */
  mimeType?: string | null;
  /** Of a file. */
  sizeBytes?: number | null;
}

export interface FileTrashItemList {
  data: Array<FileTrashItem>;
  meta: ListMeta;
}

/** What lies in it. */
export type FileTrashItemType = "file" | "folder";

/** What is to come out of the trash. */
export interface FileTrashRestore {
  /** What it is. */
  type: FileTrashItemType;
  /** Of a folder: whether what went there with it comes back, too. */
  restoreContents?: boolean | null;
}

/** How much came out of it. */
export interface FileTrashRestored {
  success: boolean;
  restoredFiles: number;
  restoredFolders: number;
}

/** A long upload that has begun. */
export interface FileUpload {
  id: UploadId;
  filename: string;
  sizeBytes: number;
  /** Bytes of each part but the last. */
  partSize: number;
  /** How many parts there are; the first is number 1. */
  partCount: number;
  /** The numbers of those that came. */
  received: Array<number>;
  createdAt: Instant;
  /** Who sends it. */
  startedBy: UserId;
}

export interface FileUploadList {
  data: Array<FileUpload>;
  meta: ListMeta;
}

/** Begins a long upload. */
export interface FileUploadNew {
  /** The name of the file. */
  filename: string;
  /** How many bytes it will have; the setting `max-file` bounds it. */
  sizeBytes: number;
  /** Its media type, where the bytes do not tell: of texts. */
  mimeType?: string | null;
  folderId?: FolderId | null;
  /** The same by the names of folders, parted by `/`; those that are missing are made. */
  folderPath?: string | null;
  /** What it is called. */
  title?: string | null;
  /** What it is. */
  description?: string | null;
  /** Whether everybody may see it who knows its address; not, unless it is said. */
  isPublic?: boolean | null;
  grounding?: FileGrounding | null;
  /** Whom the project's own software shows it to. */
  permissionGroup?: string | null;
}

/** A smaller picture of a file: WebP. */
export interface FileVariant {
  /** Where it is: whoever may see the file may see it there. */
  url: string;
  width: number;
  height: number;
  sizeBytes: number;
}

/** What was in a file before other bytes took its place. */
export interface FileVersion {
  id: FileVersionId;
  fileId: FileId;
  /** Its number: the file's own, from 1. */
  version: number;
  /** By its bytes. */
  mimeType: string;
  sizeBytes: number;
  /** BLAKE3 of its bytes. */
  hash: string;
  /** Of a picture, in pixels. */
  width?: number | null;
  height?: number | null;
  /** Where its bytes are, for whoever may read the project: it needs a token there, also where the file is public. */
  url: string;
  /** When it came into the file. */
  createdAt: Instant;
  createdBy?: UserId | null;
}

export type FileVersionId = string;

export interface FileVersionList {
  data: Array<FileVersion>;
  meta: ListMeta;
}

/** The files that came in with a form. */
export interface FilesUploaded {
  data: Array<File>;
}

export type FolderId = string;

/** A form. */
export interface Form {
  id: string;
  projectId: string;
  appId: string;
  type: "form";
  path: string;
  /** Left out while the app has no address. */
  url?: string;
  draftId: string | null;
  name: string;
  slug: string;
  description: string | null;
  content?: Array<Section>;
  settings: {
    submitButtonText?: string | Record<string, string> | null;
    successMessage?: string | Record<string, string> | null;
    gcUrlRedirect?: string | null;
    hideFormOnComplete?: boolean | null;
    closeDialogOnComplete?: boolean | null;
    confirmationEnabled?: boolean | null;
    confirmationMessage?: string | Record<string, string> | null;
    captchaEnabled?: boolean | null;
    submissionLimit?: "none" | "once_per_user" | null;
    tags?: Array<string>;
    source?: string | null;
    allowedOrigins?: Array<string>;
    storedAddress?: "truncated" | "none" | "full" | null;
    keepDays?: number | null;
  };
  isActive: boolean;
  createdAt: string;
  updatedAt: string;
  submissionCount: number;
  /** What it asks, in order: the fields of its content. Left out with `lite`. */
  fields?: Array<{
    id: string;
    type: string;
    name: string;
    [name: string]: unknown;
  }>;
}

/** What a copy of a form is called. */
export interface FormDuplicate {
  /** Its name. */
  name: string;
  /** Its slug, unique in the app. */
  slug: string;
}

export interface FormList {
  data: Array<Form>;
  meta: ListMeta;
}

/** Changes of a form; what is left out stays. */
export interface FormMeta {
  name?: string;
  description?: string | null;
  settings?: {
    submitButtonText?: string | Record<string, string | null> | null;
    successMessage?: string | Record<string, string | null> | null;
    gcUrlRedirect?: string | null;
    hideFormOnComplete?: boolean | null;
    closeDialogOnComplete?: boolean | null;
    confirmationEnabled?: boolean | null;
    confirmationMessage?: string | Record<string, string | null> | null;
    captchaEnabled?: boolean | null;
    submissionLimit?: "none" | "once_per_user" | null;
    tags?: Array<string>;
    source?: string | null;
    allowedOrigins?: Array<string>;
    storedAddress?: "truncated" | "none" | "full" | null;
    keepDays?: number | null;
  } | null;
}

/** A new form. */
export interface FormNew {
  name: string;
  slug: string;
  description?: string | null;
  content?: Array<SectionNew>;
  settings?: {
    submitButtonText?: string | Record<string, string | null> | null;
    successMessage?: string | Record<string, string | null> | null;
    gcUrlRedirect?: string | null;
    hideFormOnComplete?: boolean | null;
    closeDialogOnComplete?: boolean | null;
    confirmationEnabled?: boolean | null;
    confirmationMessage?: string | Record<string, string | null> | null;
    captchaEnabled?: boolean | null;
    submissionLimit?: "none" | "once_per_user" | null;
    tags?: Array<string>;
    source?: string | null;
    allowedOrigins?: Array<string>;
    storedAddress?: "truncated" | "none" | "full" | null;
    keepDays?: number | null;
  } | null;
  isActive?: boolean;
}

/** Whose submissions are meant. */
export interface FormSender {
  /** The address that somebody has typed into a field of a form. */
  email: string;
  after?: SubmissionId | null;
}

/** The form of a token on the wire. */
export type Format = "paseto" | "jwt";

/** How long a regenerated key goes on working. */
export type Grace = "none" | "1h" | "24h" | "7d";

/** A new block. Without a place it goes to the end of the last column. */
export interface InsertBlock {
  /** The kind of the entry. */
  contentType: "website_page" | "website_post" | "website_layout" | "website_header" | "website_footer" | "website_sidebar" | "website_dialog" | "website_landing" | "website_blog_page" | "website_not_found_page" | "website_sign_in_page" | "kb_article" | "kb_category" | "kb_landing" | "form";
  /** The entry. */
  contentId: string;
  /** The language that plain texts are in; the project's default when left out. */
  locale?: string | null;
  /** Its type. */
  type: string;
  /** What it holds, by its type. */
  data: Record<string, unknown>;
  /** How it looks. */
  styles?: Record<string, unknown> | null;
  /** Behind this block. */
  afterBlockId?: string | null;
  /** Before this one. */
  beforeBlockId?: string | null;
  /** At the end of this section. */
  intoSectionId?: string | null;
  /** At the end of this column. */
  columnId?: string | null;
}

/** A new section. Its ids are made where it has none; without columns it gets an empty one, without a place it goes to the end. */
export interface InsertSection {
  /** The kind of the entry. */
  contentType: "website_page" | "website_post" | "website_layout" | "website_header" | "website_footer" | "website_sidebar" | "website_dialog" | "website_landing" | "website_blog_page" | "website_not_found_page" | "website_sign_in_page" | "kb_article" | "kb_category" | "kb_landing" | "form";
  /** The entry. */
  contentId: string;
  /** The language that plain texts are in; the project's default when left out. */
  locale?: string | null;
  /** What it holds. */
  section?: Record<string, unknown> | null;
  /** Behind this section. */
  afterSectionId?: string | null;
  /** Before this one. */
  beforeSectionId?: string | null;
}

export type Instant = string;

export interface Introspection {
  /** Whether it is good now. If not, this is all that is said. */
  active: boolean;
  scope?: "full" | "write" | "read";
  /** The id of the key. */
  client_id?: string;
  /** The id of the key's owner. */
  sub?: string;
  /** The issuer. */
  iss?: string;
  /** The API. */
  aud?: string;
  /** When it was issued, in seconds since 1970. */
  iat?: number;
  /** When it ends, in seconds since 1970. */
  exp?: number;
  /** Its id. */
  jti?: string;
  /** The id of the organization that it reaches. */
  organization?: string;
  /** Always Bearer. */
  token_type?: string;
}

export interface IntrospectionForm {
  /** The id of a service account, a person, or the key itself. It may be left out. */
  client_id?: string;
  /** An API key, unless it is sent by Basic. */
  client_secret?: string;
  /** An access token; where it is revoked, an API key, too. */
  token: string;
  /** Not needed: what it is shows. */
  token_type_hint?: string;
}

/** An invitation. */
export interface Invitation {
  id: InvitationId;
  organizationId: OrgId;
  email: string;
  role: Role;
  invitedBy: UserId;
  acceptedAt?: Instant | null;
  /** Until when it can be accepted, or could be. */
  expiresAt: Instant;
  endedAt?: Instant | null;
  createdAt: Instant;
  organization: InvitedTo;
  inviter: Inviter;
  place?: InvitedIn | null;
  /** Whether an e-mail was sent; only in answers to create and resend. */
  emailSent?: boolean | null;
  /** The link to pass on, where no mail can be sent; only in answers to create and resend. */
  link?: string | null;
}

/** Accepts an invitation: as a new user with a name and a new password, or as an existing one with theirs. */
export interface InvitationAccept {
  /** The secret of the invitation's link. */
  token: string;
  /** Name of a new user; not used for an existing one. */
  name?: string | null;
  /** A new user's new password, which may hold neither their name nor their address; or an existing user's password. */
  password: string;
}

export type InvitationId = string;

export interface InvitationList {
  data: Array<Invitation>;
  meta: ListMeta;
}

/** Invites somebody. */
export interface InvitationNew {
  /** To whom. */
  email: string;
  /** As what; never owner. */
  role: Role;
}

/** The project, or one of its apps, that an invitation is for. */
export interface InvitedIn {
  projectId: ProjectId;
  projectName: string;
  appId?: AppId | null;
  appName?: string | null;
  /** The role there. */
  role: Role;
  /** Whether it was deleted since, so that the invitation cannot be accepted. */
  deleted: boolean;
}

/** Somebody who was invited to be a member: one without `joinedAt`, until they accept the invitation. */
export interface InvitedMember {
  /** The id of the invitation. */
  id: InvitationId;
  organizationId: OrgId;
  projectId?: ProjectId | null;
  projectAppId?: AppId | null;
  userId: UserId;
  role: Role;
  title?: string | null;
  invitedBy: UserId;
  invitedAt: Instant;
  createdAt: Instant;
  updatedAt: Instant;
  user: Person;
  invitation: Invitation;
}

/** The organization of an invitation. */
export interface InvitedTo {
  name: string;
  slug: string;
}

/** Who invited. */
export interface Inviter {
  name: string;
  email: string;
}

export interface JwkSet {
  keys: Array<{
    kty: string;
    crv: string;
    x: string;
    kid: string;
    alg: string;
    use: string;
  }>;
}

/** A article. */
export interface KbArticle {
  id: string;
  projectId: string;
  appId: string;
  type: "article";
  path: string;
  /** Left out while the app has no address. */
  url?: string;
  draftId: string | null;
  layoutName: string | null;
  headerName: string | null;
  footerName: string | null;
  name: string;
  slug: string;
  title: string | Record<string, string> | null;
  content?: Array<Section>;
  status: "draft" | "published";
  seo: {
    title?: string | Record<string, string> | null;
    description?: string | Record<string, string> | null;
    image?: string | null;
    noindex?: boolean | null;
  };
  excerpt: string | Record<string, string> | null;
  isListed: boolean;
  order: number;
  tags: Array<string>;
  featuredImageUrl: string | null;
  categoryIds: Array<string>;
  websiteAppId: string | null;
  layoutId: string | null;
  headerId: string | null;
  footerId: string | null;
  scheduledPublishAt: string | null;
  publishedAt: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface KbArticleList {
  data: Array<KbArticle>;
  meta: ListMeta;
}

/** Changes of a article; what is left out stays. */
export interface KbArticleMeta {
  name?: string;
  slug?: string;
  title?: string | Record<string, string | null> | null;
  seo?: {
    title?: string | Record<string, string | null> | null;
    description?: string | Record<string, string | null> | null;
    image?: string | null;
    noindex?: boolean | null;
  } | null;
  excerpt?: string | Record<string, string | null> | null;
  tags?: Array<string>;
  featuredImageUrl?: string | null;
  categoryIds?: Array<string>;
  websiteAppId?: string | null;
  layoutId?: string | null;
  headerId?: string | null;
  footerId?: string | null;
}

/** A new article. */
export interface KbArticleNew {
  name: string;
  slug: string;
  title?: string | Record<string, string | null> | null;
  content?: Array<SectionNew>;
  status?: "draft" | "published";
  seo?: {
    title?: string | Record<string, string | null> | null;
    description?: string | Record<string, string | null> | null;
    image?: string | null;
    noindex?: boolean | null;
  } | null;
  excerpt?: string | Record<string, string | null> | null;
  isListed?: boolean;
  order?: number;
  tags?: Array<string>;
  featuredImageUrl?: string | null;
  categoryIds?: Array<string>;
  websiteAppId?: string | null;
  layoutId?: string | null;
  headerId?: string | null;
  footerId?: string | null;
}

/** A category. */
export interface KbCategory {
  id: string;
  projectId: string;
  appId: string;
  type: "category";
  path: string;
  /** Left out while the app has no address. */
  url?: string;
  draftId: string | null;
  name: string;
  slug: string;
  title: string | Record<string, string> | null;
  description: string | Record<string, string> | null;
  parentId: string | null;
  order: number;
  icon: string | null;
  createdAt: string;
  updatedAt: string;
  /** Those below it, of the same shape, in their order. */
  children: Array<Record<string, unknown>>;
}

export interface KbCategoryList {
  data: Array<KbCategory>;
  meta: ListMeta;
}

/** Changes of a category; what is left out stays. */
export interface KbCategoryMeta {
  name?: string;
  title?: string | Record<string, string | null> | null;
  description?: string | Record<string, string | null> | null;
}

/** A new category. */
export interface KbCategoryNew {
  name: string;
  slug: string;
  title?: string | Record<string, string | null> | null;
  description?: string | Record<string, string | null> | null;
  parentId?: string | null;
  order?: number;
  icon?: string | null;
}

/** A landing page. */
export interface KbLanding {
  id: string;
  projectId: string;
  appId: string;
  type: "landing";
  draftId: string | null;
  layoutName: string | null;
  headerName: string | null;
  footerName: string | null;
  name: string;
  content?: Array<Section>;
  seo: {
    title?: string | Record<string, string> | null;
    description?: string | Record<string, string> | null;
    image?: string | null;
  };
  isListed: boolean;
  websiteAppId: string | null;
  layoutId: string | null;
  headerId: string | null;
  footerId: string | null;
  createdAt: string;
  updatedAt: string;
}

/** Changes of a landing page; what is left out stays. */
export interface KbLandingMeta {
  seo?: {
    title?: string | Record<string, string | null> | null;
    description?: string | Record<string, string | null> | null;
    image?: string | null;
  } | null;
  websiteAppId?: string | null;
  layoutId?: string | null;
  headerId?: string | null;
  footerId?: string | null;
}

export type KeyId = string;

/** Where a page is. */
export interface ListMeta {
  /** Items on all pages. */
  total: number;
  /** This page. */
  page: number;
  /** Items on a page. */
  pageSize: number;
  /** Pages. */
  pageCount: number;
  /** What `after` takes to go on; left out at the end. */
  next?: string | null;
}

/** Text, or a map from language to text. */
export type Localized = string | Record<string, string | null> | null;

/** What somebody made of it. */
export type Mark = "unread" | "read" | "spam";

/** The caller. */
export interface Me {
  id: UserId;
  /** The id again, for clients of the hosted product. */
  firebaseUid: string;
  name: string;
  email: string;
  isActive: boolean;
  bio?: string | null;
  avatarUrl?: string | null;
  phone?: string | null;
  timezone?: string | null;
  locale?: string | null;
  themeMode?: string | null;
  /** Always empty: what may be done follows from roles. */
  permissions: Array<string>;
  isPlatformAdmin: boolean;
  organizations: Array<MyOrganization>;
  projects: Array<MyProject>;
  emailNotifications: boolean;
  pushNotifications: boolean;
  marketingEmails: boolean;
  legalAcceptanceRequired: boolean;
  createdAt: Instant;
  updatedAt: Instant;
}

export type MemberId = string;

/** Adds somebody to an organization, a project or an app by user id. */
export interface MemberNew {
  /** A user of this instance. Whoever is no member of the organization yet is invited. */
  userId: UserId;
  /** As what; never owner. */
  role: Role;
  /** A title, for people to read. */
  title?: string | null;
}

/** Changes a membership. */
export interface MemberPatch {
  role?: Role | null;
  /** A title; `null` clears it. */
  title?: string | null;
}

/** What is told of a member, wherever they are one. */
export interface MembershipFields {
  userId: UserId;
  role: Role;
  title?: string | null;
  invitedBy?: UserId | null;
  invitedAt?: Instant | null;
  joinedAt: Instant;
  createdAt: Instant;
  updatedAt: Instant;
  user: Person;
}

/** Something that is not there any more. */
export interface MissingReference {
  /** The block that leads to it; null for a field of the entry. */
  blockId?: string | null;
  /** The entry that it leads to. */
  contentId: EntryId;
}

/** Another place for a block; the end of the last column, when none is given. */
export interface MoveBlock {
  /** The kind of the entry. */
  contentType: "website_page" | "website_post" | "website_layout" | "website_header" | "website_footer" | "website_sidebar" | "website_dialog" | "website_landing" | "website_blog_page" | "website_not_found_page" | "website_sign_in_page" | "kb_article" | "kb_category" | "kb_landing" | "form";
  /** The entry. */
  contentId: string;
  /** The language that plain texts are in; the project's default when left out. */
  locale?: string | null;
  /** The block. */
  blockId: string;
  /** Behind this block. */
  afterBlockId?: string | null;
  /** Before this one. */
  beforeBlockId?: string | null;
  /** At the end of this section. */
  intoSectionId?: string | null;
  /** At the end of this column. */
  columnId?: string | null;
}

/** Another place for a section; the end, when none is given. */
export interface MoveSection {
  /** The kind of the entry. */
  contentType: "website_page" | "website_post" | "website_layout" | "website_header" | "website_footer" | "website_sidebar" | "website_dialog" | "website_landing" | "website_blog_page" | "website_not_found_page" | "website_sign_in_page" | "kb_article" | "kb_category" | "kb_landing" | "form";
  /** The entry. */
  contentId: string;
  /** The language that plain texts are in; the project's default when left out. */
  locale?: string | null;
  /** The section. */
  sectionId: string;
  /** Behind this section. */
  afterSectionId?: string | null;
  /** Before this one. */
  beforeSectionId?: string | null;
}

/** An organization of the caller. */
export interface MyOrganization {
  id: OrgId;
  name: string;
  slug: string;
  logoUrl?: string | null;
  /** The caller's role there. */
  memberRole: Role;
  /** The same. */
  role: Role;
  plan: string;
  subscriptionStatus: string;
  createdAt: Instant;
  updatedAt: Instant;
}

export interface MyOrganizationList {
  data: Array<MyOrganization>;
  meta: ListMeta;
}

/** A project that the caller may see. */
export interface MyProject {
  id: ProjectId;
  organizationId: OrgId;
  name: string;
  slug: string;
  /** The caller's effective role there. */
  role: Role;
}

/** A key that was just made, with its secret: this answer is the only place that shows it. */
export type NewApiKey = ApiKey & {
  /** The key. Store it now: it is never shown again. A repeat of the request under its `Idempotency-Key` has null here. */
  key?: string | null;
};

/** The entry that is to be shown. */
export interface NewPreview {
  /** The kind of the entry. */
  contentType: "website_page" | "website_post" | "website_layout" | "website_header" | "website_footer" | "website_sidebar" | "website_dialog" | "website_landing" | "website_blog_page" | "website_not_found_page" | "website_sign_in_page" | "kb_article" | "kb_category" | "kb_landing" | "form";
  /** The entry. */
  contentId: string;
}

/** An empty object. */
export type Nothing = Record<string, unknown>;

/** Something that the caller should know. */
export interface Notification {
  id: NotificationId;
  userId: UserId;
  title: string;
  body?: string | null;
  type: string;
  kind: string;
  status: string;
  link?: string | null;
  scopeKind?: string | null;
  scopeId?: string | null;
  data: Record<string, unknown>;
  createdAt: Instant;
  updatedAt: Instant;
}

export type NotificationId = string;

export interface NotificationList {
  data: Array<Notification>;
  meta: ListMeta;
}

export interface OAuthError {
  /** A word of RFC 6749 5.2. */
  error: string;
  /** What is wrong, for a person. */
  error_description: string;
}

export interface OAuthMetadata {
  /** The iss of each token. */
  issuer: string;
  token_endpoint: string;
  jwks_uri: string;
  revocation_endpoint: string;
  introspection_endpoint: string;
  grant_types_supported: Array<string>;
  response_types_supported?: Array<string>;
  scopes_supported?: Array<string>;
  token_endpoint_auth_methods_supported?: Array<string>;
  revocation_endpoint_auth_methods_supported?: Array<string>;
  introspection_endpoint_auth_methods_supported?: Array<string>;
}

/** The answer to a delete. */
export interface Ok {
  /** Always true: a failure is an error. */
  success: boolean;
}

export type OpenApi = Record<string, unknown>;

export type OrgId = string;

/** A member of an organization. */
export type OrgMember = MembershipFields & {
  id: MemberId;
  organizationId: OrgId;
};

export interface OrgMemberList {
  data: Array<OrgMember>;
  meta: ListMeta;
}

/** An organization. */
export interface Organization {
  id: OrgId;
  name: string;
  slug: string;
  description?: string | null;
  logoUrl?: string | null;
  brandColor?: string | null;
  website?: string | null;
  address?: Address | null;
  /** Always `self-hosted`. */
  plan: string;
  /** Always `active`. */
  subscriptionStatus: string;
  /** Always empty: nothing is held back. */
  features: Array<string>;
  isActive: boolean;
  ownerId: UserId;
  /** Rules for its keys. */
  policy: Policy;
  createdAt: Instant;
  updatedAt: Instant;
}

/** What makes an organization. */
export interface OrganizationNew {
  /** Name. */
  name: string;
  /** Unique on the instance; made from the name when left out. */
  slug?: string | null;
  /** What it is. */
  description?: string | null;
  /** Its site. */
  website?: string | null;
}

/** A change of an organization's profile and policies; what is left out stays, `null` clears. */
export interface OrganizationPatch {
  /** Name. */
  name?: string | null;
  /** Unique on the instance. */
  slug?: string | null;
  /** What it is. */
  description?: string | null;
  /** Address of its logo. */
  logoUrl?: string | null;
  /** Its colour. */
  brandColor?: string | null;
  /** Its site. */
  website?: string | null;
  address?: Address | null;
  policy?: Policy | null;
}

export interface PasetoKeys {
  keys: Array<{
    kid: string;
    key: string;
  }>;
}

/** What a member list shows of a person. */
export interface Person {
  name: string;
  email: string;
  avatarUrl?: string | null;
  bio?: string | null;
  phone?: string | null;
}

/** Makes a personal key. */
export interface PersonalKeyNew {
  /** The organization that it is for. */
  organizationId: OrgId;
  /** Name. */
  name: string;
  access?: Access | null;
  /** Days until it ends. */
  expiresInDays?: number | null;
  /** The only addresses and networks (CIDR) that it may be used from. */
  networks?: Array<string> | null;
  /** Most requests a minute, exchanges for a token among them. */
  requestsPerMinute?: number | null;
}

/** Why there are no smaller pictures of a file. */
export type PictureFault = "too_large" | "unreadable" | "gave_up";

/** How far the smaller pictures of a file are. */
export type PictureStatus = "pending" | "processing" | "complete" | "failed";

/** The smaller pictures of a file. */
export interface PictureVariants {
  thumbnail?: FileVariant | null;
  small?: FileVariant | null;
  medium?: FileVariant | null;
  large?: FileVariant | null;
}

/** Where a picture is cut around: from 0, its left or upper edge, to 1. */
export interface PointOfPicture {
  /** From the left. */
  x: number;
  /** From above. */
  y: number;
}

/** What the organization demands of its keys. */
export interface Policy {
  /** Longest life of a key, in days; none for no limit. */
  maxKeyDays?: number | null;
  /** Whether each key must expire. */
  keyExpiryRequired: boolean;
  /** Whether members may have personal keys. */
  personalKeysAllowed: boolean;
}

/** A link to a preview. */
export interface PreviewLink {
  /** Who has it sees the entry, in the project's default language, or in that of `?locale=`. */
  url: string;
  token: string;
  expiresAt: Instant;
}

/** A project. */
export interface Project {
  id: ProjectId;
  organizationId: OrgId;
  name: string;
  slug: string;
  description?: string | null;
  logoUrl?: string | null;
  defaultLocale: string;
  enabledLocales: Array<string>;
  /** What is done with new blocks of an unknown type. */
  unknownBlocks: UnknownBlocks;
  /** Always `off`: nothing here writes by itself. */
  aiIntensity: string;
  isActive: boolean;
  createdAt: Instant;
  updatedAt: Instant;
  apps: Array<AppLite>;
}

/** A domain. */
export interface ProjectDomain {
  id: DomainId;
  projectId: ProjectId;
  appId?: AppId | null;
  appType?: AppType | null;
  appName?: string | null;
  appSlug?: string | null;
  hostname: string;
  /** Always false: this server makes no names. */
  isGenerated: boolean;
  isPrimary: boolean;
  isVerified: boolean;
  verificationStatus: "pending_dns" | "active" | "failed";
  verificationError?: string | null;
  createdAt: Instant;
  updatedAt: Instant;
}

export interface ProjectDomainList {
  data: Array<ProjectDomain>;
  meta: ListMeta;
}

export type ProjectId = string;

/** What was found in an archive, and the project that was made of it. */
export interface ProjectImport {
  project?: Project | null;
  /** Apps. */
  apps: number;
  /** Entries. */
  entries: number;
  /** Redirects. */
  redirects: number;
  /** Files. */
  files: number;
  /** Brandings. */
  brandings: number;
  /** Domains, of which each is verified anew. */
  domains: number;
  /** Lines that were left out. */
  leftOut: number;
  /** How often there was something to tell. */
  noticed: number;
  /** The first hundred of that: what was left out, and what was kept though nobody knows it here. */
  notices: Array<ProjectImportNotice>;
}

/** Something that is told of a line of an archive. */
export interface ProjectImportNotice {
  /** The line, and the place in it: `line 12: content[0]`. */
  field: string;
  /** A word for it, such as `unknown_field`. */
  code: string;
  /** A sentence. */
  message: string;
}

export interface ProjectList {
  data: Array<Project>;
  meta: ListMeta;
}

/** An explicit member of a project. */
export type ProjectMember = MembershipFields & {
  id: ProjectMemberId;
  projectId: ProjectId;
};

/** Somebody who was added to a project, or invited to it. */
export type ProjectMemberAdded = ProjectMember | InvitedMember;

export type ProjectMemberId = string;

export interface ProjectMemberList {
  data: Array<ProjectMember>;
  meta: ListMeta;
}

/** What makes a project. */
export interface ProjectNew {
  /** Name. */
  name: string;
  /** Unique in the organization; made from the name when left out. */
  slug?: string | null;
  /** What it is. */
  description?: string | null;
  /** Default language; `en` when left out. */
  defaultLocale?: string | null;
  /** Languages; the default is added when it is not among them. */
  enabledLocales?: Array<string> | null;
}

/** Changes a project; what is left out stays, `null` clears. */
export interface ProjectPatch {
  /** Name. */
  name?: string | null;
  /** Unique in the organization. */
  slug?: string | null;
  /** What it is. */
  description?: string | null;
  /** Address of its logo. */
  logoUrl?: string | null;
  /** Default language; it is added to the languages when it is not among them. */
  defaultLocale?: string | null;
  /** Languages. What is stored in a language that is taken out stays stored. */
  enabledLocales?: Array<string> | null;
  unknownBlocks?: UnknownBlocks | null;
}

/** A project and a member's role in it. */
export interface ProjectRole {
  projectId: ProjectId;
  projectName: string;
  projectSlug: string;
  membershipId?: string | null;
  role?: Role | null;
  joinedAt?: Instant | null;
}

export interface ProjectRoleList {
  data: Array<ProjectRole>;
  meta: ListMeta;
}

/** A published entry and its path. */
export interface ProjectUrl {
  id: string;
  name: string;
  path: string;
  type: string;
  app: AppId;
  seo?: Record<string, unknown>;
}

export interface ProjectUrlList {
  data: Array<ProjectUrl>;
  meta: ListMeta;
}

/** A webhook. */
export interface ProjectWebhook {
  id: WebhookId;
  projectId: ProjectId;
  url: string;
  /** Empty for everything. */
  events: Array<WebhookEvent>;
  active: boolean;
  description: string;
  /** Why the server has switched it off: its receiver answered 410, or nothing has arrived for five days. Null where people did, or nobody. */
  disabledReason?: "gone" | "failing" | null;
  failingSince?: Instant | null;
  secretRotatedAt?: Instant | null;
  createdAt: Instant;
  updatedAt: Instant;
}

export interface ProjectWebhookList {
  data: Array<ProjectWebhook>;
  meta: ListMeta;
}

/** An entry to publish or to take back, now or at a moment in the future. */
export interface Publish {
  /** The kind of the entry. */
  contentType: "website_page" | "website_post" | "website_layout" | "website_header" | "website_footer" | "website_sidebar" | "website_dialog" | "website_landing" | "website_blog_page" | "website_not_found_page" | "website_sign_in_page" | "kb_article" | "kb_category" | "kb_landing" | "form";
  /** The entry. */
  contentId: string;
  /** When it publishes itself. */
  publishAt?: string | null;
  /** Of what is published: whether the files in it that are not public become so. */
  openFiles?: boolean | null;
}

/** What became of an entry. */
export interface PublishResult {
  contentType: string;
  contentId: EntryId;
  /** `draft` while it waits for its moment. */
  status: string;
  /** Whether nothing had to be done. */
  alreadyInState: boolean;
  scheduledPublishAt?: Instant | null;
  /** Files in it that its readers do not see, since they are not public: `openFiles` makes them so. */
  privateFiles?: Array<FileId>;
}

/** A redirect. */
export interface Redirect {
  id: RedirectId;
  appId: AppId;
  fromPath: string;
  /** A path, or an address elsewhere. */
  toPath: string;
  /** 301, 302, 307 or 308. */
  status: number;
  /** `auto` where a slug was changed, `manual` where somebody made it. */
  source: string;
  createdAt: Instant;
  updatedAt: Instant;
}

export type RedirectId = string;

export interface RedirectList {
  data: Array<Redirect>;
  meta: ListMeta;
}

/** What makes a redirect. */
export interface RedirectNew {
  /** The path that leads elsewhere; no entry may have it. */
  fromPath: string;
  /** Where it leads: a path, or an http or https address. */
  toPath: string;
  /** 301, 302, 307 or 308; 308 when left out. */
  status?: number | null;
}

/** Changes a redirect; what is left out stays. */
export interface RedirectPatch {
  /** The path that leads elsewhere. */
  fromPath?: string | null;
  /** Where it leads. */
  toPath?: string | null;
  /** The HTTP status. */
  status?: number | null;
}

export interface RevocationForm {
  /** The id of a service account, a person, or the key itself. It may be left out. */
  client_id?: string;
  /** An API key, unless it is sent by Basic. */
  client_secret?: string;
  /** An access token; where it is revoked, an API key, too. */
  token: string;
  /** Not needed: what it is shows. */
  token_type_hint?: string;
}

/** A role, from most to least; the order of the variants is the order of power. */
export type Role = "collaborator" | "viewer" | "editor" | "admin" | "owner";

/** What search engines are to be told of. */
export interface SearchIndexSubmission {
  /** The kind of the entry. */
  contentType: "website_page" | "website_post" | "website_layout" | "website_header" | "website_footer" | "website_sidebar" | "website_dialog" | "website_landing" | "website_blog_page" | "website_not_found_page" | "website_sign_in_page" | "kb_article" | "kb_category" | "kb_landing" | "form";
  /** The entry. */
  contentId: EntryId;
}

/** Whether they were told. */
export interface SearchIndexSubmitted {
  submitted: boolean;
  /** Why not. */
  reason: string;
}

export interface Section {
  id: string;
  type?: string;
  columns: Array<Column>;
  [name: string]: unknown;
}

/** A section after a change. */
export interface SectionChanged {
  section: Record<string, unknown>;
  /** Its place among the sections, from 0. */
  position?: number | null;
  /** The version of the entry now, for `If-Match`. */
  version: number;
}

export interface SectionNew {
  id?: string;
  type?: string;
  columns?: Array<ColumnNew>;
  [name: string]: unknown;
}

/** What somebody has sent. */
export interface SenderSubmissions {
  data: Array<Submission>;
  next?: SubmissionId | null;
}

/** A service account. */
export interface ServiceAccount {
  id: UserId;
  name: string;
  email: string;
  description?: string | null;
  organizationId: OrgId;
  memberId: MemberId;
  role: Role;
  disabledAt?: Instant | null;
  createdAt: Instant;
  createdBy?: UserId | null;
}

export interface ServiceAccountList {
  data: Array<ServiceAccount>;
  meta: ListMeta;
}

/** What makes a service account. */
export interface ServiceAccountNew {
  /** Name. */
  name: string;
  /** Role; never owner. */
  role: Role;
  /** What it is for. */
  description?: string | null;
}

/** Changes a service account. */
export interface ServiceAccountPatch {
  /** Name. */
  name?: string | null;
  role?: Role | null;
  /** What it is for; `null` clears it. */
  description?: string | null;
  /** A disabled account's keys and tokens are dead until it is enabled again. */
  disabled?: boolean | null;
}

/** Who may see an entry; what is left out stays. */
export interface SetVisibility {
  /** The kind of the entry. */
  contentType: "website_page" | "website_post" | "website_layout" | "website_header" | "website_footer" | "website_sidebar" | "website_dialog" | "website_landing" | "website_blog_page" | "website_not_found_page" | "website_sign_in_page" | "kb_article" | "kb_category" | "kb_landing" | "form";
  /** The entry. */
  contentId: string;
  /** Whether lists and search engines may show it. */
  isListed?: boolean | null;
  /** Whether a reader must sign in. */
  requiresViewerAuth?: boolean | null;
}

/** Settings by their names. */
export type Settings = Record<string, unknown>;

/** A domain of a site. */
export interface SiteDomain {
  id: DomainId;
  appId: AppId;
  domain: string;
  /** Always false: this server makes no names. */
  isGenerated: boolean;
  isVerified: boolean;
  isPrimary: boolean;
  verificationToken: string;
  createdAt: Instant;
  updatedAt: Instant;
}

export interface SiteDomainList {
  data: Array<SiteDomain>;
  meta: ListMeta;
}

/** Something that a search found. */
export interface Source {
  sourceType: string;
  sourceId: EntryId;
  /** A piece of the text that was found. */
  content: string;
  /** The share of the words that are there: 1 where all stand in the name or the title. */
  similarity: number;
  metadata: SourceMetadata;
}

export interface SourceList {
  data: Array<Source>;
  meta: ListMeta;
}

/** More about what was found. */
export interface SourceMetadata {
  name: string;
  appId: AppId;
  slug?: string | null;
  status: string;
  /** The language of the piece. */
  locale: string;
  /** The field that the piece is of. */
  field: string;
  /** The block that has this field; null for a field of the entry. */
  block?: string | null;
  snippet: string;
}

/** What `styles` may hold. */
export interface Styles {
  /** A JSON Schema. */
  styles: Record<string, unknown>;
}

/** What a visitor has sent. */
export interface Submission {
  id: SubmissionId;
  formId: EntryId;
  /** Always null: nobody is known by what they send. */
  personId?: string | null;
  /** The answers, each by the name of its field. */
  data: Record<string, unknown>;
  /** The files that came with it. In `data` their names stand under that of the field that asked for them. */
  files: Array<SubmissionFile>;
  /** The words of each consent that was given, by the name of its field. */
  consents: Record<string, unknown>;
  metadata: SubmissionMetadata;
  /** The version of the form that it answers. */
  formVersion: number;
  /** The language in which it was filled in. */
  locale: string;
  mark: Mark;
  note?: string | null;
  expiresAt?: Instant | null;
  createdAt: Instant;
}

/** An e-mail about a submission, and what became of it. */
export interface SubmissionEmail {
  id: DeliveryId;
  /** `notice` to the app's `notifyEmail`, `confirmation` to the visitor. */
  kind: "notice" | "confirmation";
  recipient: string;
  subject: string;
  /** `cancelled`, where what it was about had gone before it was sent. */
  state: "queued" | "sent" | "failed" | "cancelled";
  /** How often it was tried since it was queued. */
  attempts: number;
  nextAttemptAt?: Instant | null;
  /** Why the last try has failed. */
  error?: string | null;
  endedAt?: Instant | null;
  createdAt: Instant;
}

export interface SubmissionEmailList {
  data: Array<SubmissionEmail>;
  meta: ListMeta;
}

/** A file that came with it. Nobody gets its bytes who may not read the submission. */
export interface SubmissionFile {
  id: AttachmentId;
  /** The name of the field that asked for it. */
  field: string;
  /** What it was called where it comes from. */
  filename: string;
  /** Its type, by its bytes. */
  mimeType: string;
  sizeBytes: number;
}

export type SubmissionId = string;

export interface SubmissionList {
  data: Array<Submission>;
  meta: ListMeta;
}

/** How it came. */
export interface SubmissionMetadata {
  userAgent?: string | null;
  /** The address, as far as the form keeps it. */
  ip?: string | null;
  referer?: string | null;
  submittedAt: Instant;
  tags: Array<string>;
  source?: string | null;
}

/** A change; what is left out stays. */
export interface SubmissionPatch {
  mark?: Mark | null;
  /** What is noted beside it; `null` takes that away. */
  note?: string | null;
}

/** A message about a suspension. There are none here: an operator disables accounts without a conversation. */
export interface SuspensionMessage {
  id: string;
  userId: UserId;
  authorType: string;
  message: string;
  createdAt: Instant;
}

export interface SuspensionMessageList {
  data: Array<SuspensionMessage>;
  meta: ListMeta;
}

/** An access token. */
export interface Token {
  /** Send it as `Authorization: Bearer`. */
  token: string;
  /** When it ends. */
  expiresAt: Instant;
  /** Always `Bearer`. */
  tokenType: string;
  /** Seconds until it ends. */
  expiresIn: number;
  /** Its format. */
  format: Format;
}

export interface TokenForm {
  /** The id of a service account, a person, or the key itself. It may be left out. */
  client_id?: string;
  /** An API key, unless it is sent by Basic. */
  client_secret?: string;
  grant_type: "client_credentials" | "urn:ietf:params:oauth:grant-type:token-exchange";
  /** full, write or read, parted by blanks; all that the key may, when left out. */
  scope?: string;
  /** An API key, in a token exchange. */
  subject_token?: string;
  subject_token_type?: "urn:stele:token-type:api-key" | "urn:ietf:params:oauth:token-type:access_token";
  requested_token_type?: "urn:ietf:params:oauth:token-type:access_token" | "urn:ietf:params:oauth:token-type:jwt" | "urn:stele:token-type:paseto";
}

/** Exchanges a key. */
export interface TokenRequest {
  /** The API key. */
  apiKey: string;
  format?: Format | null;
  access?: Access | null;
}

/** What counts the readers of a site. */
export type Tracking = TrackingIds & {
  /** That of the app, which has them once. */
  id: AppId;
  appId: AppId;
  createdAt: Instant;
  updatedAt: Instant;
};

/** What counts the readers of a site. */
export interface TrackingIds {
  /** The container of Google Tag Manager. */
  googleTagManagerId?: string | null;
}

/** Changes [`Tracking`]; what is left out stays, `null` clears. */
export interface TrackingPatch {
  /** The container of Google Tag Manager: `GTM-` and capital letters or digits. */
  googleTagManagerId?: string | null;
}

/** Hands an organization over. */
export interface Transfer {
  /** The member who shall own it. */
  userId: UserId;
}

export type TrashBatchId = string;

/** One of those that came out of the trash together. */
export interface TrashBatchItem {
  trashId: EntryId;
  entityType: string;
  entityId: EntryId;
  appId?: AppId | null;
}

/** What came out of the trash together. */
export interface TrashBatchRestored {
  success: boolean;
  restoredCount: number;
  restored: Array<TrashBatchItem>;
}

/** How much was deleted for good. */
export interface TrashEmptied {
  deletedCount: number;
}

/** Something in the trash. */
export interface TrashItem {
  id: EntryId;
  projectId: ProjectId;
  /** The content type. */
  entityType: string;
  entityId: EntryId;
  appId?: AppId | null;
  name: string;
  /** Always null: entries have none. */
  thumbnailUrl?: string | null;
  /** Always null. */
  fileSize?: number | null;
  /** Always null. */
  mimeType?: string | null;
  deletedAt: Instant;
  deletedBy?: UserId | null;
  deletedByName?: string | null;
  expiresAt?: Instant | null;
  trashBatchId?: TrashBatchId | null;
  /** The entry as it was; only where one thing is asked for. */
  snapshot?: Record<string, unknown>;
}

export interface TrashItemList {
  data: Array<TrashItem>;
  meta: ListMeta;
}

/** What came out of the trash. */
export interface TrashRestored {
  success: boolean;
  entityType: string;
  entityId: EntryId;
  appId?: AppId | null;
}

/** What a project does with new blocks of a type that is not in [`BLOCKS`]. */
export type UnknownBlocks = "refuse" | "keep";

/** Changes of a block: `null` takes a field away, texts are merged by language. */
export interface UpdateBlock {
  /** The kind of the entry. */
  contentType: "website_page" | "website_post" | "website_layout" | "website_header" | "website_footer" | "website_sidebar" | "website_dialog" | "website_landing" | "website_blog_page" | "website_not_found_page" | "website_sign_in_page" | "kb_article" | "kb_category" | "kb_landing" | "form";
  /** The entry. */
  contentId: string;
  /** The language that plain texts are in; the project's default when left out. */
  locale?: string | null;
  /** The block. */
  blockId: string;
  /** What it holds. */
  data?: Record<string, unknown> | null;
  /** How it looks. */
  styles?: Record<string, unknown> | null;
}

/** Changes of a section. */
export interface UpdateSection {
  /** The kind of the entry. */
  contentType: "website_page" | "website_post" | "website_layout" | "website_header" | "website_footer" | "website_sidebar" | "website_dialog" | "website_landing" | "website_blog_page" | "website_not_found_page" | "website_sign_in_page" | "kb_article" | "kb_category" | "kb_landing" | "form";
  /** The entry. */
  contentId: string;
  /** The language that plain texts are in; the project's default when left out. */
  locale?: string | null;
  /** The section. */
  sectionId: string;
  /** Its members but `id`, `type` and `columns`; `null` takes one away, styles are merged. */
  patch: Record<string, unknown>;
}

export type UploadId = string;

export type UserId = string;

export type VersionId = string;

/** A reader. */
export interface Viewer {
  personId: ViewerId;
  uid: ViewerId;
  email: string;
  displayName?: string | null;
  invitedAt: Instant;
  signedInAt?: Instant | null;
  hasSignedIn: boolean;
  lastActivityAt?: Instant | null;
}

/** Signing in with Apple. */
export interface ViewerApple {
  /** Always false: there is none yet. */
  enabled: boolean;
  serviceId?: string | null;
  teamId?: string | null;
}

/** Whether readers of a site sign in. */
export interface ViewerAuth {
  /** Whether they do. */
  enabled?: boolean;
  /** Always null: there is no provider outside of this server. */
  tenantId?: string | null;
  /** How somebody becomes one. */
  accessModel?: AccessModel;
}

/** Changes [`ViewerAuth`]; what is left out stays. */
export interface ViewerAuthPatch {
  /** Whether readers sign in. */
  enabled?: boolean | null;
  accessModel?: AccessModel | null;
}

export type ViewerId = string;

/** What became of an invitation. */
export interface ViewerInvited {
  email: string;
  personId: ViewerId;
  /** Whether they are new. */
  created: boolean;
  /** Always false: no link is sent before sites are served. */
  sent: boolean;
}

export interface ViewerList {
  data: Array<Viewer>;
  meta: ListMeta;
}

/** Whom to invite. */
export interface ViewerNew {
  /** E-mail address. */
  email: string;
}

/** Who was taken off. */
export interface ViewerRemoved {
  uid: ViewerId;
}

/** Signing in where an organization says who somebody is. */
export interface ViewerSso {
  /** Always false: there is none yet. */
  enabled: boolean;
  provider?: string | null;
  domains: Array<string>;
}

/** Who may see an entry. */
export interface VisibilityOf {
  contentType: string;
  contentId: EntryId;
  isListed: boolean;
  requiresViewerAuth: boolean;
}

/** A message of a webhook, and what became of it. */
export interface WebhookDelivery {
  /** The `webhook-id` of the message, the same at each try. */
  id: DeliveryId;
  webhookId: WebhookId;
  /** The `type` of the message. */
  event: string;
  state: "queued" | "delivered" | "failed";
  /** How often it was tried since it was queued. */
  attempts: number;
  nextAttemptAt?: Instant | null;
  lastAttemptAt?: Instant | null;
  /** The status of the last answer; null without one. */
  responseStatus?: number | null;
  /** Milliseconds that the last try took. */
  responseTime?: number | null;
  /** The beginning of the last answer: a kilobyte of it. */
  responseBody?: string | null;
  /** Why the last try has failed. */
  error?: "status" | "redirect" | "timeout" | "address_not_allowed" | "name_not_found" | "unreachable" | "tls" | "switched_off" | null;
  /** The message itself. */
  payload: Record<string, unknown>;
  createdAt: Instant;
}

export interface WebhookDeliveryList {
  data: Array<WebhookDelivery>;
  meta: ListMeta;
}

export type WebhookEvent = "entry.created" | "entry.updated" | "entry.published" | "entry.unpublished" | "entry.deleted" | "file.created" | "file.updated" | "file.deleted" | "key.created" | "key.regenerated" | "key.revoked" | "member.added" | "member.removed" | "form.submitted";

export type WebhookId = string;

/** What makes a webhook. */
export interface WebhookNew {
  /** An http or https address without a user name. */
  url: string;
  /** What it is told; empty, or left out, for everything. */
  events?: Array<WebhookEvent>;
  /** Whether it is told anything. */
  active?: boolean;
  /** For people. */
  description?: string | null;
}

/** Changes a webhook; what is left out stays. */
export interface WebhookPatch {
  /** An http or https address without a user name. */
  url?: string | null;
  /** What it is told; empty for everything. */
  events?: Array<WebhookEvent> | null;
  /** Whether it is told anything. What waits is given up when it is switched off. */
  active?: boolean | null;
  /** For people. */
  description?: string | null;
}

/** A new secret of a webhook. */
export interface WebhookSecret {
  /** What verifies its signatures from now on. It is told this once. */
  secret: string;
  previousSecretEndsAt?: Instant | null;
}

/** A webhook with its secret. */
export type WebhookWithSecret = ProjectWebhook & {
  /** What verifies its signatures: `whsec_` and base64, as libraries of Standard Webhooks take it. It is told this once. */
  secret: string;
};

/** A blog page. */
export interface WebsiteBlogPage {
  id: string;
  projectId: string;
  appId: string;
  type: "blogPage";
  draftId: string | null;
  layoutName: string | null;
  headerName: string | null;
  footerName: string | null;
  name: string;
  content?: Array<Section>;
  seo: {
    title?: string | Record<string, string> | null;
    description?: string | Record<string, string> | null;
    image?: string | null;
    noindex?: boolean | null;
  };
  isListed: boolean;
  layoutId: string | null;
  headerId: string | null;
  footerId: string | null;
  backgroundColor: string | null;
  createdAt: string;
  updatedAt: string;
}

/** Changes of a blog page; what is left out stays. */
export interface WebsiteBlogPageMeta {
  name?: string;
  seo?: {
    title?: string | Record<string, string | null> | null;
    description?: string | Record<string, string | null> | null;
    image?: string | null;
    noindex?: boolean | null;
  } | null;
  layoutId?: string | null;
  headerId?: string | null;
  footerId?: string | null;
}

/** A dialog. */
export interface WebsiteDialog {
  id: string;
  projectId: string;
  appId: string;
  type: "dialog";
  draftId: string | null;
  name: string;
  maxWidth: "xs" | "sm" | "md" | "lg" | "xl";
  includeClose: boolean;
  content?: Array<Section>;
  createdAt: string;
  updatedAt: string;
}

export interface WebsiteDialogList {
  data: Array<WebsiteDialog>;
  meta: ListMeta;
}

/** Changes of a dialog; what is left out stays. */
export interface WebsiteDialogMeta {
  name?: string;
  maxWidth?: "xs" | "sm" | "md" | "lg" | "xl";
  includeClose?: boolean;
}

/** A new dialog. */
export interface WebsiteDialogNew {
  name: string;
  maxWidth?: "xs" | "sm" | "md" | "lg" | "xl";
  includeClose?: boolean;
  content?: Array<SectionNew>;
}

/** A footer. */
export interface WebsiteFooter {
  id: string;
  projectId: string;
  appId: string;
  type: "footer";
  draftId: string | null;
  name: string;
  content?: Array<Section>;
  createdAt: string;
  updatedAt: string;
}

export interface WebsiteFooterList {
  data: Array<WebsiteFooter>;
  meta: ListMeta;
}

/** Changes of a footer; what is left out stays. */
export interface WebsiteFooterMeta {
  name?: string;
}

/** A new footer. */
export interface WebsiteFooterNew {
  name: string;
  content?: Array<SectionNew>;
}

/** A header. */
export interface WebsiteHeader {
  id: string;
  projectId: string;
  appId: string;
  type: "header";
  draftId: string | null;
  name: string;
  content?: Array<Section>;
  createdAt: string;
  updatedAt: string;
}

export interface WebsiteHeaderList {
  data: Array<WebsiteHeader>;
  meta: ListMeta;
}

/** Changes of a header; what is left out stays. */
export interface WebsiteHeaderMeta {
  name?: string;
}

/** A new header. */
export interface WebsiteHeaderNew {
  name: string;
  content?: Array<SectionNew>;
}

/** A landing page. */
export interface WebsiteLanding {
  id: string;
  projectId: string;
  appId: string;
  type: "landing";
  draftId: string | null;
  layoutName: string | null;
  headerName: string | null;
  footerName: string | null;
  name: string;
  content?: Array<Section>;
  seo: {
    title?: string | Record<string, string> | null;
    description?: string | Record<string, string> | null;
    image?: string | null;
    noindex?: boolean | null;
  };
  isListed: boolean;
  layoutId: string | null;
  headerId: string | null;
  footerId: string | null;
  backgroundColor: string | null;
  createdAt: string;
  updatedAt: string;
}

/** Changes of a landing page; what is left out stays. */
export interface WebsiteLandingMeta {
  name?: string;
  seo?: {
    title?: string | Record<string, string | null> | null;
    description?: string | Record<string, string | null> | null;
    image?: string | null;
    noindex?: boolean | null;
  } | null;
  layoutId?: string | null;
  headerId?: string | null;
  footerId?: string | null;
}

/** A layout. */
export interface WebsiteLayout {
  id: string;
  projectId: string;
  appId: string;
  type: "layout";
  draftId: string | null;
  headerName: string | null;
  footerName: string | null;
  name: string;
  description: string | null;
  headerId: string | null;
  footerId: string | null;
  content?: Array<Section>;
  createdAt: string;
  updatedAt: string;
}

export interface WebsiteLayoutList {
  data: Array<WebsiteLayout>;
  meta: ListMeta;
}

/** Changes of a layout; what is left out stays. */
export interface WebsiteLayoutMeta {
  name?: string;
  description?: string | null;
  headerId?: string | null;
  footerId?: string | null;
}

/** A new layout. */
export interface WebsiteLayoutNew {
  name: string;
  description?: string | null;
  headerId?: string | null;
  footerId?: string | null;
  content?: Array<SectionNew>;
}

/** A not-found page. */
export interface WebsiteNotFoundPage {
  id: string;
  projectId: string;
  appId: string;
  type: "notFoundPage";
  draftId: string | null;
  layoutName: string | null;
  headerName: string | null;
  footerName: string | null;
  name: string;
  content?: Array<Section>;
  seo: {
    title?: string | Record<string, string> | null;
    description?: string | Record<string, string> | null;
    image?: string | null;
    noindex?: boolean | null;
  };
  isListed: boolean;
  layoutId: string | null;
  headerId: string | null;
  footerId: string | null;
  backgroundColor: string | null;
  createdAt: string;
  updatedAt: string;
}

/** Changes of a not-found page; what is left out stays. */
export interface WebsiteNotFoundPageMeta {
  name?: string;
  seo?: {
    title?: string | Record<string, string | null> | null;
    description?: string | Record<string, string | null> | null;
    image?: string | null;
    noindex?: boolean | null;
  } | null;
  layoutId?: string | null;
  headerId?: string | null;
  footerId?: string | null;
}

/** A page. */
export interface WebsitePage {
  id: string;
  projectId: string;
  appId: string;
  type: "page";
  path: string;
  /** Left out while the app has no address. */
  url?: string;
  draftId: string | null;
  layoutName: string | null;
  headerName: string | null;
  footerName: string | null;
  name: string;
  slug: string;
  title: string | Record<string, string> | null;
  content?: Array<Section>;
  status: "draft" | "published" | "scheduled";
  seo: {
    title?: string | Record<string, string> | null;
    description?: string | Record<string, string> | null;
    image?: string | null;
    noindex?: boolean | null;
  };
  featuredImageUrl: string | null;
  tags: Array<string>;
  layoutId: string | null;
  headerId: string | null;
  footerId: string | null;
  scheduledPublishAt: string | null;
  isListed: boolean;
  requiresViewerAuth: boolean;
  backgroundColor: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface WebsitePageList {
  data: Array<WebsitePage>;
  meta: ListMeta;
}

/** Changes of a page; what is left out stays. */
export interface WebsitePageMeta {
  name?: string;
  slug?: string;
  title?: string | Record<string, string | null> | null;
  seo?: {
    title?: string | Record<string, string | null> | null;
    description?: string | Record<string, string | null> | null;
    image?: string | null;
    noindex?: boolean | null;
  } | null;
  featuredImageUrl?: string | null;
  tags?: Array<string>;
  layoutId?: string | null;
  headerId?: string | null;
  footerId?: string | null;
}

/** A new page. */
export interface WebsitePageNew {
  name: string;
  slug: string;
  title?: string | Record<string, string | null> | null;
  content?: Array<SectionNew>;
  status?: "draft" | "published";
  seo?: {
    title?: string | Record<string, string | null> | null;
    description?: string | Record<string, string | null> | null;
    image?: string | null;
    noindex?: boolean | null;
  } | null;
  featuredImageUrl?: string | null;
  tags?: Array<string>;
  layoutId?: string | null;
  headerId?: string | null;
  footerId?: string | null;
}

/** A post. */
export interface WebsitePost {
  id: string;
  projectId: string;
  appId: string;
  type: "post";
  path: string;
  /** Left out while the app has no address. */
  url?: string;
  draftId: string | null;
  layoutName: string | null;
  headerName: string | null;
  footerName: string | null;
  name: string;
  slug: string;
  title: string | Record<string, string> | null;
  content?: Array<Section>;
  status: "draft" | "published" | "scheduled";
  seo: {
    title?: string | Record<string, string> | null;
    description?: string | Record<string, string> | null;
    image?: string | null;
    noindex?: boolean | null;
  };
  excerpt: string | Record<string, string> | null;
  authorId: string | null;
  authorName: string | null;
  featuredImageUrl: string | null;
  publishDate: string | null;
  scheduledPublishAt: string | null;
  tags: Array<string>;
  layoutId: string | null;
  headerId: string | null;
  footerId: string | null;
  isListed: boolean;
  requiresViewerAuth: boolean;
  backgroundColor: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface WebsitePostList {
  data: Array<WebsitePost>;
  meta: ListMeta;
}

/** Changes of a post; what is left out stays. */
export interface WebsitePostMeta {
  name?: string;
  slug?: string;
  title?: string | Record<string, string | null> | null;
  seo?: {
    title?: string | Record<string, string | null> | null;
    description?: string | Record<string, string | null> | null;
    image?: string | null;
    noindex?: boolean | null;
  } | null;
  excerpt?: string | Record<string, string | null> | null;
  authorName?: string | null;
  featuredImageUrl?: string | null;
  publishDate?: string | null;
  tags?: Array<string>;
  layoutId?: string | null;
  headerId?: string | null;
  footerId?: string | null;
}

/** A new post. */
export interface WebsitePostNew {
  name: string;
  slug: string;
  title?: string | Record<string, string | null> | null;
  content?: Array<SectionNew>;
  status?: "draft" | "published";
  seo?: {
    title?: string | Record<string, string | null> | null;
    description?: string | Record<string, string | null> | null;
    image?: string | null;
    noindex?: boolean | null;
  } | null;
  excerpt?: string | Record<string, string | null> | null;
  authorName?: string | null;
  featuredImageUrl?: string | null;
  publishDate?: string | null;
  scheduledPublishAt?: string | null;
  tags?: Array<string>;
  layoutId?: string | null;
  headerId?: string | null;
  footerId?: string | null;
}

/** A sidebar. */
export interface WebsiteSidebar {
  id: string;
  projectId: string;
  appId: string;
  type: "sidebar";
  draftId: string | null;
  name: string;
  content?: Array<Section>;
  createdAt: string;
  updatedAt: string;
}

export interface WebsiteSidebarList {
  data: Array<WebsiteSidebar>;
  meta: ListMeta;
}

/** Changes of a sidebar; what is left out stays. */
export interface WebsiteSidebarMeta {
  name?: string;
}

/** A new sidebar. */
export interface WebsiteSidebarNew {
  name: string;
  content?: Array<SectionNew>;
}

/** A sign-in page. */
export interface WebsiteSignInPage {
  id: string;
  projectId: string;
  appId: string;
  type: "signInPage";
  draftId: string | null;
  layoutName: string | null;
  headerName: string | null;
  footerName: string | null;
  name: string;
  content?: Array<Section>;
  seo: {
    title?: string | Record<string, string> | null;
    description?: string | Record<string, string> | null;
    image?: string | null;
    noindex?: boolean | null;
  };
  layoutId: string | null;
  headerId: string | null;
  footerId: string | null;
  backgroundColor: string | null;
  createdAt: string;
  updatedAt: string;
}

/** Changes of a sign-in page; what is left out stays. */
export interface WebsiteSignInPageMeta {
  name?: string;
  seo?: {
    title?: string | Record<string, string | null> | null;
    description?: string | Record<string, string | null> | null;
    image?: string | null;
    noindex?: boolean | null;
  } | null;
  layoutId?: string | null;
  headerId?: string | null;
  footerId?: string | null;
}

/** A tag. */
export type WebsiteTag = string;

export interface WebsiteTagList {
  data: Array<WebsiteTag>;
  meta: ListMeta;
}

/** An entry that is published. */
export interface WebsiteUrl {
  slug: string;
  name: string;
  layoutId?: EntryId | null;
}

/** What is published on a site. */
export interface WebsiteUrls {
  /** Their paths, without the `/` at the beginning. */
  slugs: Array<string>;
  entries: Array<WebsiteUrl>;
  /** Whether there are more than are told. */
  truncated: boolean;
}

/** Who calls, and with what. */
export interface WhoAmI {
  id: UserId;
  /** `user` or `service_account`. */
  type: string;
  name: string;
  email: string;
  keyId?: KeyId | null;
  access?: Access | null;
  keyExpiresAt?: Instant | null;
  tokenExpiresAt?: Instant | null;
  organizations: Array<MyOrganization>;
  projects: Array<MyProject>;
}

/** What became of words. */
export type WordChange = "same" | "added" | "removed";

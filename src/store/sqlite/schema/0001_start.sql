-- Ids are hyphenated UUID v7, instants are microseconds since 1970, hashes are hex, `_fold` columns are folded for search.

-- Persons and service accounts: both are members, own keys and act.
CREATE TABLE users (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('user', 'service_account', 'system')),
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    search_fold TEXT NOT NULL,
    password_hash TEXT,
    bio TEXT,
    avatar_url TEXT,
    phone TEXT,
    timezone TEXT,
    locale TEXT,
    theme TEXT,
    disabled_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE organizations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    slug TEXT NOT NULL,
    description TEXT,
    logo_url TEXT,
    brand_color TEXT,
    website TEXT,
    address TEXT,
    owner_id TEXT NOT NULL REFERENCES users (id),
    max_key_days INTEGER,
    key_expiry_required INTEGER NOT NULL,
    personal_keys_allowed INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE UNIQUE INDEX organizations_slug ON organizations (slug) WHERE deleted_at IS NULL;

CREATE TABLE members (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    role TEXT NOT NULL,
    title TEXT,
    invited_by TEXT REFERENCES users (id),
    invited_at INTEGER,
    joined_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (user_id, organization_id)
) STRICT;
CREATE INDEX members_newest ON members (organization_id, created_at, id);
CREATE UNIQUE INDEX members_owner ON members (organization_id) WHERE role = 'owner';

CREATE TABLE invitations (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    invited_by TEXT NOT NULL REFERENCES users (id),
    accepted_at INTEGER,
    expires_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX invitations_newest ON invitations (organization_id, created_at, id);
CREATE UNIQUE INDEX invitations_email ON invitations (email, organization_id) WHERE accepted_at IS NULL;

CREATE TABLE service_accounts (
    id TEXT PRIMARY KEY REFERENCES users (id),
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    description TEXT,
    created_by TEXT REFERENCES users (id),
    created_at INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX service_accounts_newest ON service_accounts (organization_id, created_at, id);

CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    owner_id TEXT NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    display TEXT NOT NULL,
    access TEXT NOT NULL,
    projects TEXT,
    expires_at INTEGER,
    revoked_at INTEGER,
    revoked_by TEXT REFERENCES users (id),
    revoke_reason TEXT,
    replaces TEXT REFERENCES api_keys (id),
    created_by TEXT REFERENCES users (id),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX api_keys_newest ON api_keys (organization_id, created_at, id);
CREATE INDEX api_keys_owner ON api_keys (owner_id, created_at, id);

-- Apart from api_keys: written in batches, and it says nothing about access.
CREATE TABLE key_uses (
    key_id TEXT PRIMARY KEY REFERENCES api_keys (id),
    last_used_at INTEGER NOT NULL,
    last_ip TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE signing_keys (
    kid TEXT PRIMARY KEY,
    format TEXT NOT NULL,
    secret BLOB NOT NULL,
    public BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    retired_at INTEGER
) STRICT;

CREATE TABLE revoked_tokens (
    id TEXT PRIMARY KEY,
    key_id TEXT NOT NULL REFERENCES api_keys (id),
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX revoked_tokens_key ON revoked_tokens (key_id);

CREATE TABLE projects (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    slug TEXT NOT NULL,
    description TEXT,
    logo_url TEXT,
    default_locale TEXT NOT NULL,
    locales TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE UNIQUE INDEX projects_slug ON projects (organization_id, slug) WHERE deleted_at IS NULL;
CREATE INDEX projects_newest ON projects (organization_id, created_at, id) WHERE deleted_at IS NULL;

CREATE TABLE project_members (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    role TEXT NOT NULL,
    title TEXT,
    invited_by TEXT REFERENCES users (id),
    joined_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (user_id, project_id)
) STRICT;
CREATE INDEX project_members_newest ON project_members (project_id, created_at, id);

CREATE TABLE apps (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    app_type TEXT NOT NULL,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    slug TEXT NOT NULL,
    description TEXT,
    settings TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE UNIQUE INDEX apps_slug ON apps (project_id, slug) WHERE deleted_at IS NULL;
CREATE INDEX apps_newest ON apps (project_id, created_at, id);

CREATE TABLE app_members (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    app_id TEXT NOT NULL REFERENCES apps (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    role TEXT NOT NULL,
    title TEXT,
    invited_by TEXT REFERENCES users (id),
    joined_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (user_id, app_id)
) STRICT;
CREATE INDEX app_members_newest ON app_members (app_id, created_at, id);
CREATE INDEX app_members_project ON app_members (user_id, project_id);

-- `fields` and `content` hold the wire form, so that an answer is written without reading them. `content` stands last:
-- a list without bodies never touches it.
CREATE TABLE entries (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    app_id TEXT NOT NULL REFERENCES apps (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    slug TEXT,
    status TEXT NOT NULL,
    is_listed INTEGER NOT NULL,
    requires_viewer_auth INTEGER NOT NULL,
    author_id TEXT REFERENCES users (id),
    author_name TEXT,
    publish_date INTEGER,
    scheduled_at INTEGER,
    published_at INTEGER,
    layout_id TEXT,
    header_id TEXT,
    footer_id TEXT,
    version INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    updated_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    fields TEXT NOT NULL,
    search TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX entries_slug ON entries (app_id, slug) WHERE deleted_at IS NULL;
CREATE INDEX entries_created ON entries (app_id, kind, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX entries_updated ON entries (app_id, kind, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX entries_name ON entries (app_id, kind, name, id) WHERE deleted_at IS NULL;
CREATE INDEX entries_scheduled ON entries (scheduled_at) WHERE status = 'scheduled' AND deleted_at IS NULL;

CREATE TABLE versions (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    entry_id TEXT NOT NULL REFERENCES entries (id),
    version INTEGER NOT NULL,
    source TEXT NOT NULL,
    summary TEXT,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    fields TEXT NOT NULL,
    content TEXT NOT NULL,
    UNIQUE (entry_id, version)
) STRICT;

CREATE TABLE redirects (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    app_id TEXT NOT NULL REFERENCES apps (id),
    from_path TEXT NOT NULL,
    to_path TEXT NOT NULL,
    status INTEGER NOT NULL,
    source TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (app_id, from_path)
) STRICT;

-- Totals of long lists: owner is an app, an organization or a user, what is the list.
CREATE TABLE counters (
    owner TEXT NOT NULL,
    what TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (owner, what)
) STRICT, WITHOUT ROWID;

CREATE TABLE activities (
    id TEXT PRIMARY KEY,
    organization_id TEXT REFERENCES organizations (id),
    project_id TEXT,
    actor_id TEXT,
    actor_type TEXT NOT NULL,
    actor_name TEXT,
    actor_email TEXT,
    action TEXT NOT NULL,
    resource_type TEXT NOT NULL,
    resource_id TEXT,
    resource_name TEXT,
    metadata TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX activities_organization ON activities (organization_id, created_at, id);
CREATE INDEX activities_actor ON activities (actor_id, organization_id, created_at, id);

CREATE TABLE notifications (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    organization_id TEXT REFERENCES organizations (id),
    title TEXT NOT NULL,
    body TEXT,
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    link TEXT,
    scope_kind TEXT,
    scope_id TEXT,
    subject TEXT,
    data TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX notifications_newest ON notifications (user_id, created_at, id);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL REFERENCES users (id),
    ip TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    password_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_user ON sessions (user_id, created_at, id);

-- The outbox: letters are written in the transaction that causes them and sent afterwards.
CREATE TABLE letters (
    id TEXT PRIMARY KEY,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX letters_due ON letters (due_at);

-- One row: what this instance is, and the secret from which invitation links are derived.
CREATE TABLE instance (
    id TEXT PRIMARY KEY,
    secret BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

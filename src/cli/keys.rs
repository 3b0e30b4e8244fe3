//! `stele keys`: API keys and signing keys, for headless set-ups.

use clap::{Subcommand, ValueEnum};

use crate::{
    domain::{
        Error,
        access::{Access, Actor, Role},
        key::key,
        listing::{Listing, PAGE_SIZE_MAX},
        org::{organization::Organization, service_account},
    },
    service::{
        self,
        key::{key::KeyScope, token},
    },
    store::{Store, key::key_list::KeyFilter, unguarded},
};

use super::{
    output::{CommandResult, say},
    settings::{Data, sentence},
};

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Grade {
    Read,
    Write,
    Full,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum AccountRole {
    Admin,
    Editor,
    Viewer,
    Collaborator,
}

#[derive(Debug, Subcommand)]
pub(super) enum Keys {
    /// Make a service account with a key, or another key for one; the key is printed once
    Create {
        #[command(flatten)]
        data: Data,
        /// Slug of the organization
        #[arg(long)]
        org: String,
        /// Name of the service account; made when there is none of this name
        #[arg(long)]
        account: String,
        /// Role of a new service account
        #[arg(long, value_enum, default_value = "editor")]
        role: AccountRole,
        /// Name of the key
        #[arg(long, default_value = "command line")]
        name: String,
        /// What the key may do at most
        #[arg(long, value_enum, default_value = "full")]
        access: Grade,
        /// Days until it ends; 0 for never
        #[arg(long, default_value_t = key::DEFAULT_DAYS)]
        days: u32,
    },
    /// List the keys of an organization
    List {
        #[command(flatten)]
        data: Data,
        /// Slug of the organization
        #[arg(long)]
        org: String,
        /// Expired and revoked ones too
        #[arg(long)]
        all: bool,
    },
    /// Revoke a key
    Revoke {
        #[command(flatten)]
        data: Data,
        /// Slug of the organization
        #[arg(long)]
        org: String,
        /// Id of the key
        #[arg(long)]
        id: String,
        /// Why
        #[arg(long)]
        reason: Option<String>,
    },
    /// Make new signing keys; the old ones verify until the tokens that they signed are over
    RotateSigning {
        #[command(flatten)]
        data: Data,
    },
}

pub(super) fn run(keys: &Keys) -> CommandResult {
    match keys {
        Keys::Create { data, org, account, role, name, access, days } => {
            let store = data.open("stele keys create")?;
            let draft = key::Draft {
                name: name.clone(),
                access: Some(access_of(*access)),
                expires_in_days: Some(*days).filter(|days| *days > 0),
                expires_at: (*days == 0).then_some(None),
                projects: None,
            };
            let account = service_account::Draft { name: account.clone(), role: role_of(*role), description: None };
            create(&store, org, account, draft)
        }
        Keys::List { data, org, all } => {
            let store = data.open("stele keys list")?;
            let org = organization(&store, org)?;
            let listing = Listing { page_size: PAGE_SIZE_MAX, ..Listing::default() };
            let shown = if *all { KeyFilter::All } else { KeyFilter::Active };
            let page = store
                .read_now(|tx| service::key::key::list(tx, &Actor::operator(), KeyScope::Org(org.id), shown, &listing))
                .map_err(sentence)?;
            for key in page.items {
                let ends = key.expires_at.map_or("never".to_owned(), |at| at.to_string());
                say(format_args!(
                    "{}  {}  {}  {}  {}  ends {ends}",
                    key.id,
                    key.display,
                    key.status(store.now()).word(),
                    key.owner_name,
                    key.name
                ))?;
            }
            Ok(())
        }
        Keys::Revoke { data, org, id, reason } => {
            let store = data.open("stele keys revoke")?;
            let org = organization(&store, org)?;
            let id = id.parse().map_err(|_| format!("{id} is not the id of a key"))?;
            let change = key::Revoke { reason: reason.clone() };
            let gone = store
                .write_now(move |tx| service::key::key::revoke(tx, &Actor::operator(), KeyScope::Org(org.id), id, &change))
                .map_err(sentence)?;
            say(format_args!("{} is revoked", gone.display))?;
            Ok(())
        }
        Keys::RotateSigning { data } => {
            let store = data.open("stele keys rotate-signing")?;
            for made in store.write_now(token::rotate_signing).map_err(sentence)? {
                say(format_args!("{}  {}", made.format.word(), made.kid))?;
            }
            Ok(())
        }
    }
}

fn create(store: &Store, org: &str, account: service_account::Draft, draft: key::Draft) -> CommandResult {
    let org = organization(store, org)?;
    let issued = store.write_now(move |tx| {
        let operator = Actor::operator();
        let listing = Listing { page_size: PAGE_SIZE_MAX, ..Listing::default() };
        let known =
            service::org::service_account::list(tx, &operator, org.id, &listing)?.items.into_iter().find(|one| one.name == account.name);
        let owner = match known {
            Some(known) => known,
            None => service::org::service_account::create(tx, &operator, org.id, &account)?,
        };
        service::key::key::create(tx, &operator, (org.id, owner.id), &draft, false)
    });
    let issued = issued.map_err(sentence)?;
    eprintln!("Store this key now: it is never shown again. It belongs to {}.", issued.key.owner_name);
    say(format_args!("{}", issued.secret.reveal()))?;
    Ok(())
}

fn organization(store: &Store, slug: &str) -> Result<Organization, String> {
    let found = store.read_now(|tx| {
        let id = unguarded::unguarded_org_by_slug(tx, slug)?.ok_or(Error::NotFound("organization"))?;
        service::org::organization::get(tx, &Actor::operator(), id)
    });
    found.map_err(|_| format!("there is no organization with the slug {slug}"))
}

const fn access_of(grade: Grade) -> Access {
    match grade {
        Grade::Read => Access::Read,
        Grade::Write => Access::Write,
        Grade::Full => Access::Full,
    }
}

const fn role_of(role: AccountRole) -> Role {
    match role {
        AccountRole::Admin => Role::Admin,
        AccountRole::Editor => Role::Editor,
        AccountRole::Viewer => Role::Viewer,
        AccountRole::Collaborator => Role::Collaborator,
    }
}

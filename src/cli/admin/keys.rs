//! `stele keys`: API keys and signing keys, for headless set-ups.

use clap::{Subcommand, ValueEnum};

use crate::{
    domain::{
        access::{Access, Actor, Role},
        key::key::DEFAULT_DAYS,
        listing::Listing,
    },
    service::key::key::{self, KeyScope},
    store::{Store, key::key_list::KeyFilter},
};

use crate::cli::{
    output::{CommandResult, say},
    settings::{Data, sentence},
};

use super::{
    command::{self, AdminCommand},
    socket::carry_out,
};

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Grade {
    Read,
    Write,
    Full,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum AccountRole {
    Admin,
    Editor,
    Viewer,
    Collaborator,
}

#[derive(Debug, Subcommand)]
pub enum Keys {
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
        #[arg(long, default_value_t = DEFAULT_DAYS)]
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

pub fn run(keys: &Keys) -> CommandResult {
    match keys {
        Keys::Create { data, org, account, role, name, access, days } => {
            let (org, account, name) = (org.clone(), account.clone(), name.clone());
            let (role, access, days) = (role_of(*role), access_of(*access), Some(*days).filter(|days| *days > 0));
            carry_out(data, "stele keys create", AdminCommand::CreateKey { org, account, role, name, access, days })
        }
        Keys::List { data, org, all } => list(&data.read()?, org, if *all { KeyFilter::All } else { KeyFilter::Active }),
        Keys::Revoke { data, org, id, reason } => {
            let (org, id, reason) = (org.clone(), id.clone(), reason.clone());
            carry_out(data, "stele keys revoke", AdminCommand::RevokeKey { org, id, reason })
        }
        Keys::RotateSigning { data } => carry_out(data, "stele keys rotate-signing", AdminCommand::RotateSigning),
    }
}

fn list(store: &Store, org: &str, shown: KeyFilter) -> CommandResult {
    let org = command::organization(store, org)?;
    let read =
        |listing: &Listing| store.read_now(|tx| key::list(tx, &Actor::operator(), KeyScope::Org(org.id), shown, listing)).map_err(sentence);
    command::each_of(read, |key| {
        let (status, ends) = (key.status(store.now()).word(), command::ends(&key, store.now()));
        say(format_args!("{}  {}  {status}  {}  {}  {ends}", key.id, key.display, key.owner_name, key.name))
    })
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

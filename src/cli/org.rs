//! `stele org`: organizations, for headless set-ups.

use clap::Subcommand;

use crate::{
    domain::org::organization::Draft,
    service::{account::user, org::organization},
    store,
};

use super::{
    output::{CommandResult, say},
    settings::{Data, sentence},
};

#[derive(Debug, Subcommand)]
pub(super) enum Org {
    /// Make an organization
    Create {
        #[command(flatten)]
        data: Data,
        /// Its name
        #[arg(long)]
        name: String,
        /// Its slug; made from the name when left out
        #[arg(long)]
        slug: Option<String>,
        /// E-mail address of its owner, an existing user
        #[arg(long)]
        owner: String,
    },
    /// List the organizations
    List {
        #[command(flatten)]
        data: Data,
    },
}

pub(super) fn run(org: &Org) -> CommandResult {
    match org {
        Org::Create { data, name, slug, owner } => {
            let draft = Draft { name: name.clone(), slug: slug.clone(), description: None, website: None };
            let owner = owner.clone();
            let made = data.open("stele org create")?.write_now(move |tx| {
                let owner = user::by_email(tx, &owner)?;
                organization::create_owned(tx, owner.id, &draft)
            });
            let made = made.map_err(sentence)?;
            say(format_args!("{}  {}  {}", made.id, made.slug, made.name))?;
        }
        Org::List { data } => {
            for found in data.open("stele org list")?.read_now(store::org::organization::unguarded_all).map_err(sentence)? {
                say(format_args!("{}  {}  {}", found.id, found.slug, found.name))?;
            }
        }
    }
    Ok(())
}

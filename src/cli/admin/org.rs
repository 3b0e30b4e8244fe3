//! `stele org`: organizations, for headless set-ups.

use clap::Subcommand;

use crate::store::org::organization;

use crate::cli::{
    output::{CommandResult, say},
    settings::{Data, sentence},
};

use super::{command::AdminCommand, socket::carry_out};

#[derive(Debug, Subcommand)]
pub enum Org {
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

pub fn run(org: &Org) -> CommandResult {
    match org {
        Org::Create { data, name, slug, owner } => {
            let (name, slug, owner) = (name.clone(), slug.clone(), owner.clone());
            carry_out(data, "stele org create", AdminCommand::CreateOrg { name, slug, owner })
        }
        Org::List { data } => {
            for found in data.read()?.read_now(organization::unguarded_all).map_err(sentence)? {
                say(format_args!("{}  {}  {}", found.id, found.slug, found.name))?;
            }
            Ok(())
        }
    }
}

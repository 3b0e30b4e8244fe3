//! `stele domain`: names of projects, where no server of names can say whose they are.

use clap::Subcommand;

use crate::cli::{output::CommandResult, settings::Data};

use super::{command::AdminCommand, socket::carry_out};

#[derive(Debug, Subcommand)]
pub enum Domain {
    /// Say that a name is good, which a project wants: it is served from then on, and no record is looked for
    Verify {
        #[command(flatten)]
        data: Data,
        /// The name
        name: String,
        /// Id of the project that gets it, where several want it
        #[arg(long)]
        project: Option<String>,
    },
}

pub fn run(domain: &Domain) -> CommandResult {
    match domain {
        Domain::Verify { data, name, project } => {
            let (name, project) = (name.clone(), project.clone());
            carry_out(data, "stele domain verify", AdminCommand::VerifyDomain { name, project })
        }
    }
}

//! `stele sender`: what one e-mail address has sent to the forms of a project, told to whoever asks for it, or erased.

use clap::{Args, Subcommand};

use crate::cli::{output::CommandResult, settings::Data};

use super::{command::AdminCommand, socket::carry_out};

/// Whose, and where.
#[derive(Debug, Args)]
pub struct Whose {
    #[command(flatten)]
    data: Data,
    /// The e-mail address
    email: String,
    /// The organization's slug
    #[arg(long)]
    org: String,
    /// The project's slug
    #[arg(long)]
    project: String,
}

#[derive(Debug, Subcommand)]
pub enum Sender {
    /// Print all that an address has sent, a line of JSON for each submission
    Export(Whose),
    /// Erase all that an address has sent, with the e-mails about it and what webhooks were told of it; backups still have it
    Erase(Whose),
}

pub fn run(sender: &Sender) -> CommandResult {
    let (whose, name, erase) = match sender {
        Sender::Export(whose) => (whose, "stele sender export", false),
        Sender::Erase(whose) => (whose, "stele sender erase", true),
    };
    let (email, org, project) = (whose.email.clone(), whose.org.clone(), whose.project.clone());
    carry_out(&whose.data, name, AdminCommand::Sender { email, org, project, erase })
}

//! `stele user`: people, for headless set-ups and lost passwords.

use std::io::{self, BufRead, IsTerminal};

use clap::Subcommand;

use crate::{domain::listing::Listing, service::account::user, store::Store};

use crate::cli::{
    output::{CommandResult, say},
    settings::{Data, sentence},
};

use super::{
    command::{AdminCommand, each_of},
    socket::carry_out,
};

#[derive(Debug, Subcommand)]
pub enum User {
    /// Make a person; the password is asked for, or read from standard input
    Create {
        #[command(flatten)]
        data: Data,
        /// E-mail address
        #[arg(long)]
        email: String,
        /// Name
        #[arg(long)]
        name: String,
    },
    /// List the people
    List {
        #[command(flatten)]
        data: Data,
    },
    /// Set a new password and end all sessions; the password is asked for, or read from standard input
    ResetPassword {
        #[command(flatten)]
        data: Data,
        /// E-mail address
        #[arg(long)]
        email: String,
    },
    /// Say who looks after the instance: operators see who and what is there, make organizations and download backups
    #[command(subcommand)]
    Operator(Operator),
}

#[derive(Debug, Subcommand)]
pub enum Operator {
    /// Make somebody an operator
    Add {
        #[command(flatten)]
        data: Data,
        /// E-mail address
        #[arg(long)]
        email: String,
    },
    /// Make somebody an operator no more; the last one stays
    Remove {
        #[command(flatten)]
        data: Data,
        /// E-mail address
        #[arg(long)]
        email: String,
    },
}

pub fn run(command: &User) -> CommandResult {
    match command {
        User::Create { data, email, name } => {
            let (email, name, password) = (email.clone(), name.clone(), ask()?);
            carry_out(data, "stele user create", AdminCommand::CreateUser { email, name, password })
        }
        User::List { data } => list(&data.read()?),
        User::ResetPassword { data, email } => {
            let (email, password) = (email.clone(), ask()?);
            carry_out(data, "stele user reset-password", AdminCommand::ResetPassword { email, password })
        }
        User::Operator(Operator::Add { data, email }) => {
            carry_out(data, "stele user operator add", AdminCommand::SetOperator { email: email.clone(), is_operator: true })
        }
        User::Operator(Operator::Remove { data, email }) => {
            carry_out(data, "stele user operator remove", AdminCommand::SetOperator { email: email.clone(), is_operator: false })
        }
    }
}

fn list(store: &Store) -> CommandResult {
    let read = |listing: &Listing| store.read_now(|tx| user::list(tx, listing)).map_err(sentence);
    each_of(read, |found| {
        let operator = if found.is_operator { "  (operator)" } else { "" };
        let disabled = if found.disabled_at.is_some() { "  (disabled)" } else { "" };
        say(format_args!("{}  {}  {}{operator}{disabled}", found.id, found.email, found.name))
    })
}

/// The password, never from the command line, where others could read it.
fn ask() -> Result<String, String> {
    if io::stdin().is_terminal() {
        return rpassword::prompt_password("New password: ").map_err(|error| error.to_string());
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(|error| error.to_string())?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

//! `stele user`: people, for headless set-ups and lost passwords.

use std::io::{self, BufRead, IsTerminal};

use clap::Subcommand;

use crate::{
    domain::{
        account::user as domain,
        listing::{Listing, PAGE_SIZE_MAX},
    },
    service::account::{password, user},
};

use super::{
    output::{CommandResult, say},
    settings::{Data, sentence},
};

#[derive(Debug, Subcommand)]
pub(super) enum User {
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
}

pub(super) fn run(command: &User) -> CommandResult {
    match command {
        User::Create { data, email, name } => {
            let store = data.open("stele user create")?;
            let password = ask()?;
            let new = user::check(name, email, &password).map_err(sentence)?;
            let hash = password::hash(&password, store.entropy()).map_err(sentence)?;
            let id = store.write_now(move |tx| user::create(tx, &new, &hash)).map_err(sentence)?;
            say(format_args!("{id}  {email}"))?;
        }
        User::List { data } => {
            let store = data.open("stele user list")?;
            let mut listing = Listing { page_size: PAGE_SIZE_MAX, ..Listing::default() };
            loop {
                let page = store.read_now(|tx| user::list(tx, &listing)).map_err(sentence)?;
                for found in &page.items {
                    say(format_args!(
                        "{}  {}  {}{}",
                        found.id,
                        found.email,
                        found.name,
                        if found.disabled_at.is_some() { "  (disabled)" } else { "" }
                    ))?;
                }
                if u64::from(listing.page) >= page.page_count() {
                    break;
                }
                listing.page += 1;
            }
        }
        User::ResetPassword { data, email } => {
            let store = data.open("stele user reset-password")?;
            let found = store.read_now(|tx| user::by_email(tx, email)).map_err(sentence)?;
            let password = ask()?;
            domain::password("password", &password).map_err(|fault| fault.message)?;
            let hash = password::hash(&password, store.entropy()).map_err(sentence)?;
            store.write_now(move |tx| user::reset_password(tx, found.id, &hash)).map_err(sentence)?;
            say(format_args!("{email} has a new password; all sessions have ended"))?;
        }
    }
    Ok(())
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

//! The command line: one file a command.

mod admin;
mod backup;
mod check;
mod compact;
mod config;
mod health;
mod log;
mod manual;
mod mcp;
mod moving;
mod openapi;
mod output;
mod redact;
mod sandbox;
mod serve;
mod settings;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// Stele: a self-hosted content server in one binary with one SQLite file.
#[derive(Debug, Parser)]
#[command(
    name = "stele",
    version = env!("STELE_VERSION"),
    about,
    long_about = "Stele: a self-hosted content server in one binary with one SQLite file.\n\nTry it:        stele sandbox\nRun it:        stele serve --data stele.db\nSet it up:     stele user create, stele org create, stele keys create"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server
    Serve(settings::Settings),
    /// Run a server with demo data on a fresh database, for trying out and for tests
    Sandbox(sandbox::Sandbox),
    /// Look at the settings
    #[command(subcommand)]
    Config(config::Config),
    /// Make and list people, reset passwords, say who is an operator
    #[command(subcommand)]
    User(admin::user::User),
    /// Make and list organizations
    #[command(subcommand)]
    Org(admin::org::Org),
    /// Say that the name of a project is good, where its record cannot be found
    #[command(subcommand)]
    Domain(admin::domain::Domain),
    /// Print or erase what one e-mail address has sent to the forms of a project
    #[command(subcommand)]
    Sender(admin::sender::Sender),
    /// Make, list and revoke API keys, rotate signing keys
    #[command(subcommand)]
    Keys(admin::keys::Keys),
    /// Say where the bytes of files lie
    #[command(subcommand)]
    Files(admin::files::Files),
    /// Write a project as one file, which another instance imports; also while it is served
    Export(moving::Export),
    /// Make a project of such a file, or of a folder of Markdown files
    Import(moving::Import),
    /// Make a complete copy of the database, also while it is served
    Backup(backup::Backup),
    /// Put a backup in the place of the database, which is kept (while the server is stopped)
    Restore(backup::Restore),
    /// Check a database for damage; changes nothing
    Check(settings::Data),
    /// Give the room of what was deleted back to the disk (while the server is stopped)
    Compact(settings::Data),
    /// Ask the server on this machine whether it is alive; for containers
    Health(health::Health),
    /// Let an agent work with an instance, or with demo data, over standard input and output (Model Context Protocol)
    Mcp(mcp::Mcp),
    /// Print the OpenAPI document
    Openapi,
    /// Print what a shell needs to complete commands
    Completions(manual::Completions),
    /// Write manual pages
    Man(manual::Man),
}

/// Runs the command; 0 when it did what it should, 1 when it could not, 2 when it was not understood.
pub fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve(settings) => serve::run(&settings),
        Command::Sandbox(sandbox) => sandbox::run(&sandbox),
        Command::Config(config) => config::run(&config),
        Command::User(user) => admin::user::run(&user),
        Command::Org(org) => admin::org::run(&org),
        Command::Domain(domain) => admin::domain::run(&domain),
        Command::Sender(sender) => admin::sender::run(&sender),
        Command::Keys(keys) => admin::keys::run(&keys),
        Command::Files(files) => admin::files::run(&files),
        Command::Export(export) => moving::export(&export),
        Command::Import(import) => moving::import(&import),
        Command::Backup(wanted) => backup::make(&wanted),
        Command::Restore(wanted) => backup::restore(&wanted),
        Command::Check(data) => check::run(&data),
        Command::Compact(data) => compact::run(&data),
        Command::Health(health) => health::run(&health),
        Command::Mcp(mcp) => mcp::run(&mcp),
        Command::Openapi => openapi::run(),
        Command::Completions(wanted) => manual::completions(Cli::command(), &wanted),
        Command::Man(wanted) => manual::man(Cli::command(), &wanted),
    };
    log::finish();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            log::say(&format!("stele: {}\n", output::harmless(&sentence)));
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory};

    use super::Cli;

    /// The commands below one, each with what stands before it.
    fn commands(of: &Command, before: &str) -> Vec<(String, String)> {
        of.get_subcommands()
            .flat_map(|one| {
                let deeper = commands(one, &format!("{before} {}", one.get_name()));
                if deeper.is_empty() { vec![(before.to_owned(), one.get_name().to_owned())] } else { deeper }
            })
            .collect()
    }

    #[test]
    fn the_table_of_the_readme_has_every_command() {
        let readme = include_str!("../../README.md");
        let cells: Vec<&str> =
            readme.lines().filter(|line| line.starts_with("| `stele ")).filter_map(|line| line.split('|').nth(1)).collect();
        for (before, name) in commands(&Cli::command(), "stele") {
            let (whole, alone) = (format!("{before} {name}"), format!("`{name}`"));
            let has = |cell: &&str| {
                let named = cell.split('`').any(|code| code == whole || code.starts_with(&format!("{whole} ")));
                named || (cell.contains(&format!("`{before} ")) && cell.contains(&alone))
            };
            assert!(cells.iter().any(has), "{whole} is missing");
        }
    }
}

//! `stele config check`: what each setting is and where it comes from.

use clap::Subcommand;

use super::{
    output::{CommandResult, say},
    settings::Settings,
};

#[derive(Debug, Subcommand)]
pub(super) enum Config {
    /// Show each setting with its source, and report every wrong one
    Check(Settings),
}

pub(super) fn run(config: &Config) -> CommandResult {
    let Config::Check(settings) = config;
    let values = settings.values()?;
    for (name, value, source) in values.printable() {
        say(format_args!("{name:<20} {value:<32} {source}"))?;
    }
    values.read().map(|_| ()).map_err(|faults| faults.join("\n       "))
}

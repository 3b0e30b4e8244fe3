//! How a command ends, and what it says.

use std::{
    fmt::Display,
    io::{self, Write},
};

use crate::domain::project::archive::Report;

/// What went wrong, as a sentence for the operator.
pub type CommandResult = Result<(), String>;

/// Prints a line. Whoever reads may go away once they have seen enough, as `head` does: that is no fault.
///
/// # Errors
/// When it cannot be written for another reason, such as a full disk.
pub fn say(line: impl Display) -> CommandResult {
    match writeln!(io::stdout(), "{line}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(format!("the answer could not be written: {error}")),
        _ => Ok(()),
    }
}

/// Tells a person something beside the answer. That nobody reads it is no fault.
pub fn note(line: impl Display) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// What became of an archive, in words.
pub fn told(report: &Report) -> String {
    let Report { apps, entries, redirects, left_out, noticed, notices } = report;
    let mut told = format!("{apps} apps, {entries} entries, {redirects} redirects; {left_out} lines left out");
    for one in notices {
        told.push_str(&format!("\n       {}", one.message));
    }
    let more = noticed.saturating_sub(notices.len() as u64);
    if more > 0 {
        told.push_str(&format!("\n       and {more} more"));
    }
    told
}

//! How a command ends, and what it says.

use std::{
    fmt::Display,
    io::{self, Write},
};

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

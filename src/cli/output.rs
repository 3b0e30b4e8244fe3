//! How a command ends, and what it says.

use std::{
    borrow::Cow,
    fmt::Display,
    io::{self, Write},
};

use crate::domain::project::archive::Report;

/// What went wrong, as a sentence for the operator.
pub type CommandResult = Result<(), String>;

/// A text without what a terminal obeys: names and titles are other people's. Lines and tabs stay.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let obeyed = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if text.contains(obeyed) { Cow::Owned(text.replace(obeyed, "\u{fffd}")) } else { Cow::Borrowed(text) }
}

/// Prints a line. Whoever reads may go away once they have seen enough, as `head` does: that is no fault.
///
/// # Errors
/// When it cannot be written for another reason, such as a full disk.
pub fn say(line: impl Display) -> CommandResult {
    match writeln!(io::stdout(), "{}", harmless(&line.to_string())) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(format!("the answer could not be written: {error}")),
        _ => Ok(()),
    }
}

/// Tells a person something beside the answer. That nobody reads it is no fault.
pub fn note(line: impl Display) {
    let _ = writeln!(io::stderr(), "{}", harmless(&line.to_string()));
}

/// What became of an archive, in words.
pub fn report_text(report: &Report) -> String {
    let Report { apps, entries, redirects, files, brandings, domains, left_out, noticed, notices } = report;
    let mut told = format!("{apps} apps, {entries} entries, {redirects} redirects");
    // What an archive has none of needs no word.
    for (count, what) in [(files, "files"), (brandings, "brandings"), (domains, "domains")] {
        if *count > 0 {
            told.push_str(&format!(", {count} {what}"));
        }
    }
    told.push_str(&format!("; {left_out} lines left out"));
    for one in notices {
        told.push_str(&format!("\n       {}", one.message));
    }
    let more = noticed.saturating_sub(notices.len() as u64);
    if more > 0 {
        told.push_str(&format!("\n       and {more} more"));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_terminal_obeys_what_is_told() {
        assert_eq!(harmless("a\u{1b}]0;x\u{7}b\u{9b}31m\r\nc\td"), "a\u{fffd}]0;x\u{fffd}b\u{fffd}31m\u{fffd}\nc\td");
        assert!(matches!(harmless("é\n"), Cow::Borrowed(_)));
    }
}

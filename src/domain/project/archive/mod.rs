//! The archive of a project: one file of lines, each a JSON object with one member, whose name says what the line is.
//!
//! First a line that says what the file is, then the project, its folders and files with their bytes, its brandings, its apps, their entries and
//! redirects, its domains, and last how many there were: so a file that was cut is known as such. `docs/moving.md` is its description for people.
//! What is not in it: people, keys, readers, versions of before, and what is in the trash.

pub mod arrival;
mod context;
mod files;
pub mod inventory;
pub mod line;
mod settings;
pub mod survey;

use crate::domain::error::{FAULTS, Fault};

/// The version of the format that is written, and the newest that is read.
pub const FORMAT: u32 = 1;
/// Most bytes of a line.
pub const LINE_MAX: usize = 4 << 20;
/// Most values of a line, at any depth: in memory each takes many times its bytes.
pub const VALUES_MAX: usize = 250_000;
/// Most lines of an archive.
pub const LINES_MAX: u64 = 2_000_000;
/// Most apps.
pub const APPS_MAX: usize = 1_000;

/// What became of an archive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Apps.
    pub apps: u64,
    /// Entries.
    pub entries: u64,
    /// Redirects.
    pub redirects: u64,
    /// Files.
    pub files: u64,
    /// Brandings.
    pub brandings: u64,
    /// Domains.
    pub domains: u64,
    /// Lines that were left out.
    pub left_out: u64,
    /// How often there was something to tell.
    pub noticed: u64,
    /// The first of that: what was left out, and what was kept though nobody knows it here.
    pub notices: Vec<Fault>,
}

impl Report {
    /// Tells something of a line.
    pub fn notice(&mut self, number: u64, fault: Fault) {
        self.noticed += 1;
        if self.notices.len() < FAULTS {
            self.notices.push(at_line(number, fault));
        }
    }
}

/// A fault of a line, which names it.
pub fn at_line(number: u64, fault: Fault) -> Fault {
    let field = if fault.field.is_empty() { format!("line {number}") } else { format!("line {number}: {}", fault.field) };
    Fault::new(field, fault.code, format!("Line {number}: {}", fault.message))
}

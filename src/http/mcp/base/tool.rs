//! A tool: what an agent may do, as data.

use serde_json::{Map, Value, json};

use crate::{
    domain::{Result, access::Permission, content::Kinds},
    service::content::document::EditRequest,
};

use super::{
    answer::ToolAnswer,
    argument::{Argument, Arguments, Holds},
    invocation::Invocation,
    schema,
};

/// What runs a tool in its transaction. It may run more than once.
pub type Work = fn(&mut Invocation<'_, '_>) -> Result<ToolAnswer>;

/// Reads off what a tool was given what is to be changed.
pub type EditReader = fn(&Arguments) -> Result<EditRequest>;

/// How a tool is run.
#[derive(Clone, Copy)]
pub enum Run {
    /// It reads.
    Read(Work),
    /// It writes; asked for a dry run, what it did is undone.
    Write(Work),
    /// It changes an entry, which is worked out before it is written.
    Edit(EditReader),
}

/// A tool.
pub struct Tool {
    /// Its name, which says what it does: at first a model sees nothing else of most tools.
    pub name: &'static str,
    /// What people see.
    pub title: &'static str,
    /// What it does, for a model.
    pub about: &'static str,
    /// What it takes, beside the project and, if it writes, `dry_run`.
    pub takes: &'static [Argument],
    /// What a caller must be allowed to do somewhere in order to see it. Each call passes the gate of its operation besides.
    pub needs: Permission,
    /// Whether it may take something away.
    pub destructive: bool,
    /// Whether readers see at once what it does, whatever it is given.
    pub publishes: bool,
    /// Whether a model is told all of it from the start.
    pub always: bool,
    /// Whether a person is asked before it runs, where the key is a person's.
    pub asks: bool,
    /// Whether it takes a project at all.
    pub in_project: bool,
    /// What it does.
    pub run: Run,
}

const PROJECT: Argument = Argument::new("project", Holds::Text, "Slug or id of the project.");
const DRY_RUN: Argument = Argument::new("dry_run", Holds::Flag, "Only tell what would change.");

impl Tool {
    /// A tool that reads.
    pub const fn reads(name: &'static str, title: &'static str, about: &'static str, takes: &'static [Argument], work: Work) -> Self {
        Self::new((name, title, about), takes, Permission::ProjectSee, Run::Read(work))
    }

    /// A tool that writes entries.
    pub const fn writes(name: &'static str, title: &'static str, about: &'static str, takes: &'static [Argument], work: Work) -> Self {
        Self::new((name, title, about), takes, Permission::EntryWrite, Run::Write(work))
    }

    /// A tool that changes texts, blocks or fields of an entry.
    pub const fn edits(
        name: &'static str,
        title: &'static str,
        about: &'static str,
        takes: &'static [Argument],
        request: EditReader,
    ) -> Self {
        Self::new((name, title, about), takes, Permission::EntryWrite, Run::Edit(request))
    }

    const fn new(
        (name, title, about): (&'static str, &'static str, &'static str),
        takes: &'static [Argument],
        needs: Permission,
        run: Run,
    ) -> Self {
        Self { name, title, about, takes, needs, destructive: false, publishes: false, always: false, asks: false, in_project: true, run }
    }

    /// It may take something away.
    pub const fn destructive(self) -> Self {
        Self { destructive: true, ..self }
    }

    /// Readers see at once what it does.
    pub const fn publishes(self) -> Self {
        Self { publishes: true, ..self }
    }

    /// A model is told all of it from the start.
    pub const fn always(self) -> Self {
        Self { always: true, ..self }
    }

    /// A person is asked before it runs.
    pub const fn asks(self) -> Self {
        Self { asks: true, ..self }
    }

    /// Whether it changes something.
    pub const fn is_write(&self) -> bool {
        !matches!(self.run, Run::Read(_))
    }

    /// All that it takes. The project is always taken; it is only told of where several are to choose from.
    pub fn all_takes(&self, tells_project: bool) -> Vec<Argument> {
        let project = (self.in_project && tells_project).then_some(PROJECT);
        let dry = self.is_write().then_some(DRY_RUN);
        self.takes.iter().copied().chain(project).chain(dry).collect()
    }

    /// As `tools/list` tells it, to a caller who sees several projects or not, and is a person or not.
    pub fn listing(&self, kinds: Kinds, (several, person): (bool, bool)) -> Value {
        let mut told = json!({
            "name": self.name,
            "title": self.title,
            "description": self.about,
            "inputSchema": schema::of(&self.all_takes(several), kinds),
            "annotations": self.hints(),
        });
        let mut meta = Map::new();
        if self.always {
            meta.insert("anthropic/alwaysLoad".to_owned(), true.into());
        }
        if self.asks && person {
            meta.insert("anthropic/requiresUserInteraction".to_owned(), true.into());
        }
        if !meta.is_empty() {
            told["_meta"] = meta.into();
        }
        told
    }

    fn hints(&self) -> Value {
        if self.is_write() {
            json!({ "readOnlyHint": false, "destructiveHint": self.destructive, "openWorldHint": false })
        } else {
            json!({ "readOnlyHint": true, "openWorldHint": false })
        }
    }
}

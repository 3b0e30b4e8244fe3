//! One run of a tool: its transaction, who calls, and what with.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::Actor,
        id::{EntryId, ProjectPath},
        project::project::Project,
    },
    service::agent::directory,
    store::Tx,
};

use super::{argument::Arguments, caller::Caller};

/// A run.
pub struct Invocation<'a, 't> {
    /// The transaction.
    pub tx: &'a mut Tx<'t>,
    /// Who calls, as of this transaction.
    pub actor: Arc<Actor>,
    /// The call.
    pub caller: &'a Caller,
    /// What the tool was given.
    pub arguments: &'a Arguments,
    /// Whether all of it is undone: no link leads to what is not there.
    pub dry: bool,
}

impl Invocation<'_, '_> {
    /// The project that is meant.
    ///
    /// # Errors
    /// Those of [`directory::project`].
    pub fn project(&mut self) -> Result<Project> {
        let found = directory::project(self.tx, &self.actor, self.arguments.text("project"))?;
        self.caller.enters((found.org, found.id));
        Ok(found)
    }

    /// Where that is.
    ///
    /// # Errors
    /// Those of [`directory::project`].
    pub fn at(&mut self) -> Result<ProjectPath> {
        self.project().map(|found| (found.org, found.id))
    }

    /// The entry that is named. What is no id leads nowhere.
    ///
    /// # Errors
    /// Not found.
    pub fn id(&self) -> Result<EntryId> {
        self.arguments.text("id").and_then(|id| id.trim().parse().ok()).ok_or(Error::NotFound("entry"))
    }

    /// The address of the instance.
    pub fn public_url(&self) -> &str {
        &self.caller.state().public_url
    }
}

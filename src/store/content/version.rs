//! Versions: every create and every edit of an entry keeps one.

use crate::{
    domain::{
        Result,
        access::{Granted, InApp},
        content::Entry,
        id::VersionId,
    },
    store::Tx,
};

statements! {
    INSERT = "INSERT INTO versions (id, organization_id, project_id, entry_id, version, source, summary, created_by, created_at, fields, content)
              VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, $8, $9, $10)";
}

/// What made a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The entry was made.
    Create,
    /// Its texts were changed.
    Edit,
    /// It was published, by somebody or at its time.
    Publish,
    /// It became a draft again.
    Unpublish,
}

impl Source {
    /// The word in the database.
    const fn word(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Edit => "edit",
            Self::Publish => "publish",
            Self::Unpublish => "unpublish",
        }
    }
}

/// Keeps an entry that published itself.
pub fn unguarded_keep(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    insert(tx, entry, Source::Publish)
}

/// Keeps the entry as it is now.
pub fn keep(tx: &mut Tx<'_>, _: &Granted<InApp>, entry: &Entry, source: Source) -> Result<()> {
    insert(tx, entry, source)
}

fn insert(tx: &mut Tx<'_>, entry: &Entry, source: Source) -> Result<()> {
    let id = VersionId::new(tx.now(), tx.entropy());
    let now = tx.now();
    let args = [
        id.into(),
        entry.org.into(),
        entry.project.into(),
        entry.id.into(),
        entry.version.into(),
        source.word().into(),
        entry.updated_by.into(),
        now.into(),
        entry.fields.as_str().into(),
        entry.content.as_str().into(),
    ];
    tx.run(&INSERT, &args)?;
    Ok(())
}

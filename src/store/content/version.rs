//! Versions: every create and every edit of an entry keeps one.

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InApp},
        content::{
            Entry,
            version::{snapshot::Snapshot, upkeep::Packing},
        },
        id::{EntryId, UserId, VersionId},
        listing::Listing,
        page::Page,
        spec::{Field, Holds, Order, Spec},
        time::Instant,
    },
    store::{
        Tx,
        error::StoreError,
        row::Row,
        sql::{self, Table, column},
    },
};

use super::{packed, upkeep};

macro_rules! meta {
    () => {
        "v.id, v.entry_id, v.version, v.source, v.summary, v.created_by, v.created_at"
    };
}

statements! {
    INSERT = "INSERT INTO versions (id, organization_id, project_id, entry_id, version, source, summary, created_by, created_at, fields, content)
              VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, $8, $9, $10)";
    GET = concat!("SELECT ", meta!(), ", v.fields, v.content, v.codec, v.keyframe, v.packed, k.packed FROM versions v JOIN entries e ON e.id = v.entry_id
                  LEFT JOIN versions k ON k.entry_id = v.entry_id AND k.version = v.keyframe WHERE v.id = $1 AND e.app_id = $2");
    NUMBERED = "SELECT v.id FROM versions v JOIN entries e ON e.id = v.entry_id WHERE v.entry_id = $1 AND e.app_id = $2 AND v.version = $3";
    BEFORE = "SELECT v.id FROM versions v JOIN entries e ON e.id = v.entry_id WHERE v.entry_id = $1 AND e.app_id = $2 AND v.version < $3
              ORDER BY v.version DESC LIMIT 1";
}

/// `list_content_versions`, the newest first.
pub const VERSIONS: Spec = Spec {
    fields: &[
        Field::filter("source", Holds::Text),
        Field::filter("createdBy", Holds::Id),
        Field::both("version", Holds::Int),
        Field::both("createdAt", Holds::Instant),
    ],
    search: &[],
    order: Order { field: "version", descending: true },
};

const TABLE: Table = Table {
    select: meta!(),
    from: "versions v",
    id: "v.id",
    columns: &[
        column("source", "v.source"),
        column("createdBy", "v.created_by"),
        column("version", "v.version"),
        column("createdAt", "v.created_at"),
    ],
    search: &[],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&VERSIONS, &TABLE)];

/// The versions of an entry of the app.
pub const OF_ENTRY: &str = "v.entry_id = ? AND EXISTS (SELECT 1 FROM entries e WHERE e.id = v.entry_id AND e.app_id = ?)";

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
    /// It became what it was in another version.
    Revert,
    /// It came in with an archive.
    Import,
}

impl Source {
    /// The word in the database.
    const fn word(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Edit => "edit",
            Self::Publish => "publish",
            Self::Unpublish => "unpublish",
            Self::Revert => "revert",
            Self::Import => "import",
        }
    }
}

/// What there is to say of a version without what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionMeta {
    /// Id.
    pub id: VersionId,
    /// Of which entry.
    pub entry: EntryId,
    /// Its number, from 1.
    pub version: i64,
    /// What made it.
    pub source: String,
    /// What was changed, in words.
    pub summary: Option<String>,
    /// By whom.
    pub created_by: UserId,
    /// When.
    pub created_at: Instant,
}

fn meta(row: &mut Row) -> std::result::Result<VersionMeta, StoreError> {
    let table = "versions";
    Ok(VersionMeta {
        id: row.take(table, "id")?,
        entry: row.take(table, "entry_id")?,
        version: row.take(table, "version")?,
        source: row.take(table, "source")?,
        summary: row.take(table, "summary")?,
        created_by: row.take(table, "created_by")?,
        created_at: row.take(table, "created_at")?,
    })
}

/// The versions of an entry, without what they hold.
pub fn list(tx: &mut Tx<'_>, at: &Granted<InApp>, entry: EntryId, listing: &Listing) -> Result<Page<VersionMeta>> {
    sql::read(tx, &TABLE, &[(OF_ENTRY, &[entry.into(), at.app().into()])], listing, meta)
}

/// A version with what it holds.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InApp>, id: VersionId) -> Result<(VersionMeta, Snapshot)> {
    let mut row = tx.one(&GET, &[id.into(), at.app().into()])?.ok_or(Error::NotFound("version"))?;
    let meta = meta(&mut row)?;
    let plain = Snapshot { fields: row.take("versions", "fields")?, content: row.take("versions", "content")? };
    let codec: String = row.take("versions", "codec")?;
    let packing = packed::packing(&codec, row.take("versions", "keyframe")?)?;
    let (own, keyframe): (Option<Vec<u8>>, Option<Vec<u8>>) = (row.take("versions", "packed")?, row.take("versions", "packed")?);
    let own = own.unwrap_or_default();
    let held = match packing {
        Packing::Plain => plain,
        Packing::Alone => packed::snapshot(&packed::unpack(&own, None)?)?,
        Packing::Against(_) => {
            let key = packed::unpack(&keyframe.unwrap_or_default(), None)?;
            packed::snapshot(&packed::unpack(&own, Some(&key))?)?
        }
    };
    Ok((meta, held))
}

/// What an entry was in the version of this number, if that is still kept.
pub fn numbered(tx: &mut Tx<'_>, at: &Granted<InApp>, entry: EntryId, number: i64) -> Result<Option<(VersionMeta, Snapshot)>> {
    let found = tx.one(&NUMBERED, &[entry.into(), at.app().into(), number.into()])?;
    let id = found.map(|mut row| row.take("versions", "id")).transpose()?;
    id.map(|id| get(tx, at, id)).transpose()
}

/// The version of an entry before this one, if it is still kept.
pub fn before(tx: &mut Tx<'_>, at: &Granted<InApp>, version: &VersionMeta) -> Result<Option<VersionId>> {
    let found = tx.one(&BEFORE, &[version.entry.into(), at.app().into(), version.version.into()])?;
    Ok(found.map(|mut row| row.take("versions", "id")).transpose()?)
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
    let kept = Snapshot::of(entry);
    let args = [
        id.into(),
        entry.org.into(),
        entry.project.into(),
        entry.id.into(),
        entry.version.into(),
        source.word().into(),
        entry.updated_by.into(),
        now.into(),
        kept.fields.into(),
        kept.content.into(),
    ];
    tx.run(&INSERT, &args)?;
    // The first is packed once there is a second.
    if entry.version > 1 { upkeep::mark(tx, entry.id) } else { Ok(()) }
}

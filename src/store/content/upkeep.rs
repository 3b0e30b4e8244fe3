//! Versions that are looked after: of which entries, what there is to say of each, and the rows of a plan.

use crate::{
    domain::{
        Error, Result,
        content::version::{
            snapshot::Snapshot,
            upkeep::{Packing, Plan, Stored},
        },
        id::EntryId,
        time::{DAY, Instant},
    },
    store::{
        Tx,
        row::{Row, Value},
    },
};

use super::packed;

statements! {
    MARK = "INSERT INTO version_upkeep (entry_id, due_at) VALUES ($1, $2) ON CONFLICT (entry_id) DO NOTHING";
    DUE = "SELECT due_at, entry_id FROM version_upkeep WHERE due_at <= $1 AND (due_at > $2 OR (due_at = $2 AND entry_id > $3))
           ORDER BY due_at, entry_id LIMIT 100";
    NEXT = "SELECT MIN(due_at) FROM version_upkeep WHERE due_at > $1";
    STORED = "SELECT version, source, created_at, codec, keyframe FROM versions WHERE entry_id = $1 ORDER BY version";
    TEXT = "SELECT fields, content, codec, keyframe, packed FROM versions WHERE entry_id = $1 AND version = $2";
    PACK = "UPDATE versions SET fields = '', content = '', codec = $3, keyframe = $4, packed = $5 WHERE entry_id = $1 AND version = $2";
    DROP = "DELETE FROM versions WHERE entry_id = $1 AND version = $2";
    AGAIN = "UPDATE version_upkeep SET due_at = $2 WHERE entry_id = $1";
    DONE = "DELETE FROM version_upkeep WHERE entry_id = $1";
}

const TABLE: &str = "versions";

/// What is packed anew: the number of a version, how, and the bytes.
pub type Packed = (i64, Packing, Vec<u8>);

/// The versions of an entry are to be looked after, a day from now.
pub(in crate::store::content) fn mark(tx: &mut Tx<'_>, entry: EntryId) -> Result<()> {
    let due = tx.now() + DAY;
    tx.run(&MARK, &[entry.into(), due.into()])?;
    Ok(())
}

/// Entries whose versions are due by `now`, at most 100, those behind one of them.
pub fn unguarded_due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, EntryId)>) -> Result<Vec<(Instant, EntryId)>> {
    let (at, id) = behind.map_or((Instant::from_micros(i64::MIN), String::new()), |(at, id)| (at, id.to_string()));
    let rows = tx.rows(&DUE, &[now.into(), at.into(), id.into()])?;
    rows.into_iter().map(|mut row| Ok((row.take("version_upkeep", "due_at")?, row.take("version_upkeep", "entry_id")?))).collect()
}

/// When the next is due after a moment.
pub fn unguarded_next_due(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
    Ok(tx.one(&NEXT, &[after.into()])?.map(|mut row| row.take::<Option<Instant>>("version_upkeep", "due_at")).transpose()?.flatten())
}

/// What there is to say of the versions of an entry, the oldest first.
pub fn unguarded_stored(tx: &mut Tx<'_>, entry: EntryId) -> Result<Vec<Stored>> {
    let one = |mut row: Row| {
        let version = row.take(TABLE, "version")?;
        let source: String = row.take(TABLE, "source")?;
        let created_at = row.take(TABLE, "created_at")?;
        let codec: String = row.take(TABLE, "codec")?;
        let packing = packed::packing(&codec, row.take(TABLE, "keyframe")?)?;
        Ok(Stored { version, published: source == "publish", created_at, packing })
    };
    tx.rows(&STORED, &[entry.into()])?.into_iter().map(one).collect()
}

/// The text of a version, unpacked.
fn text(tx: &mut Tx<'_>, entry: EntryId, version: i64) -> Result<String> {
    let mut row = tx.one(&TEXT, &[entry.into(), version.into()])?.ok_or(Error::NotFound("version"))?;
    let held = Snapshot { fields: row.take(TABLE, "fields")?, content: row.take(TABLE, "content")? };
    let codec: String = row.take(TABLE, "codec")?;
    let packing = packed::packing(&codec, row.take(TABLE, "keyframe")?)?;
    let bytes: Option<Vec<u8>> = row.take(TABLE, "packed")?;
    match packing {
        Packing::Plain => Ok(packed::text(&held)),
        Packing::Alone => packed::unpack(&bytes.unwrap_or_default(), None),
        Packing::Against(key) => {
            let key = text(tx, entry, key)?;
            packed::unpack(&bytes.unwrap_or_default(), Some(&key))
        }
    }
}

/// The bytes of what a plan packs anew.
pub fn unguarded_packed(tx: &mut Tx<'_>, entry: EntryId, plan: &Plan) -> Result<Vec<Packed>> {
    let mut key: Option<(i64, String)> = None;
    let mut all = Vec::with_capacity(plan.pack.len());
    for (version, packing) in &plan.pack {
        let own = text(tx, entry, *version)?;
        let bytes = match packing {
            Packing::Against(wanted) => {
                if key.as_ref().is_none_or(|(version, _)| version != wanted) {
                    key = Some((*wanted, text(tx, entry, *wanted)?));
                }
                packed::pack(&own, key.as_ref().map(|(_, text)| text.as_str()))?
            }
            _ => packed::pack(&own, None)?,
        };
        all.push((*version, *packing, bytes));
    }
    Ok(all)
}

/// Stores what was packed, drops what goes, and notes when the entry is due again.
pub fn unguarded_apply(tx: &mut Tx<'_>, entry: EntryId, plan: &Plan, packed: &[Packed]) -> Result<()> {
    for (version, packing, bytes) in packed {
        let (codec, keyframe) = packed::columns_of(*packing);
        tx.run_one(&PACK, &[entry.into(), (*version).into(), codec.into(), keyframe.into(), Value::Bytes(bytes.clone())], "version")?;
    }
    for version in &plan.drop {
        tx.run_one(&DROP, &[entry.into(), (*version).into()], "version")?;
    }
    match plan.next {
        Some(at) => tx.run(&AGAIN, &[entry.into(), at.into()])?,
        None => tx.run(&DONE, &[entry.into()])?,
    };
    Ok(())
}

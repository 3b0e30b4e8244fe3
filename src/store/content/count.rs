//! How many entries an app has: totals kept at each write, by status and by the languages in which they are complete, so that no list and
//! no dashboard counts rows.

use crate::{
    domain::{
        Result,
        access::{Granted, InApp},
        content::{Entry, InLanguage, Kind, Status, languages},
        id::AppId,
        listing::{Listing, Test},
        spec::Operand,
    },
    store::{Tx, row::Value},
};

/// What an entry was before a change, as far as it is counted or compared.
#[derive(Debug, Clone)]
pub struct Before {
    /// The version that is changed.
    pub version: i64,
    pub(super) status: Status,
    pub(super) locales: String,
    pub(super) tags: Vec<String>,
}

impl From<&Entry> for Before {
    fn from(entry: &Entry) -> Self {
        Self { version: entry.version, status: entry.status, locales: entry.locales.clone(), tags: entry.tags() }
    }
}

statements! {
    SETS = "SELECT what, CAST(SUM(n) AS BIGINT) FROM counters WHERE owner = $1 AND what >= $2 AND what < $3
            GROUP BY what HAVING CAST(SUM(n) AS BIGINT) > 0 ORDER BY what";
}

/// Entries in one of the sets that hold a language, and those in one of the others. The sets are few and stand among the totals,
/// so no text is searched in every entry.
const COMPLETE: &str = "e.locales IN (SELECT SUBSTR(c.what, CAST(? AS INTEGER)) FROM counters c
    WHERE c.owner = ? AND c.what >= ? AND c.what < ? AND (c.what LIKE ? OR c.what LIKE ? OR c.what LIKE ? OR c.what LIKE ?)
    GROUP BY c.what HAVING CAST(SUM(c.n) AS BIGINT) > 0)";
const LACKING: &str = "e.locales IN (SELECT SUBSTR(c.what, CAST(? AS INTEGER)) FROM counters c
    WHERE c.owner = ? AND c.what >= ? AND c.what < ? AND NOT (c.what LIKE ? OR c.what LIKE ? OR c.what LIKE ? OR c.what LIKE ?)
    GROUP BY c.what HAVING CAST(SUM(c.n) AS BIGINT) > 0)";

/// The condition for entries that are complete in a language, or are not, without its values.
pub(super) const fn condition(wanted: &InLanguage) -> &'static str {
    match wanted {
        InLanguage::Complete(_) => COMPLETE,
        InLanguage::Lacking(_) => LACKING,
    }
}

/// The values of that condition.
pub(super) fn matching(at: &Granted<InApp>, kind: &'static Kind, wanted: &InLanguage, default: &str) -> Vec<Value> {
    let (from, to) = range(kind);
    let start = Value::Int(from.len() as i64 + 1);
    let words = languages::words(wanted.tag(), default).into_iter().map(|word| format!("% {word} %").into());
    [start, at.app().into(), from.into(), to.into()].into_iter().chain(words).collect()
}

/// Where the totals of the sets of a kind begin and end: `/` is followed by `0`.
fn range(kind: &Kind) -> (String, String) {
    (format!("{}/locales/", kind.content_type), format!("{}/locales0", kind.content_type))
}

fn of_status(kind: &Kind, status: Status) -> String {
    format!("{}/status/{}", kind.content_type, status.word())
}

/// How many entries of a kind have a status.
pub fn with_status(tx: &mut Tx<'_>, at: &Granted<InApp>, kind: &'static Kind, status: Status) -> Result<u64> {
    tx.total(at.app(), &of_status(kind, status))
}

/// How many entries of a kind a list shows, where that is kept: for all, and for those of one status.
pub fn total(tx: &mut Tx<'_>, at: &Granted<InApp>, kind: &'static Kind, listing: &Listing) -> Result<Option<u64>> {
    if listing.search.is_some() {
        return Ok(None);
    }
    match listing.filters.as_slice() {
        [] => tx.total(at.app(), kind.content_type).map(Some),
        [one] if one.field == "status" => match &one.test {
            Test::Is(Operand::Text(word)) => Status::from_word(word).map(|status| with_status(tx, at, kind, status)).transpose(),
            Test::Among(words) => {
                let all = words.iter().filter_map(|word| Status::from_word(word));
                all.map(|status| with_status(tx, at, kind, status)).sum::<Result<u64>>().map(Some)
            }
            _ => Ok(None),
        },
        _ => Ok(None),
    }
}

/// The sets of languages in which entries are complete, as [`crate::domain::content::Written::complete`] writes them, and how many entries have each.
pub fn sets(tx: &mut Tx<'_>, at: &Granted<InApp>, kind: &'static Kind) -> Result<Vec<(String, u64)>> {
    let (from, to) = range(kind);
    let start = from.len();
    let rows = tx.rows(&SETS, &[at.app().into(), from.into(), to.into()])?;
    let set = |mut row: crate::store::row::Row| {
        let what: String = row.take("counters", "what")?;
        Ok((what.get(start..).unwrap_or_default().to_owned(), row.take("counters", "n")?))
    };
    rows.into_iter().map(set).collect()
}

/// Counts an entry that is there now, or (`by` -1) no more.
pub(super) fn count(tx: &mut Tx<'_>, app: AppId, kind: &Kind, of: &Before, by: i64) {
    tx.count(app, kind.content_type, by);
    tx.count(app, &of_status(kind, of.status), by);
    tx.count(app, &format!("{}{}", range(kind).0, of.locales), by);
    of.tags.iter().for_each(|tag| tx.count(app, &tagged(tag), by));
}

/// The total of those that have a tag.
fn tagged(tag: &str) -> String {
    format!("tags/{tag}")
}

/// Counts an entry that was complete in a set of languages, and is in another one now.
pub(super) fn recount_languages(tx: &mut Tx<'_>, app: AppId, kind: &Kind, (before, now): (&str, &str)) {
    if before != now {
        let from = range(kind).0;
        tx.count(app, &format!("{from}{before}"), -1);
        tx.count(app, &format!("{from}{now}"), 1);
    }
}

/// Counts an entry whose status or tags were changed.
pub(super) fn recount(tx: &mut Tx<'_>, app: AppId, before: &Before, entry: &Entry) {
    if before.status != entry.status {
        tx.count(app, &of_status(entry.kind, before.status), -1);
        tx.count(app, &of_status(entry.kind, entry.status), 1);
    }
    let tags = entry.tags();
    if before.tags != tags {
        before.tags.iter().for_each(|tag| tx.count(app, &tagged(tag), -1));
        tags.iter().for_each(|tag| tx.count(app, &tagged(tag), 1));
    }
}

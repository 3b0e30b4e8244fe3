//! Changes of what is published. What a transaction has changed is gathered, and gets its numbers at the end, in one order: the row with the
//! number of a project is what writers of one project wait for, so that nobody is told a number before those below it.

use std::{collections::BTreeMap, mem};

use crate::{
    domain::{
        Result,
        access::{Granted, InApp, Scope},
        content::{
            Entry, Status,
            front::change::{Changed, FeedItem, FeedPosition, Gone, Numbers},
            of_type,
        },
        id::{AppId, EntryId, ProjectId},
        time::Instant,
    },
    store::{
        Tx,
        content::entry::{self, whole},
        row::{Row, Value},
    },
};

/// Most entries that are told anew because of one that they name.
const RETOLD: usize = 1_000;

macro_rules! columns {
    () => {
        "c.n, c.entry_id, c.app_id, c.kind, c.gone, c.changed_at FROM changes c JOIN apps a ON a.id = c.app_id AND a.deleted_at IS NULL"
    };
}

statements! {
    COUNT_ON = "INSERT INTO change_numbers (project_id, n, dropped) VALUES ($1, $2, 0)
                ON CONFLICT (project_id) DO UPDATE SET n = change_numbers.n + excluded.n";
    NUMBERS = "SELECT n, dropped FROM change_numbers WHERE project_id = $1";
    PUT = "INSERT INTO changes (entry_id, project_id, app_id, kind, n, gone, changed_at) VALUES ($1, $2, $3, $4, $5, NULL, $6)
           ON CONFLICT (entry_id) DO UPDATE SET n = excluded.n, gone = NULL, changed_at = excluded.changed_at";
    REMOVE = "UPDATE changes SET n = $2, gone = $3, changed_at = $4 WHERE entry_id = $1 AND gone IS NULL";
    EXPIRE = "UPDATE change_numbers SET n = n + $2, dropped = n + $2 WHERE project_id = $1";
    IN_PROJECT = concat!("SELECT ", columns!(), " WHERE c.project_id = $1 AND c.n > $2 AND (c.gone IS NULL OR c.n > $3) ORDER BY c.n LIMIT $4");
    IN_APP = concat!("SELECT ", columns!(), " WHERE c.app_id = $5 AND c.n > $2 AND (c.gone IS NULL OR c.n > $3) AND c.project_id = $1
                     ORDER BY c.n LIMIT $4");
    ENTRY = concat!("SELECT ", whole!(), " FROM entries e WHERE e.id = $1 AND e.app_id = $2 AND e.deleted_at IS NULL");
    NAMING = "SELECT e.id, e.app_id, e.kind FROM refs r JOIN entries e ON e.id = r.from_id
              WHERE r.to_id = $1 AND r.via <> 'content' AND e.project_id = $2 AND e.status = 'published' AND e.deleted_at IS NULL LIMIT $3";
    OLD = "SELECT entry_id, project_id, n FROM changes WHERE gone IS NOT NULL AND changed_at <= $1 ORDER BY changed_at, entry_id LIMIT 500";
    DROPPED = "UPDATE change_numbers SET dropped = $2 WHERE project_id = $1 AND dropped < $2";
    DROP = "DELETE FROM changes WHERE entry_id = $1 AND gone IS NOT NULL";
}

impl Tx<'_> {
    /// Tells of an entry, with the status that it had before, as far as it is or was published.
    pub(in crate::store) fn changed(&mut self, entry: &Entry, before: Status) {
        if entry.status == Status::Published {
            self.keep_change(entry, None);
        } else if before == Status::Published {
            self.keep_change(entry, Some(Gone::Unpublished));
        }
    }

    /// Tells of an entry that goes into the trash, if it was published.
    pub(in crate::store) fn deleted(&mut self, entry: &Entry) {
        if entry.status == Status::Published {
            self.keep_change(entry, Some(Gone::Deleted));
        }
    }

    fn keep_change(&mut self, entry: &Entry, gone: Option<Gone>) {
        let changed = Changed { app: entry.app, content_type: entry.kind.content_type, gone };
        self.changes.insert((entry.project, entry.id), changed);
    }

    /// Tells anew of what names an entry in a field, as it went into the trash or came back: that is told otherwise now. Where that are very
    /// many, all who follow the project begin anew.
    pub(in crate::store) fn retell_naming(&mut self, at: &Granted<InApp>, entry: &Entry) -> Result<()> {
        let (kinds, most) = (self.kinds(), RETOLD + 1);
        let naming = self.rows(&NAMING, &[entry.id.into(), entry.project.into(), most.into()])?;
        if naming.len() >= most {
            return expire(self, at);
        }
        for mut row in naming {
            let (id, app): (EntryId, AppId) = (row.take("entries", "id")?, row.take("entries", "app_id")?);
            if let Some(kind) = of_type(kinds, &row.take::<String>("entries", "kind")?) {
                let changed = Changed { app, content_type: kind.content_type, gone: None };
                self.changes.entry((entry.project, id)).or_insert(changed);
            }
        }
        Ok(())
    }

    /// Gives what was changed its numbers.
    pub(in crate::store) fn write_changes(&mut self) -> Result<()> {
        let (changes, now) = (mem::take(&mut self.changes), self.now());
        let mut next: Option<(ProjectId, i64)> = None;
        for ((project, entry), changed) in &changes {
            let n = match next {
                Some((of, n)) if of == *project => n,
                _ => self.numbers_for(*project, changes.keys().filter(|(of, _)| of == project).count())?,
            };
            match changed.gone {
                None => {
                    let args = [(*entry).into(), (*project).into(), changed.app.into(), changed.content_type.into(), n.into(), now.into()];
                    self.run(&PUT, &args)?;
                }
                Some(gone) => {
                    self.run(&REMOVE, &[(*entry).into(), n.into(), gone.into(), now.into()])?;
                }
            }
            next = Some((*project, n + 1));
        }
        Ok(())
    }

    /// The first of so many new numbers.
    fn numbers_for(&mut self, project: ProjectId, many: usize) -> Result<i64> {
        self.run(&COUNT_ON, &[project.into(), many.into()])?;
        let last = numbers_of(self, Some(project))?.last;
        Ok(last - i64::try_from(many).unwrap_or_default() + 1)
    }
}

fn numbers_of(tx: &mut Tx<'_>, project: Option<ProjectId>) -> Result<Numbers> {
    let Some(mut row) = tx.one(&NUMBERS, &[project.into()])? else { return Ok(Numbers::default()) };
    Ok(Numbers { last: row.take("change_numbers", "n")?, dropped: row.take("change_numbers", "dropped")? })
}

/// Everybody who was told of this project begins anew: with an app, much came or went at once.
pub fn expire<S: Scope>(tx: &mut Tx<'_>, at: &Granted<S>) -> Result<()> {
    tx.run(&EXPIRE, &[at.scope().project_id().into(), 1_i64.into()])?;
    Ok(())
}

/// The numbers of a project, or of the one that an app is in.
pub fn numbers<S: Scope>(tx: &mut Tx<'_>, at: &Granted<S>) -> Result<Numbers> {
    numbers_of(tx, at.scope().project_id())
}

/// Changes in a project, or in an app of one, behind a place; at most so many.
pub fn page<S: Scope>(tx: &mut Tx<'_>, at: &Granted<S>, place: FeedPosition, most: u32) -> Result<Vec<FeedItem>> {
    let project = at.scope().project_id();
    let mut args: Vec<Value> = vec![project.into(), place.after.into(), place.begun.into(), most.into()];
    let app = at.scope().app_id();
    args.extend(app.map(Value::from));
    let rows = if app.is_some() { tx.rows(&IN_APP, &args)? } else { tx.rows(&IN_PROJECT, &args)? };
    rows.into_iter().map(|mut row| change(&mut row)).collect()
}

fn change(row: &mut Row) -> Result<FeedItem> {
    let table = "changes";
    Ok(FeedItem {
        n: row.take(table, "n")?,
        entry: row.take(table, "entry_id")?,
        app: row.take(table, "app_id")?,
        content_type: row.take(table, "kind")?,
        gone: row.take(table, "gone")?,
        at: row.take(table, "changed_at")?,
    })
}

/// An entry of any kind, whole; none where it is in the trash, or gone.
pub fn entry(tx: &mut Tx<'_>, at: &Granted<InApp>, id: EntryId) -> Result<Option<Entry>> {
    entry::one(tx, &ENTRY, &[id.into(), at.app().into()])
}

/// Whether there is something to tell no longer.
pub fn unguarded_any_old(tx: &mut Tx<'_>, until: Instant) -> Result<bool> {
    Ok(!tx.rows(&OLD, &[until.into()])?.is_empty())
}

/// Drops some of it; how much. Who was not told by then begins anew.
pub fn unguarded_forget(tx: &mut Tx<'_>, until: Instant) -> Result<usize> {
    let (mut dropped, mut gone) = (BTreeMap::<ProjectId, i64>::new(), 0);
    for mut row in tx.rows(&OLD, &[until.into()])? {
        let entry: EntryId = row.take("changes", "entry_id")?;
        let last = dropped.entry(row.take("changes", "project_id")?).or_default();
        *last = (*last).max(row.take("changes", "n")?);
        gone += tx.run(&DROP, &[entry.into()])?;
    }
    for (project, n) in dropped {
        tx.run(&DROPPED, &[project.into(), n.into()])?;
    }
    Ok(gone)
}

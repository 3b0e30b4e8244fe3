//! What somebody has sent to the forms of a project: found by their address, in whatever field it stands.

use std::collections::BTreeSet;

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InProject},
        content::Kind,
        form::{sender::Sender, submission::Submission},
        id::{EntryId, SubmissionId},
        search::Query,
    },
    store::Tx,
};

use super::submission::{drop_counted, of_project};

/// So many are looked at in one transaction; it is the bound of `BY_ADDRESS`, too.
const STEP: usize = 500;

statements! {
    BY_ADDRESS = "SELECT id FROM submissions WHERE email_fold = $1 AND project_id = $2 AND id > $3 ORDER BY id LIMIT 500";
    FORMS = "SELECT e.id FROM apps a JOIN entries e ON e.app_id = a.id AND e.deleted_at IS NULL WHERE a.project_id = $1 AND e.kind = $2";
    TRASHED = "SELECT e.id FROM apps a JOIN entries e ON e.app_id = a.id AND e.deleted_at IS NOT NULL WHERE a.project_id = $1 AND e.kind = $2";
}

/// What they have sent, also to forms that are in the trash, in the order of the ids: of those behind `after` that a step looks at. Where there may be
/// more, behind which the next step begins: it is an id, and so holds whatever is dropped meanwhile.
pub fn of(
    tx: &mut Tx<'_>,
    at: &Granted<InProject>,
    kind: &Kind,
    sender: &Sender,
    after: Option<SubmissionId>,
) -> Result<(Vec<Submission>, Option<SubmissionId>)> {
    let ids = behind(tx, at, kind, sender, after)?;
    let next = ids.iter().nth(STEP - 1).copied();
    let mut all = Vec::new();
    for id in ids.into_iter().take(STEP) {
        all.extend(of_project(tx, at, id)?.filter(|one| sender.has_sent(one)));
    }
    Ok((all, next))
}

/// What may be theirs: a step of it from each place that knows of some, and so the first step of all together.
fn behind(
    tx: &mut Tx<'_>,
    at: &Granted<InProject>,
    kind: &Kind,
    sender: &Sender,
    after: Option<SubmissionId>,
) -> Result<BTreeSet<SubmissionId>> {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    let mut ids = BTreeSet::new();
    for mut row in tx.rows(&BY_ADDRESS, &[sender.folded().into(), at.project().into(), after.as_str().into()])? {
        ids.insert(row.take("submissions", "id")?);
    }
    let query = Query::of(sender.folded());
    let place = [at.project().into(), kind.content_type.into()];
    let forms = tx.rows(&FORMS, &place)?.into_iter().chain(tx.rows(&TRASHED, &place)?);
    for mut row in forms {
        let form: EntryId = row.take("entries", "id")?;
        for text in tx.session.sent_behind(&after, &form.to_string(), query.terms(), STEP)? {
            ids.insert(text.parse().map_err(|_| Error::Internal("the index of submissions holds what is no id".into()))?);
        }
    }
    Ok(ids)
}

/// Drops one that was found in this transaction, with all that tells of it.
pub fn drop(tx: &mut Tx<'_>, _: &Granted<InProject>, gone: &Submission) -> Result<()> {
    drop_counted(tx, gone)
}

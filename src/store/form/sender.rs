//! What somebody has sent to the forms of a project: found by their address, in whatever field it stands.

use std::collections::BTreeMap;

use crate::{
    domain::{
        Result,
        access::{Granted, InProject},
        content::Kind,
        form::{sender::Sender, submission::Submission},
        id::{EntryId, SubmissionId},
        search::Query,
    },
    store::Tx,
};

use super::submission::{FOUND_MAX, drop_counted, of_project};

statements! {
    BY_ADDRESS = "SELECT id FROM submissions WHERE email_fold = $1 AND project_id = $2 ORDER BY created_at, id LIMIT 500";
    FORMS = "SELECT e.id FROM apps a JOIN entries e ON e.app_id = a.id AND e.deleted_at IS NULL WHERE a.project_id = $1 AND e.kind = $2";
    TRASHED = "SELECT e.id FROM apps a JOIN entries e ON e.app_id = a.id AND e.deleted_at IS NOT NULL WHERE a.project_id = $1 AND e.kind = $2";
}

/// Some of what they have sent, also to forms that are in the trash, in the order of the ids; all of it, unless that is very much.
pub fn of(tx: &mut Tx<'_>, at: &Granted<InProject>, kind: &Kind, sender: &Sender) -> Result<Vec<Submission>> {
    let mut found = BTreeMap::new();
    for mut row in tx.rows(&BY_ADDRESS, &[sender.folded().into(), at.project().into()])? {
        let id: SubmissionId = row.take("submissions", "id")?;
        found.insert(id.to_string(), id);
    }
    let query = Query::of(sender.folded());
    let place = [at.project().into(), kind.content_type.into()];
    let forms = tx.rows(&FORMS, &place)?.into_iter().chain(tx.rows(&TRASHED, &place)?);
    for mut row in forms {
        let form: EntryId = row.take("entries", "id")?;
        for text in tx.session.sent_having(&form.to_string(), query.terms(), FOUND_MAX)? {
            if let Ok(id) = text.parse() {
                found.insert(text, id);
            }
        }
    }
    let mut all = Vec::new();
    for id in found.into_values() {
        all.extend(of_project(tx, at, id)?.filter(|one| sender.has_sent(one)));
    }
    Ok(all)
}

/// Drops one that was found in this transaction, with all that tells of it.
pub fn drop(tx: &mut Tx<'_>, _: &Granted<InProject>, gone: &Submission) -> Result<()> {
    drop_counted(tx, gone)
}

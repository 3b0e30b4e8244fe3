//! From one page of a form to another: nothing is stored, and what was typed goes along.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        content::render::document::PageDocument,
        form::{
            check::check,
            page::{BACK, NEXT},
            public::step::{self, steps},
        },
    },
    http::base::{state::State, transport::room::Caller},
    service::form::submit::{Open, SubmitRequest},
    store::Tx,
};

use super::{
    attached::Find,
    page::{self, FormNotices},
    presentation::Presentation,
};

/// From one of several pages to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PageChange {
    /// The page that somebody leaves, from 0.
    at: usize,
    /// Whether they go back.
    is_back: bool,
}

impl PageChange {
    /// What the pressed button says; none for one that is not ours.
    pub(super) fn of(at: usize, pressed: &str) -> Option<Self> {
        [(NEXT, false), (BACK, true)].into_iter().find(|(word, _)| *word == pressed).map(|(_, is_back)| Self { at, is_back })
    }
}

/// The page to which somebody turns, if it is to be shown; none where all is to be sent, and where what came is to be judged: a program that fills in the
/// field which nobody sees does so on each page.
///
/// # Errors
/// Not found; those of the store.
pub(super) async fn change_page(
    state: &Arc<State>,
    find: Find,
    (submitted, presentation): (&Arc<SubmitRequest>, &Presentation),
    change: PageChange,
) -> Result<Option<(u16, PageDocument, Open)>> {
    if !submitted.trap.is_empty() {
        return Ok(None);
    }
    let (submitted, presentation, store) = (submitted.clone(), presentation.clone(), state.store.clone());
    let caller = Caller::stranger(submitted.address);
    let work = move |tx: &mut Tx<'_>| {
        let open = find(tx)?;
        let page = if open.form.is_active { changed_page(tx, &open, &presentation, change, &submitted)? } else { None };
        Ok(page.map(|(status, document)| (status, document, open)))
    };
    state.reading(caller, move || store.read_now(work)).await
}

/// Another page of a form that has several, or the same one with what is wrong there. Nobody who goes back is asked for anything.
fn changed_page(
    tx: &mut Tx<'_>,
    open: &Open,
    presentation: &Presentation,
    change: PageChange,
    submitted: &SubmitRequest,
) -> Result<Option<(u16, PageDocument)>> {
    let steps = steps(&open.form.content)?;
    let at = change.at.min(steps.len() - 1);
    let wrong = if change.is_back { Vec::new() } else { check(&open.definition, &submitted.sent).err().unwrap_or_default() };
    let here: Vec<_> = wrong.into_iter().filter(|one| steps.get(at).is_some_and(|step| step.has(&one.block))).collect();
    if !here.is_empty() {
        return Ok(Some((422, page::faulty(tx, open, (presentation, at), &here, submitted)?)));
    }
    let to = step::next(&steps, &open.definition, &submitted.sent, (at, change.is_back));
    if to == at && !change.is_back {
        return Ok(None);
    }
    let notices = FormNotices::on_page(tx, open, to, submitted)?;
    Ok(Some((200, page::page(tx, open, presentation, &notices)?)))
}

//! What is done to several entries at once: each of them in a transaction of its own, as if its own button had been pressed. The answer
//! tells how many were done, and of each that was refused why.

use std::sync::Arc;

use actix_web::HttpResponse;

use crate::{
    domain::{
        Error, Result,
        error::{Fault, Faults},
        id::{EntryId, TrashBatchId},
    },
    http::console::base::{
        done::{Done, finish},
        form::{self, Form, RESUMED},
        page_route::{again, read},
        request::PageRequest,
        response::html,
    },
    store::Tx,
};

/// The field of a box of one entry.
const ONE: &str = "one";

/// One that was chosen, as it was shown: its value is its id, its version and its name, with a blank between them.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    pub id: EntryId,
    pub version: i64,
    pub name: String,
    /// What goes to the trash with it comes back together.
    pub batch: TrashBatchId,
}

/// What came of it.
#[derive(Debug, Clone, Default)]
pub(super) struct BulkOutcome {
    pub done: u64,
    /// The words that tell how many.
    pub words: &'static str,
    /// The names of those that were refused, with the reasons.
    pub refused: Vec<(String, Fault)>,
    /// Those that are still chosen.
    chosen: Vec<EntryId>,
}

/// What is done to each of them.
pub(super) struct Task {
    /// The key of the words that tell how many were done.
    pub words: &'static str,
    /// Does it to one entry; whether there is something to take back.
    pub act: fn(&PageRequest, &mut Tx<'_>, &Chosen) -> Result<bool>,
    /// How one button takes it back.
    pub back: Back,
}

/// How one button takes back what was done to several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Back {
    /// None does.
    Never,
    /// They went to the trash, and come back from it together.
    Trash,
    /// Each by its id, at an address below that of the list.
    Each,
}

/// Most that one button takes back by their ids: its address lies in a cookie.
pub(super) const EACH_MAX: usize = 50;

/// Draws the list again: with what is wrong with the form, and with what came of it.
pub(super) type Show = fn(&PageRequest, &mut Tx<'_>, Option<&Form>, &BulkOutcome) -> Result<String>;

impl BulkOutcome {
    /// Whether the box of an entry is ticked.
    pub(super) fn has(&self, id: &EntryId) -> bool {
        self.chosen.contains(id)
    }
}

impl Task {
    /// One that no button takes back.
    pub(super) const fn new(words: &'static str, act: fn(&PageRequest, &mut Tx<'_>, &Chosen) -> Result<bool>) -> Self {
        Self { words, act, back: Back::Never }
    }
}

/// Does what a form asks for to all that were chosen in it.
///
/// # Errors
/// Those of no single entry: nobody is signed in any more, there is a defect.
pub(super) async fn answer(request: Arc<PageRequest>, task: Task, show: Show) -> Result<HttpResponse> {
    let batch = TrashBatchId::new(request.state.store.now(), request.state.store.entropy());
    let chosen = chosen_of(&request.form, batch);
    let outcome = BulkOutcome { chosen: chosen.iter().map(|one| one.id).collect(), ..BulkOutcome::default() };
    if request.form.ticked(RESUMED) {
        let typed = request.form.again(&form::resumed());
        return Ok(html(200, read(&request, move |request, tx| show(request, tx, Some(&typed), &outcome)).await?));
    }
    let chosen = match form::bounded(ONE, chosen) {
        Ok(chosen) => chosen,
        Err(why) => return again(&request, why, move |request, tx, typed| show(request, tx, Some(typed), &outcome)).await,
    };
    let Task { words, act, back } = task;
    let mut undone = Vec::new();
    let mut outcome = BulkOutcome { words, ..BulkOutcome::default() };
    for one in chosen {
        let (writing, acting) = (request.clone(), one.clone());
        match request.write(move |tx| act(&writing, tx, &acting)).await {
            Ok(changed) => {
                outcome.done += 1;
                undone.extend(changed.then_some(one.id));
            }
            Err(why) => {
                outcome.refused.push((one.name, reason(why)?));
                outcome.chosen.push(one.id);
            }
        }
    }
    let told = request.locale.lang.t(words).n("n", outcome.done).to_string();
    if outcome.refused.is_empty() {
        let done = match restore(&request, back, batch, &undone) {
            Some(restore) => Done::Undo(request.here(), told, restore),
            None => Done::Say(request.here(), told),
        };
        return finish(&request, done).await;
    }
    Ok(html(422, read(&request, move |request, tx| show(request, tx, None, &outcome)).await?))
}

/// The address that takes it back.
fn restore(request: &PageRequest, back: Back, batch: TrashBatchId, undone: &[EntryId]) -> Option<String> {
    match back {
        Back::Trash => Some(format!("/o/{}/p/{}/trash/batches/{batch}/restore", request.param("org"), request.param("project"))),
        Back::Each if (1..=EACH_MAX).contains(&undone.len()) => {
            let ids = undone.iter().map(EntryId::to_string).collect::<Vec<_>>().join(".");
            Some(format!("{}/{ids}/undo", request.path()))
        }
        Back::Each | Back::Never => None,
    }
}

/// Those that were chosen, each once. One that nobody could have chosen is none.
fn chosen_of(form: &Form, batch: TrashBatchId) -> Vec<Chosen> {
    let mut all: Vec<Chosen> = Vec::new();
    for value in form.chosen(ONE) {
        let mut parts = value.splitn(3, ' ');
        let (id, version, name) = (parts.next(), parts.next(), parts.next());
        if let (Some(Ok(id)), Some(Ok(version)), Some(name)) = (id.map(str::parse::<EntryId>), version.map(str::parse::<i64>), name)
            && !all.iter().any(|one| one.id == id)
        {
            all.push(Chosen { id, version, name: name.to_owned(), batch });
        }
    }
    all
}

/// Why one was refused.
///
/// # Errors
/// What holds for all of them.
fn reason(why: Error) -> Result<Fault> {
    match why {
        Error::NotFound(noun) => Ok(Fault::new(ONE, "not_found", format!("This {noun} is not there any more."))),
        Error::Denied(_) => Ok(Fault::new(ONE, "denied", "You may not do this.")),
        Error::Stale => Ok(Fault::new(ONE, "changed_meanwhile", "Somebody has changed this meanwhile.")),
        Error::Busy(_) => Ok(Fault::new(ONE, "busy", "The server could not take this now.")),
        why => match form::faults(&why) {
            Some(Faults(faults)) => faults.into_iter().next().ok_or(why),
            None => Err(why),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0190f4a2-0000-7000-8000-000000000001";

    #[test]
    fn each_is_chosen_once_by_what_was_shown() {
        let sent = format!("one={ID}+3+A+name&one={ID}+4+again&one=x+1+y&one={ID}&shown=0190f4a2-0000-7000-8000-000000000002+1+B");
        let batch = ID.parse().expect("an id");
        let all = |form: &str| chosen_of(&Form::read(form.as_bytes()).expect("a form"), batch);
        let names = |form: &str| all(form).into_iter().map(|one| one.name).collect::<Vec<_>>();
        assert_eq!(names(&sent), ["A name"]);
        assert_eq!(names(&format!("{sent}&all=on")), ["B"]);
        assert!(names("one=").is_empty());
    }

    #[test]
    fn what_is_wrong_with_one_is_its_reason_and_what_is_wrong_with_all_is_told_at_once() {
        assert_eq!(reason(Error::NotFound("page")).expect("a reason").code, "not_found");
        assert_eq!(reason(Error::Stale).expect("a reason").code, "changed_meanwhile");
        assert!(reason(Error::Internal("a defect".into())).is_err());
    }
}

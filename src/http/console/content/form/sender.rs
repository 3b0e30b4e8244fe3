//! All that one e-mail address has sent to the forms of a project: looked for, taken along, erased.

use std::{ops::ControlFlow, sync::Arc};

use actix_web::{HttpResponse, http::Method};
use askama::Template;

use crate::{
    domain::{Error, Result, access::Permission, content::Kind, error::Fault, form::sender::Draft, id::SubmissionId},
    http::{
        api::form::submission::Submission,
        base::transport::pieces::{attachment, pieces_after},
        console::{
            base::{
                chrome::Chrome,
                done::Done,
                form::Form,
                link::AppLink,
                page_route::{PageRoute, custom, form_stepped},
                request::PageRequest,
                response::render,
            },
            content::{
                entry::id,
                entry_list::{all, frame},
            },
        },
    },
    service::{content::entry_list, form::sender},
    store::Tx,
};

use super::inbox::of_forms;

#[derive(Template)]
#[template(path = "content/form/inbox/sender.html")]
struct Page {
    c: Chrome,
    app: AppLink,
    kind: &'static Kind,
    name: String,
    list: String,
    at: String,
    back: String,
    form: Form,
    /// How many submissions were found of the address, if it is one.
    found: Option<usize>,
}

impl Page {
    /// How many were found, if there are any: then the address is settled, and what is erased is what was looked at.
    fn found_some(&self) -> Option<usize> {
        self.found.filter(|found| *found > 0)
    }
}

/// The pages of this file.
pub(in crate::http::console) fn pages() -> Vec<PageRoute> {
    let export = custom(Method::POST, all!("/{entry}/submissions/sender/export"), download).needs(Permission::SubmissionRead);
    let erase = form_stepped(all!("/{entry}/submissions/sender"), show, look, erase).map(|page| page.needs(Permission::EntryWrite));
    let export = export.fresh().shown_at(all!("/{entry}/submissions/sender")).does("export-sender");
    erase.into_iter().map(PageRoute::fresh).chain([export]).collect()
}

fn draft(text: &str) -> Draft {
    Draft { email: text.to_owned(), after: None }
}

fn show(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let kind = of_forms(request)?;
    let (c, app, at, list) = frame(request, tx)?;
    let entry = entry_list::view(tx, request.actor()?, at, kind, id(request)?)?.entry;
    let asked = request.query("email").unwrap_or_default();
    let form = typed.cloned().unwrap_or_else(|| Form::of([("email", asked.to_owned())]));
    let found = match sender::count(tx, request.actor()?, request.project()?, &draft(form.text("email"))) {
        Ok((many, _)) => Some(many),
        Err(Error::Invalid(_)) => None,
        Err(error) => return Err(error),
    };
    let at = format!("{list}/{}", entry.id);
    render(&Page { back: format!("{at}/submissions"), c, app, kind, name: entry.name, list, at, form, found })
}

/// How much is erased so far, behind which submission the rest begins, and which is the last that was looked at.
struct Erasure {
    many: usize,
    after: Option<SubmissionId>,
    last: SubmissionId,
}

/// What is to be erased is what was looked at: as much as the page has shown.
fn look(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Erasure> {
    let (found, last) = sender::count(tx, request.actor()?, request.project()?, &draft(request.form.text("email")))?;
    let last = last.filter(|_| request.form.text("found").parse() == Ok(found));
    let last = last.ok_or_else(|| Fault::new("found", "changed_meanwhile", "Other submissions are found of this address than before."))?;
    Ok(Erasure { many: 0, after: None, last })
}

fn erase(request: &PageRequest, tx: &mut Tx<'_>, so_far: &Erasure) -> Result<ControlFlow<Done, Erasure>> {
    let draft = Draft { after: so_far.after, ..draft(request.form.text("email")) };
    let (some, after) = sender::erase(tx, request.actor()?, request.project()?, &draft, Some(so_far.last))?;
    let many = so_far.many + some;
    if after.is_some() {
        return Ok(ControlFlow::Continue(Erasure { many, after, last: so_far.last }));
    }
    let list = request.path().rsplit_once('/').map_or("/", |(list, _)| list).to_owned();
    Ok(ControlFlow::Break(Done::Say(list, request.locale.lang.t("form-sent-deleted").n("n", many).to_string())))
}

/// A line of JSON for each, as the API tells it. Each piece is a read of its own, as long as the session is there.
async fn download(request: Arc<PageRequest>) -> Result<HttpResponse> {
    let (at, state, caller) = (request.project()?, request.state.clone(), request.caller());
    let (reading, mut step) = (request.clone(), Some(draft(request.form.text("email"))));
    let mut next = move || {
        let mut lines = String::new();
        while let Some(asked) = step.take() {
            let find = |tx: &mut Tx<'_>| reading.confirm_alive(tx).and_then(|()| sender::find(tx, reading.actor()?, at, &asked));
            let (sent, after) = reading.state.store.read_now(find)?;
            for one in sent {
                lines += &serde_json::to_string(&Submission::from(one)).map_err(|error| Error::Internal(error.to_string()))?;
                lines.push('\n');
            }
            step = after.map(|after| Draft { after: Some(after), ..asked });
            if !lines.is_empty() {
                break;
            }
        }
        Ok(Some(lines).filter(|lines| !lines.is_empty()))
    };
    let (first, next) = state.reading(caller, move || Ok((next()?, next))).await?;
    let body = pieces_after(first.unwrap_or_default(), state, caller, next);
    Ok(attachment("application/jsonl", "submissions.jsonl", caller, body))
}

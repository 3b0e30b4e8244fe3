//! All that one e-mail address has sent to the forms of a project: looked for, taken along, erased.

use std::{ops::ControlFlow, sync::Arc};

use actix_web::{
    HttpResponse,
    http::{Method, header},
};
use askama::Template;

use crate::{
    domain::{Error, Result, access::Permission, content::Kind, error::Fault, form::sender::Draft, id::SubmissionId},
    http::{
        api::form::submission::Submission,
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
    let erase = form_stepped(all!("/{entry}/submissions/sender"), show, erase).map(|page| page.needs(Permission::EntryWrite));
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
        Ok(many) => Some(many),
        Err(Error::Invalid(_)) => None,
        Err(error) => return Err(error),
    };
    let at = format!("{list}/{}", entry.id);
    render(&Page { back: format!("{at}/submissions"), c, app, kind, name: entry.name, list, at, form, found })
}

/// How much is erased so far, and behind which submission the rest begins.
type Erased = (usize, Option<SubmissionId>);

fn erase(request: &PageRequest, tx: &mut Tx<'_>, (many, after): &Erased) -> Result<ControlFlow<Done, Erased>> {
    let draft = Draft { after: *after, ..draft(request.form.text("email")) };
    if after.is_none() {
        let found = sender::count(tx, request.actor()?, request.project()?, &draft)?;
        if request.form.text("found").parse() != Ok(found) {
            return Err(Fault::new("found", "changed_meanwhile", "Other submissions are found of this address than before.").into());
        }
    }
    let (some, next) = sender::erase(tx, request.actor()?, request.project()?, &draft)?;
    let many = many + some;
    if next.is_some() {
        return Ok(ControlFlow::Continue((many, next)));
    }
    let list = request.path().rsplit_once('/').map_or("/", |(list, _)| list).to_owned();
    Ok(ControlFlow::Break(Done::Say(list, request.locale.lang.t("form-sent-deleted").n("n", many).to_string())))
}

/// A line of JSON for each, as the API tells it.
async fn download(request: Arc<PageRequest>) -> Result<HttpResponse> {
    let (at, mut step, mut text) = (request.project()?, draft(request.form.text("email")), String::new());
    loop {
        let (reading, asked) = (request.clone(), step.clone());
        let (sent, next) = request.write(move |tx| sender::sent(tx, reading.actor()?, at, &asked)).await?;
        for one in sent {
            let line = serde_json::to_string(&Submission::from(one)).map_err(|error| Error::Internal(error.to_string()))?;
            text += &(line + "\n");
        }
        if next.is_none() {
            break;
        }
        step.after = next;
    }
    let name = "attachment; filename=\"submissions.jsonl\"";
    Ok(HttpResponse::Ok().content_type("application/jsonl").insert_header((header::CONTENT_DISPOSITION, name)).body(text))
}

//! Projects as archives: one to download, and the page on which a project is made of one.

use std::{io::BufReader, sync::Arc};

use actix_web::{HttpResponse, http::Method};
use askama::Template;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Permission},
        error::{Fault, Faults},
        project::{archive::Report, project::Project},
    },
    http::{
        base::{
            reply::blocking,
            transport::{
                arrived,
                media::Transport,
                pieces::{attachment, pieces},
            },
        },
        console::base::{
            chrome::Chrome,
            form::Form,
            page_route::{PageRoute, Takes, custom, get, read},
            request::PageRequest,
            response::{html, render},
        },
    },
    service::project::archive::{
        export::{self, Export},
        import::{self, ImportRequest},
    },
    store::Tx,
};

/// Where the button of the export stands.
const SETTINGS: &str = "/o/{org}/p/{project}/settings";
const IMPORT: &str = "/o/{org}/projects/import";

#[derive(Template)]
#[template(path = "project/archive/import.html")]
struct Import {
    c: Chrome,
    form: Form,
    /// What is wrong with the archive: the place and the words.
    wrong: Vec<(String, String)>,
    /// What became of one that was good.
    done: Option<Done>,
}

/// What became of an archive.
struct Done {
    project: Project,
    report: Report,
    /// What is told of it: the place and the words.
    notices: Vec<(String, String)>,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let export = custom(Method::POST, "/o/{org}/p/{project}/settings/export", download).needs(Permission::ProjectRead);
    vec![
        export.fresh().shown_at(SETTINGS).does("export-project"),
        get(IMPORT, |request, tx| show(request, tx, &Form::default(), &[])).needs(Permission::ProjectCreate),
        custom(Method::POST, IMPORT, make).needs(Permission::ProjectCreate).takes(Takes::File),
    ]
}

fn show(request: &PageRequest, tx: &mut Tx<'_>, form: &Form, faults: &[Fault]) -> Result<String> {
    let (c, _) = Chrome::org(request, tx)?;
    let wrong = fault_places(&c, faults, "archive");
    render(&Import { c, form: form.clone(), wrong, done: None })
}

/// The place of each fault, and what is wrong there; `of` is what else than a form it is found in.
fn fault_places(c: &Chrome, faults: &[Fault], of: &str) -> Vec<(String, String)> {
    let place = |fault: &Fault| {
        let (number, rest) =
            fault.field.strip_prefix("line ").map_or(("", fault.field.as_str()), |field| field.split_once(": ").unwrap_or((field, "")));
        if number.is_empty() {
            rest.to_owned()
        } else {
            format!("{} {rest}", c.t("archive-line").s("number", number)).trim_end().to_owned()
        }
    };
    faults.iter().map(|fault| (place(fault), c.fault(&Fault { field: of.to_owned(), ..fault.clone() }))).collect()
}

/// Each piece is a read of its own, as long as the session is there.
async fn download(request: Arc<PageRequest>) -> Result<HttpResponse> {
    let at = request.project()?;
    let noting = request.clone();
    let slug = request.write(move |tx| export::begin(tx, noting.actor()?, at)).await?;
    let (state, caller, mut archive) = (request.state.clone(), request.caller(), Export::new(at, Some(request.state.files.clone())));
    let next = move || {
        let (piece, then) = request.state.store.read_now(|tx| {
            request.confirm_alive(tx)?;
            let mut then = archive.clone();
            Ok((then.piece(tx, request.actor()?)?, then))
        })?;
        archive = then;
        Ok(piece)
    };
    Ok(attachment(Transport::Lines.media_type(), &format!("{slug}.jsonl"), caller, pieces(state, caller, next)))
}

/// Makes a project of the file that came, and tells what became of it.
async fn make(request: Arc<PageRequest>) -> Result<HttpResponse> {
    let (importing, org) = (request.clone(), request.org()?);
    let done = match &request.arrived {
        None => Err(Fault::new("file", "required", "A file is required.").into()),
        Some(_) => blocking(move || Ok(run(&importing, org))).await?,
    };
    match done {
        Ok((project, report)) => {
            let text = read(&request, move |request, tx| {
                let (c, _) = Chrome::org(request, tx)?;
                let notices = fault_places(&c, &report.notices, "notice");
                let done = Some(Done { project: project.clone(), report: report.clone(), notices });
                render(&Import { c, form: Form::default(), wrong: Vec::new(), done })
            });
            Ok(html(201, text.await?))
        }
        Err(Error::Invalid(faults)) => redraw(&request, faults).await,
        Err(Error::Conflict(fault)) => redraw(&request, Faults(vec![fault])).await,
        Err(other) => Err(other),
    }
}

fn run(request: &Arc<PageRequest>, org: crate::domain::id::OrgId) -> Result<(Project, Report)> {
    let file = arrived::whole(request.arrived.as_ref())?;
    let asking = request.clone();
    let who = move |tx: &mut Tx<'_>| -> Result<Arc<Actor>> {
        asking.confirm_alive(tx)?;
        asking.actor().cloned()
    };
    let wanted = ImportRequest { who: Arc::new(who), org, name: request.form.optional("name"), files: request.state.files.clone() };
    import::import(&request.state.store, &wanted, &mut BufReader::new(file))
}

/// The page again, with all that is wrong. A file is never sent back: it is chosen anew.
async fn redraw(request: &Arc<PageRequest>, faults: Faults) -> Result<HttpResponse> {
    let (of_lines, of_form): (Vec<_>, Vec<_>) = faults.0.into_iter().partition(|fault| fault.field.starts_with("line "));
    let form = request.form.again(&Faults(of_form));
    let text = read(request, move |request, tx| show(request, tx, &form, &of_lines)).await?;
    Ok(html(422, text))
}

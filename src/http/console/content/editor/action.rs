//! What the page of an entry sends: what is typed is kept, and saved when somebody says so.

use serde_json::Value;

use crate::{
    domain::{
        Result,
        access::Permission,
        content::{
            Entry,
            tree::{change::Edited, changed::part_of},
        },
        error::Fault,
    },
    http::console::{
        base::{
            done::Done,
            form::Form,
            page_route::{PageRoute, post},
            request::{PageRequest, encode},
        },
        content::{
            entry::{BLOCKS, edit_page, id},
            entry_list::{all, kind},
            inputs::PUBLISH_AT,
        },
    },
    service::{
        content::{
            publication::Publication,
            working::{
                self,
                copy::{EditSession, Step, Target, Typed},
                save::Saved,
            },
        },
        file::reference,
    },
    store::Tx,
};

use super::{
    command::{Command, Then, on_items},
    typed,
};

/// The pages of this file.
pub(in crate::http::console) fn pages() -> Vec<PageRoute> {
    let typed_page = |request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>| edit_page(request, tx, typed, None);
    let bare_page = |request: &PageRequest, tx: &mut Tx<'_>, other: Option<&Form>| edit_page(request, tx, None, other);
    let all = [
        post(all!("/{entry}"), typed_page, save),
        post(all!("/{entry}/draft"), typed_page, keep).shown_at(all!("/{entry}")).does("keep-draft"),
        post(all!("/{entry}/undo"), bare_page, undo).shown_at(all!("/{entry}")).does("undo"),
        post(all!("/{entry}/discard"), bare_page, discard).shown_at(all!("/{entry}")).does("discard"),
        post(all!("/{entry}/open-files"), bare_page, open_files).shown_at(all!("/{entry}")).does("open-files"),
    ];
    all.into_iter().map(|page| page.needs(Permission::EntryWrite)).collect()
}

fn target(request: &PageRequest) -> Result<Target> {
    Ok((kind(request)?, id(request)?))
}

/// The working copy that was typed into.
fn open(request: &PageRequest, tx: &mut Tx<'_>) -> Result<EditSession> {
    EditSession::open(tx, request.actor()?, request.app()?, target(request)?)
}

/// What was typed, beside what the page showed.
fn read(request: &PageRequest, tx: &mut Tx<'_>, session: &mut EditSession, form: &Form) -> Result<Typed> {
    if form.text("locale").is_empty() {
        return Err(Fault::new("locale", "required", "A language is needed.").into());
    }
    let seen = form.text("version").parse().unwrap_or(0);
    Ok(typed::all(form, kind(request)?, (seen, session.content_at(tx, seen)?), &request.locale)?)
}

/// Keeps what was typed, and does what the button says.
fn keep(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let form = on_items(request.form.clone());
    let command = Command::of(&form);
    let mut session = open(request, tx)?;
    let typed = read(request, tx, &mut session, &form)?;
    let done = working::copy::note(tx, session, &typed, command.step.as_ref())?;
    let at = request.path().strip_suffix("/draft").unwrap_or_default();
    let to = address(at, &form, &command.then, done.as_ref());
    let words = |key: &str| request.locale.lang.t(key).to_string();
    Ok(match command.step {
        Some(Step::Copy(_)) if form.text("do").starts_with("section") => Done::Say(to, words("editor-copied-section")),
        Some(Step::Copy(_)) => Done::Say(to, words("editor-copied")),
        None if form.text("do") == "keep" => {
            Done::Say(to, request.locale.lang.t("editor-draft-kept").s("n", form.text("version")).to_string())
        }
        Some(_) if form.text("do").contains("delete:") => Done::Undo(to, words("editor-deleted"), format!("{at}/undo")),
        _ => Done::See(to),
    })
}

/// Where the page shows what comes next.
fn address(at: &str, form: &Form, then: &Then, done: Option<&Edited>) -> String {
    let (mut locale, mut beside) = (form.text("locale").to_owned(), form.text("beside").to_owned());
    let (mut open, mut adding) = (form.text("open").to_owned(), String::new());
    let mut tab = form.text("tab").to_owned();
    match then {
        Then::Stay => {}
        Then::Links => return format!("{at}/links?locale={}&open={}", encode(&locale), encode(&open)),
        Then::Files(wanted) => return picker(at, &locale, &open, wanted),
        Then::Open(id) => (open, tab) = (id.clone(), String::new()),
        Then::OpenNew => open = done.and_then(|done| done.part["id"].as_str()).unwrap_or_default().to_owned(),
        Then::Close => open.clear(),
        Then::Offer(place) => (open, adding) = (String::new(), place.clone()),
        Then::Tab(word) => (open, tab) = (String::new(), word.clone()),
        Then::Language(tag) => locale.clone_from(tag),
        Then::Beside(tag) => beside.clone_from(tag),
    }
    // Where nothing but what is open has changed, a script asks for those blocks alone.
    let blocks = if matches!(then, Then::Open(_) | Then::Close) { form.text(BLOCKS).to_owned() } else { String::new() };
    let asked =
        [("locale", locale), ("beside", beside), ("tab", tab), ("open", open.clone()), ("adding", adding.clone()), (BLOCKS, blocks)];
    let query: Vec<_> =
        asked.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={}", encode(value))).collect();
    let place = if adding.is_empty() { open } else { "adding".to_owned() };
    let hash = if place.is_empty() { String::new() } else { format!("#part-{place}") };
    format!("{at}?{}{hash}", query.join("&"))
}

/// Where a file is chosen for an input, and which page that leads back to.
fn picker(at: &str, locale: &str, open: &str, wanted: &str) -> String {
    let project: Vec<_> = at.split('/').take(5).collect();
    let (sort, input) = wanted.split_once(':').unwrap_or(("", wanted));
    let place = if open.is_empty() { String::new() } else { format!("&open={}#part-{open}", encode(open)) };
    let from = format!("{at}?locale={}{place}", encode(locale));
    format!("{}/files/pick?type={}&for={}&from={}", project.join("/"), encode(sort), encode(input), encode(&from))
}

/// What is to become of the entry with it, as the button says.
fn publication(request: &PageRequest) -> Result<Option<Publication>> {
    Ok(match request.form.text("then") {
        "publish" => Some(Publication::Now),
        "schedule" => Some(Publication::At(request.locale.typed_moment(PUBLISH_AT, request.form.text(PUBLISH_AT))?)),
        _ => None,
    })
}

/// Whether readers would look for a title in vain.
fn lacks_title(entry: &Entry) -> bool {
    let titled = serde_json::from_str::<Value>(&entry.fields).is_ok_and(|fields| !fields["title"].is_null());
    entry.kind.field("title").is_some() && !titled
}

/// Saves all that was changed, and publishes or schedules it if the button says so. What is taken back is only kept.
fn save(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let mut session = open(request, tx)?;
    let typed = read(request, tx, &mut session, &request.form)?;
    let (path, t) = (request.path(), |key: &str, name: &str| request.locale.lang.t(key).s("name", name));
    let shown = address(path, &request.form, &Then::Stay, None);
    let taken_back = match request.form.text("then") {
        "unpublish" => Some("content-unpublished"),
        "unschedule" => Some("content-unscheduled"),
        _ => None,
    };
    if let Some(words) = taken_back {
        let entry = working::save::take_back(tx, session, &typed)?;
        return Ok(Done::Say(shown, t(words, &entry.name).to_string()));
    }
    Ok(match working::save::save(tx, session, &typed, publication(request)?)? {
        Saved::Done(entry, merged) => {
            let said = match (request.form.text("then"), entry.scheduled_at) {
                ("publish", _) => t("content-published", &entry.name),
                ("schedule", Some(on)) => t("content-scheduled-for", &entry.name).s("at", request.locale.moment(on)),
                _ => t("content-saved", &entry.name),
            };
            let said = if !request.form.text("then").is_empty() && lacks_title(&entry) {
                format!("{said} {}", t("content-no-title", ""))
            } else {
                said.to_string()
            };
            Done::Say(shown, if merged { format!("{said} {}", t("editor-merged", "")) } else { said })
        }
        Saved::NotPublished(entry) => Done::Say(shown, t("editor-not-published", &entry.name).to_string()),
        Saved::Open(_) => Done::See(format!("{path}/conflict")),
        Saved::Faulty(fault) => {
            let to = address(path, &request.form, &Then::Open(part_of(&fault).unwrap_or_default().to_owned()), None);
            Done::See(to.replacen('?', "?checked=1&", 1))
        }
    })
}

/// Takes the last change of structure back.
fn undo(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let session = open(request, tx)?;
    working::copy::note(tx, session, &Typed::default(), Some(&Step::Undo))?;
    Ok(Done::See(request.path().strip_suffix("/undo").unwrap_or_default().to_owned()))
}

/// Throws away what was not saved.
fn discard(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let entry = working::copy::discard(tx, request.actor()?, request.app()?, target(request)?)?;
    let at = request.path().strip_suffix("/discard").unwrap_or_default().to_owned();
    Ok(Done::Say(at, request.locale.lang.t("editor-discarded").s("name", entry.name).to_string()))
}

/// Lets everybody see the files that the entry uses.
fn open_files(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let opened = reference::open_all_of(tx, request.actor()?, request.app()?, id(request)?)?;
    let at = request.path().strip_suffix("/open-files").unwrap_or_default().to_owned();
    Ok(Done::Say(at, request.locale.lang.t("content-files-opened").n("n", opened).to_string()))
}

//! One entry of any kind: what it says in each language, its status, and the way to the trash and back.

use actix_web::http::Method;
use askama::Template;
use serde_json::Value;

use crate::{
    domain::{
        Error, Result,
        access::{Permission, allows},
        content::{Entry, Kind, Locales, Purpose, Share, Status, blocks::form::IS, of_type},
        error::Fault,
        id::{AppPath, EntryId},
    },
    http::console::base::{
        chrome::Chrome,
        done::Done,
        form::Form,
        link::AppLink,
        page_route::{PageRoute, custom, form, get, post, read},
        request::PageRequest,
        response::{render, see},
    },
    service::{
        content::{
            entry_list::{self, Row},
            place::{
                located::{ById, located},
                nested,
            },
            publication::{self, Publication},
            reference, trash,
        },
        file::reference as files,
        form::submission,
        project::app,
    },
    store::{Tx, content::reference::Use},
};

use super::{
    choices,
    editor::{
        fields::Tags,
        page::{Editor, Page, with_chosen_file},
    },
    entry_list::{all, frame, holder, kind},
    form::{
        embed,
        page::{Builder, FormUse, Tab},
    },
    inputs::{self, Input},
    version,
};

/// Names the blocks that are to be answered alone.
pub(super) const BLOCKS: &str = "blocks";

/// The fields of which the first that is not empty is the title that a search engine shows, and those of the text below it.
const FOUND_TITLE: [&str; 3] = ["seo.title", "title", "name"];
const FOUND_TEXT: [&str; 2] = ["seo.description", "excerpt"];

#[derive(Template)]
#[template(path = "content/entry/edit.html")]
struct Edit {
    c: Chrome,
    app: AppLink,
    form: Form,
    /// The texts that readers of this language are shown, where it has none.
    fallback: Form,
    entry: Entry,
    /// Who changed it last.
    changed_by: String,
    /// What may be done with its content; none for whoever only reads, or where there is none.
    content: Option<Editor>,
    locale: String,
    shares: Vec<Share>,
    kind: &'static Kind,
    inputs: Vec<Input>,
    /// What a search engine shows.
    found: (String, String),
    newest: version::Newest,
    /// Who has the address that was typed: the name, and where that entry is.
    holder: Option<(String, String)>,
    /// Where it is used: what stands there, its icon, and where that is.
    uses: Vec<FormUse>,
    /// How many files it uses that its readers do not see.
    private: usize,
    back: String,
    at: String,
}

impl Edit {
    /// Whether any of its inputs is another in each language.
    fn has_local_inputs(&self) -> bool {
        self.inputs.iter().any(Input::is_local)
    }

    /// Whether the reader may let everybody see the files of the project.
    fn may_open_files(&self) -> bool {
        self.c.project.as_ref().is_some_and(|project| allows(project.role, Permission::EntryWrite))
    }
}

/// Some blocks of the page, for a script that has the others.
#[derive(Template)]
#[template(path = "content/editor/blocks.html")]
struct Blocks {
    c: Chrome,
    entry: Entry,
    content: Option<Editor>,
    locale: String,
    blocks: Vec<String>,
}

#[derive(Template)]
#[template(path = "content/entry/trash.html")]
struct Trash {
    /// How many entries name it, and how many stand below it.
    counts: Option<(u64, u64)>,
    c: Chrome,
    app: AppLink,
    form: Form,
    entry: Entry,
    uses: Vec<FormUse>,
    /// Where all of its kind are, and where its page is.
    list: String,
    back: String,
}

#[derive(Template)]
#[template(path = "content/entry/restore.html")]
struct Restore {
    c: Chrome,
    form: Form,
    entry: Entry,
    /// Who has its address by now: the name, and where that entry is.
    holder: Option<(String, String)>,
    back: String,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let shown = get(all!("/{entry}"), |request, tx| edit_page(request, tx, None, None));
    let sent = [
        post(all!("/{entry}/status"), |request, tx, typed| edit_page(request, tx, None, typed), set_status)
            .shown_at(all!("/{entry}"))
            .does("status"),
        post(all!("/{entry}/restore"), restore_page, restore).shown_at(all!("")).does("restore"),
    ];
    let trash = form(all!("/{entry}/trash"), trash_page, trash);
    let found = custom(Method::GET, "/o/{org}/p/{project}/entries/{contentType}/{entry}", |request| async move {
        Ok(see(&read(&request, where_is).await?))
    });
    // Whoever may not write reads it.
    [shown, found].into_iter().chain(sent.into_iter().chain(trash).map(|page| page.needs(Permission::EntryWrite))).collect()
}

/// The page of an entry of the project, whatever its app is: the trail tells only of the entry.
fn where_is(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let (c, org, project) = Chrome::project(request, tx)?;
    let kind = of_type(c.kinds, request.param("contentType")).ok_or(Error::NotFound("page"))?;
    let id = id(request)?;
    let found = located(tx, request.actor()?, (org.id, project.id), ById::Of(kind, id), Permission::ProjectSee)?;
    let app = project.apps.iter().find(|app| app.id == found.at.2).ok_or(Error::NotFound("app"))?;
    Ok(format!("{}/{}/{id}", c.app_base(app), kind.segment))
}

pub(super) fn id(request: &PageRequest) -> Result<EntryId> {
    request.id_of("entry", "entry")
}

/// The version that the form was filled from; one that is none is stale.
fn seen_version(request: &PageRequest) -> i64 {
    request.form.text("version").parse().unwrap_or(0)
}

/// The page with what was typed, or as the entry is with the faults of another form.
pub(super) fn edit_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>, other: Option<&Form>) -> Result<String> {
    let kind = kind(request)?;
    let (c, app, at, back) = frame(request, tx)?;
    let row = entry_list::view(tx, request.actor()?, at, kind, id(request)?)?;
    let changed_by = row.editor().0.to_owned();
    let Row { entry, shares, .. } = row;
    let Tags { main: locale, beside, default } = tags_of(request, typed, &shares);
    let fields: Value = serde_json::from_str(&entry.fields).map_err(|_| Error::Internal("the fields of an entry are no JSON".into()))?;
    let fallback = entry_form(&entry, &locale, &shares)?;
    let mut stored = inputs::form_of(&entry, &fields, &locale, &default);
    if let Some(tag) = &beside {
        stored = inputs::with_second_language(stored, entry.kind, &fields, tag, &default);
    }
    let enabled: Vec<_> = shares.iter().map(|share| share.tag.clone()).collect();
    let mut editor = if c.can().entry_write() {
        let locales = Locales { default: &default, enabled: &enabled };
        let tags = Tags { main: locale.clone(), beside, default: default.clone() };
        let named = inputs::fields(kind);
        Some(Editor::of(tx, &c, &Page { request, at, entry: &entry, named: &named, locales, tags }, typed)?)
    } else {
        None
    };
    if let Some(blocks) = request.query(BLOCKS).filter(|_| typed.is_none() && other.is_none()) {
        let blocks = blocks.split(',').map(str::to_owned).collect();
        return render(&Blocks { c, entry, content: editor, locale, blocks });
    }
    let stored = editor.as_ref().map_or_else(|| stored.clone(), |editor| editor.over(stored.clone()));
    let form = typed
        .cloned()
        .unwrap_or_else(|| with_chosen_file(inputs::with_local_times(stored, kind, c.locale()), request))
        .with_faults_of(other);
    let found = search_result_texts(&form, &fallback);
    let holder = holder(request, tx, &c, (&app, at), &form)?;
    let inputs = choices::inputs(request, tx, (&c, at), (kind, inputs::fields(kind)), &form)?;
    if let Some(editor) = &mut editor {
        editor.know(request, tx, &form, &inputs)?;
    }
    let uses = if kind.purpose == Purpose::Part { uses(request, tx, &c, at, entry.id)? } else { Vec::new() };
    let private = if editor.is_some() { files::private_of(tx, request.actor()?, at, entry.id)?.len() } else { 0 };
    let newest = version::newest(request, tx, at, (kind, entry.id))?;
    let page = Edit {
        app,
        form,
        fallback,
        changed_by,
        content: editor,
        locale,
        shares,
        kind,
        inputs,
        found,
        newest,
        holder,
        uses,
        private,
        at: format!("{back}/{}", entry.id),
        back,
        entry,
        c,
    };
    if kind.is_form() { form_page(request, tx, at, typed, page) } else { render(&page) }
}

/// The languages of the page: the one that is shown, the one that stands beside it, and the default of the project.
fn tags_of(request: &PageRequest, typed: Option<&Form>, shares: &[Share]) -> Tags {
    let default = shares.first().map(|share| share.tag.clone()).unwrap_or_default();
    let has = |tag: &str| shares.iter().any(|share| share.tag == tag);
    // What was typed stays in its language, even if the project does not have that any more: it is not put over the texts of another.
    let is_there = |tag: &String| has(tag) || typed.is_some() && !tag.is_empty();
    let main = field_or_query(request, typed, "locale").filter(is_there).unwrap_or_else(|| default.clone());
    let beside = field_or_query(request, typed, "beside").filter(|tag| *tag != main && has(tag));
    Tags { main, beside, default }
}

/// What the form says of the page, or the address where none was sent.
fn field_or_query(request: &PageRequest, typed: Option<&Form>, name: &str) -> Option<String> {
    typed.map_or_else(|| request.query(name).map(str::to_owned), |form| Some(form.text(name).to_owned()))
}

/// The page of a form: what is asked there is built, and what was sent stands beside it.
fn form_page(request: &PageRequest, tx: &mut Tx<'_>, of: AppPath, typed: Option<&Form>, page: Edit) -> Result<String> {
    let Edit { c, app, form, fallback, entry, changed_by, content, locale, shares, kind, inputs, newest, uses, back, at, .. } = page;
    let tab = Tab::of(&field_or_query(request, typed, "tab").unwrap_or_default());
    let may = c.can().submission_read();
    let sent = if may { Some(submission::counts(tx, request.actor()?, of, (kind, entry.id))?) } else { None };
    let enabled: Vec<_> = shares.iter().map(|share| share.tag.clone()).collect();
    let locales = Locales { default: enabled.first().map_or("", String::as_str), enabled: &enabled };
    let embed = if tab == Tab::Embed { Some(embed::of(request, tx, of, &entry, &locales)?) } else { None };
    let is_open = embed::is_open(&request.state.public_url);
    let page = Builder {
        c,
        app,
        tab,
        form,
        fallback,
        entry,
        changed_by,
        content,
        locale,
        shares,
        kind,
        inputs,
        newest,
        uses,
        embed,
        is_open,
        sent,
        back,
        at,
    };
    render(&page.at_fault())
}

/// The texts of the entry as the API answers them in a language, with what stands in for those that it lacks.
fn entry_form(entry: &Entry, locale: &str, shares: &[Share]) -> Result<Form> {
    let enabled: Vec<_> = shares.iter().map(|share| share.tag.clone()).collect();
    let mut flat = Entry { content: "[]".to_owned(), ..entry.clone() };
    flat.flatten(locale, &Locales { default: enabled.first().map_or("", String::as_str), enabled: &enabled })?;
    let fields: Value = serde_json::from_str(&flat.fields).map_err(|_| Error::Internal("the fields of an entry are no JSON".into()))?;
    Ok(inputs::form_of(&flat, &fields, locale, locale))
}

/// What a search engine shows: the texts for it, else the title, else the name; of another language where this one has none.
fn search_result_texts(form: &Form, fallback: &Form) -> (String, String) {
    let first = |names: &[&str]| names.iter().find_map(|name| form.optional(name).or_else(|| fallback.optional(name))).unwrap_or_default();
    (first(&FOUND_TITLE), first(&FOUND_TEXT))
}

/// Publishes, or takes back; from the list the way leads back to it.
fn set_status(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let (kind, at) = (kind(request)?, request.app()?);
    let published = match Status::from_word(request.form.text("status")) {
        Some(Status::Published) => true,
        Some(Status::Draft) => false,
        _ => return Err(Fault::new("status", "required", "Say whether it is to be published or a draft.").into()),
    };
    let to = if published { Publication::Now } else { Publication::Never };
    let became = publication::set(tx, request.actor()?, at, (kind, id(request)?), to, Some(seen_version(request)))?;
    let words = if published { "content-published" } else { "content-unpublished" };
    let told = request.locale.lang.t(words).s("name", &became.entry.name).to_string();
    let to =
        if request.form.ticked("list") { all_of(request) } else { request.path().strip_suffix("/status").unwrap_or_default().to_owned() };
    // The list offers this only where the entry is published.
    if published || became.was_so {
        return Ok(Done::Say(to, told));
    }
    let again = format!("{}/several/{}/undo", all_of(request), became.entry.id);
    Ok(Done::Undo(to, told, again))
}

/// Where all entries of the kind are.
fn all_of(request: &PageRequest) -> String {
    request.path().rsplitn(3, '/').nth(2).unwrap_or("/").to_owned()
}

/// Where an entry is used.
fn uses(request: &PageRequest, tx: &mut Tx<'_>, c: &Chrome, at: AppPath, id: EntryId) -> Result<Vec<FormUse>> {
    let found = reference::uses(tx, request.actor()?, at, (kind(request)?, id))?;
    let apps = c.project.as_ref().map(|project| project.apps.as_slice()).unwrap_or_default();
    let place = |one: Use| {
        let app = apps.iter().find(|app| app.id == one.app)?;
        let to = format!("{}/{}/{}", c.app_base(app), one.kind.segment, one.id);
        Some(FormUse { to, name: one.name, what: c.of_kind(one.kind, "one").to_string(), icon: one.kind.icon })
    };
    let mut uses: Vec<_> = found.into_iter().filter_map(place).collect();
    // What is the default of the app is used by all that names nothing else.
    if let Some(link) = apps.iter().find(|app| app.id == at.2)
        && app::get(tx, request.actor()?, at)?.default_layout() == Some(id)
    {
        let to = if c.manages_project() { format!("{}/settings/apps/{}", c.project_base(), link.id) } else { c.app_base(link) };
        uses.insert(0, FormUse { to, name: link.name.clone(), what: c.t("content-used-as-default").to_string(), icon: link.icon() });
    }
    Ok(uses)
}

/// Asks, and says where the entry is used.
fn trash_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, app, at, list) = frame(request, tx)?;
    let kind = Some(kind(request)?).filter(|kind| !kind.is_single()).ok_or(Error::NotFound("page"))?;
    let entry = entry_list::view(tx, request.actor()?, at, kind, id(request)?)?.entry;
    let uses = uses(request, tx, &c, at, entry.id)?;
    let counts = if kind.is_nested() { Some(nested::counts(tx, request.actor()?, at, (kind, entry.id))?) } else { None };
    let back = format!("{list}/{}", entry.id);
    render(&Trash { counts, c, app, form: typed.cloned().unwrap_or_default(), uses, list, back, entry })
}

fn trash(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let (kind, at) = (kind(request)?, request.app()?);
    if kind.is_nested() && request.form.ticked("below") {
        let (batch, gone) = trash::delete_with_all_below(tx, request.actor()?, at, (kind, id(request)?))?;
        let restore = format!("/o/{}/p/{}/trash/batches/{batch}/restore", request.param("org"), request.param("project"));
        return Ok(Done::Undo(all_of(request), request.locale.lang.t("content-trashed-some").n("n", gone.len()).to_string(), restore));
    }
    let gone = trash::delete(tx, request.actor()?, at, (kind, id(request)?), None)?;
    let restore = format!("{}/{}/restore", all_of(request), gone.id);
    Ok(Done::Undo(all_of(request), request.locale.lang.t("content-trashed").s("name", gone.name).to_string(), restore))
}

fn restore(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let (kind, at) = (kind(request)?, request.app()?);
    let back = trash::restore(tx, request.actor()?, at, (kind, id(request)?))?;
    Ok(Done::Say(format!("{}/{}", all_of(request), back.id), request.locale.lang.t("content-restored").s("name", back.name).to_string()))
}

/// Why something stays in the trash: its address is taken by now.
fn restore_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let kind = kind(request)?;
    let (c, app, at, back) = frame(request, tx)?;
    let (entry, holder) = trash::get(tx, request.actor()?, at, (kind, id(request)?))?;
    let to = |holder: &Entry| format!("{}/{}/{}", c.app_base(&app), holder.kind.segment, holder.id);
    let holder = holder.map(|holder| (holder.name.clone(), to(&holder)));
    render(&Restore { c, form: typed.cloned().unwrap_or_default(), entry, holder, back })
}

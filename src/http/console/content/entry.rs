//! One entry of any kind: what it says in each language, its status, and the way to the trash and back.

use askama::Template;
use serde_json::{Map, Value, json};

use crate::{
    domain::{
        Error, Result,
        access::Permission,
        content::{Entry, Locales, Patch, Share, Status},
        error::Fault,
        id::EntryId,
    },
    http::console::base::{
        chrome::Chrome,
        form::Form,
        page::{Done, Page, form_prepared, post, render},
        place::AppLink,
        visit::Visit,
    },
    service::content::{
        checked::{self, At, Checked},
        entry::{self, Row},
    },
    store::Tx,
};

use super::entry_list::{all, frame, kind, place};

#[derive(Template)]
#[template(path = "content/entry/edit.html")]
struct Edit {
    c: Chrome,
    app: AppLink,
    form: Form,
    /// The texts that readers of this language are shown, where it has none.
    fallback: Form,
    entry: Entry,
    editor: String,
    locale: String,
    shares: Vec<Share>,
    has_excerpt: bool,
    /// What a search engine shows.
    found: (String, String),
    words: &'static str,
    back: String,
    at: String,
}

#[derive(Template)]
#[template(path = "content/entry/restore.html")]
struct Restore {
    c: Chrome,
    form: Form,
    back: String,
}

/// The pages of this file.
pub fn pages() -> Vec<Page> {
    let mut pages = vec![
        post(all!("/{entry}/status"), |visit, tx, typed| edit_page(visit, tx, None, typed), set_status)
            .shown_at(all!("/{entry}"))
            .does("status"),
        post(all!("/{entry}/trash"), |visit, tx, typed| edit_page(visit, tx, None, typed), trash).shown_at(all!("/{entry}")).does("trash"),
        post(all!("/{entry}/restore"), restore_page, restore).shown_at(all!("")).does("restore"),
    ];
    pages.extend(form_prepared(all!("/{entry}"), |visit, tx, typed| edit_page(visit, tx, typed, None), typed, change));
    pages
}

fn id(visit: &Visit) -> Result<EntryId> {
    visit.id_of("entry", "entry")
}

/// The version that the form was filled from; one that is none is stale.
fn seen(visit: &Visit) -> i64 {
    visit.form.text("version").parse().unwrap_or(0)
}

/// The text of a localized value in one language; of a plain one only in the default language.
fn text_in(value: &Value, locale: &str, default: &str) -> String {
    let found = match value {
        Value::Object(map) => map.get(locale).and_then(Value::as_str),
        Value::String(text) if locale == default => Some(text.as_str()),
        _ => None,
    };
    found.unwrap_or_default().to_owned()
}

/// The page with what was typed, or as the entry is with the faults of another form.
fn edit_page(visit: &Visit, tx: &mut Tx<'_>, typed: Option<&Form>, other: Option<&Form>) -> Result<String> {
    let kind = kind(visit)?;
    let (c, app, at, back) = frame(visit, tx)?;
    let row = entry::view(tx, visit.actor()?, at, kind, id(visit)?)?;
    let editor = row.editor().0.to_owned();
    let Row { entry, shares, .. } = row;
    let default = shares.first().map(|share| share.tag.clone()).unwrap_or_default();
    let chosen = typed.map(|form| form.text("locale").to_owned()).or_else(|| visit.query("locale").map(str::to_owned));
    let locale = chosen.filter(|tag| shares.iter().any(|share| share.tag == *tag)).unwrap_or_else(|| default.clone());
    let fields: Value = serde_json::from_str(&entry.fields).map_err(|_| Error::Internal("the fields of an entry are no JSON".into()))?;
    let fallback = shown(&entry, &locale, &shares)?;
    let form = typed.cloned().unwrap_or_else(|| stored(&entry, &fields, &locale, &default)).with_faults_of(other);
    let found = found(&form, &fallback);
    let at = format!("{back}/{}", entry.id);
    let has_excerpt = kind.field("excerpt").is_some();
    render(&Edit { c, app, form, fallback, editor, locale, shares, has_excerpt, found, words: kind.segment, back, at, entry })
}

/// The texts of the entry as the API answers them in a language, with what stands in for those that it lacks.
fn shown(entry: &Entry, locale: &str, shares: &[Share]) -> Result<Form> {
    let enabled: Vec<_> = shares.iter().map(|share| share.tag.clone()).collect();
    let mut flat = Entry { content: "[]".to_owned(), ..entry.clone() };
    flat.flatten(locale, &Locales { default: enabled.first().map_or("", String::as_str), enabled: &enabled })?;
    let fields: Value = serde_json::from_str(&flat.fields).map_err(|_| Error::Internal("the fields of an entry are no JSON".into()))?;
    Ok(stored(&flat, &fields, locale, locale))
}

/// What a search engine shows: the texts for it, else the title, else the name; of another language where this one has none.
fn found(form: &Form, fallback: &Form) -> (String, String) {
    let first = |names: &[&str]| names.iter().find_map(|name| form.optional(name).or_else(|| fallback.optional(name))).unwrap_or_default();
    (first(&["seo.title", "title", "name"]), first(&["seo.description", "excerpt"]))
}

/// The form as the entry is.
fn stored(entry: &Entry, fields: &Value, locale: &str, default: &str) -> Form {
    let text = |value: &Value| text_in(value, locale, default);
    let tags: Vec<_> = fields["tags"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    Form::of([
        ("name", entry.name.clone()),
        ("slug", entry.slug.clone().unwrap_or_default()),
        ("title", text(&fields["title"])),
        ("excerpt", text(&fields["excerpt"])),
        ("seo.title", text(&fields["seo"]["title"])),
        ("seo.description", text(&fields["seo"]["description"])),
        ("tags", tags.join(", ")),
        ("locale", locale.to_owned()),
        ("version", entry.version.to_string()),
    ])
}

/// What was typed, and in which language.
struct Typed {
    at: At,
    locale: String,
    patch: Checked<Patch>,
}

fn typed(visit: &Visit, tx: &mut Tx<'_>) -> Result<Typed> {
    let (kind, at) = (kind(visit)?, place(visit, tx)?);
    let locale = visit.form.optional("locale").ok_or_else(|| Fault::new("locale", "required", "A language is needed."))?;
    let body = match body(&visit.form, &locale, kind.field("excerpt").is_some()) {
        Value::Object(body) => body,
        _ => Map::new(),
    };
    Ok(Typed { at, patch: checked::check(tx, visit.actor()?, at, (kind, Patch::parse), body, None)?, locale })
}

fn change(visit: &Visit, tx: &mut Tx<'_>, typed: &Typed) -> Result<Done> {
    let publish = visit.form.text("then") == "publish";
    let changed = entry::save(tx, visit.actor()?, typed.at, id(visit)?, &typed.patch, (seen(visit), publish))?;
    let words = if publish { "content-published" } else { "content-saved" };
    let to = format!("{}?locale={}", visit.path(), crate::http::console::base::visit::encode(&typed.locale));
    Ok(Done::Say(to, visit.reader.lang.t(words).s("name", changed.name).to_string()))
}

/// What was typed as the body of a change. Nothing typed takes that language away; the others stay.
fn body(form: &Form, locale: &str, has_excerpt: bool) -> Value {
    let local = |name: &str| json!({ locale: form.optional(name) });
    let tags: Vec<_> = form.text("tags").split(',').map(str::trim).filter(|tag| !tag.is_empty()).collect();
    // A title is one line, whatever the field lets one type.
    let title = form.optional("title").map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut body = json!({ "name": form.text("name"), "slug": form.text("slug"), "title": { locale: title }, "tags": tags,
        "seo": { "title": local("seo.title"), "description": local("seo.description") } });
    if has_excerpt {
        body["excerpt"] = local("excerpt");
    }
    body
}

/// Publishes, or takes back; from the list the way leads back to it.
fn set_status(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let (kind, at) = (kind(visit)?, place(visit, tx)?);
    let published = match Status::from_word(visit.form.text("status")) {
        Some(Status::Published) => true,
        Some(Status::Draft) => false,
        _ => return Err(Fault::new("status", "required", "Say whether it is to be published or a draft.").into()),
    };
    let changed = entry::set_published(tx, visit.actor()?, at, (kind, id(visit)?), published, Some(seen(visit)))?;
    let words = if published { "content-published" } else { "content-unpublished" };
    let to = if visit.form.ticked("list") { all_of(visit) } else { visit.path().strip_suffix("/status").unwrap_or_default().to_owned() };
    Ok(Done::Say(to, visit.reader.lang.t(words).s("name", changed.name).to_string()))
}

/// Where all entries of the kind are.
fn all_of(visit: &Visit) -> String {
    visit.path().rsplitn(3, '/').nth(2).unwrap_or("/").to_owned()
}

fn trash(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let (kind, at) = (kind(visit)?, place(visit, tx)?);
    let gone = entry::delete(tx, visit.actor()?, at, (kind, id(visit)?), None)?;
    let restore = format!("{}/{}/restore", all_of(visit), gone.id);
    Ok(Done::Undo(all_of(visit), visit.reader.lang.t("content-trashed").s("name", gone.name).to_string(), restore))
}

fn restore(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let (kind, at) = (kind(visit)?, place(visit, tx)?);
    let back = entry::restore(tx, visit.actor()?, at, (kind, id(visit)?))?;
    Ok(Done::Say(format!("{}/{}", all_of(visit), back.id), visit.reader.lang.t("content-restored").s("name", back.name).to_string()))
}

/// Why something stays in the trash: its address is taken by now.
fn restore_page(visit: &Visit, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, _, _, back) = frame(visit, tx)?;
    render(&Restore { c, form: typed.cloned().unwrap_or_default(), back })
}

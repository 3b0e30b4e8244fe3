//! The audit trail of an organization: who did what to which thing and when; and the same as a file.

use std::{fmt::Write, sync::Arc};

use actix_web::{HttpResponse, http::Method};
use askama::Template;
use serde_json::Value;

use crate::{
    domain::{
        Error, Result,
        cursor::Cursor,
        listing::{Filter, Test},
        org::activity::Activity,
        page::Page as Found,
        text,
        time::{DAY, Instant},
    },
    http::{
        api::account::me,
        base::transport::{
            cells::cell,
            pieces::{attachment, pieces_after},
        },
        console::base::{
            chrome::{Chrome, key_of},
            page_route::{PageRoute, custom, get},
            pager::Pager,
            request::{PageRequest, encode},
            response::render,
        },
    },
    service::{i18n::Lang, org::organization},
    store::{Tx, org::activity::OF_ORG},
};

use super::actions::{ACTIONS, RESOURCES};

/// Most lines of an export; the page says so when there are more.
const EXPORTED: u32 = 10_000;
/// Lines of an export that are in memory at once.
const AT_ONCE: u32 = 500;

/// Stands in a sentence for the name of what it is about.
const NAME: &str = "\u{1}";

/// The parameters of the page that are no fields of the list.
const OWN: &[&str] = &["person", "since", "until"];

#[derive(Template)]
#[template(path = "org/activity/list.html")]
struct List {
    c: Chrome,
    lines: Vec<ActivityRow>,
    pager: Pager,
    /// What is filtered by, as it was typed: search, person, action, resource, since, until.
    typed: [String; 6],
    actions: &'static [&'static str],
    /// What can be chosen of things: word and words.
    resources: Vec<(&'static str, String)>,
    filtered: bool,
    /// The filters, for the links to the files.
    query: String,
    most: Option<u32>,
}

/// One line as it is read.
pub struct ActivityRow {
    /// Who did it.
    pub actor: String,
    /// `user`, `service_account` or `system`.
    pub kind: &'static str,
    /// What happened.
    pub sentence: String,
    /// The same around the name of what it happened to, where that has a page: what stands before, where it leads, the name, what stands behind.
    pub linked: Option<[String; 4]>,
    /// What kind of content that is.
    pub kind_of: Option<String>,
    /// In which project, where it was in one that is not what the line is about.
    pub project: Option<String>,
    /// The fields that were changed, in words.
    pub changed: String,
    /// Why, where somebody said so.
    pub reason: Option<String>,
    /// The tool by which an agent did it, and the agent's client.
    pub agent: Option<(String, String)>,
    /// When.
    pub at: Instant,
}

/// Where the links to the files stand: a browser shows no page after a download, so whoever signs in first comes back here.
const LIST: &str = "/o/{org}/settings/activity";

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    vec![
        get(LIST, list),
        custom(Method::GET, "/o/{org}/settings/activity/export.csv", |request| export(request, "text/csv; charset=utf-8", "csv", csv))
            .shown_at(LIST)
            .fresh(),
        custom(Method::GET, "/o/{org}/settings/activity/export.jsonl", |request| export(request, "application/jsonl", "jsonl", jsonl))
            .shown_at(LIST)
            .fresh(),
    ]
}

/// How far an export is.
#[derive(Clone, Default)]
struct ExportProgress {
    lines: u32,
    total: Option<u64>,
    /// Where it goes on.
    next: Option<String>,
}

/// The lines that the address asks for; for an export, the next of them.
fn find(request: &PageRequest, tx: &mut Tx<'_>, progress: Option<&ExportProgress>) -> Result<Found<Activity>> {
    let mut listing = request.listing(&OF_ORG, OWN)?;
    if let Some(progress) = progress {
        (listing.page, listing.page_size) = (1, AT_ONCE);
        listing.after = progress.next.as_deref().map(|next| Cursor::decode(next, &OF_ORG, listing.list, listing.order)).transpose()?;
    }
    if let Some(person) = request.query("person") {
        listing.filters.push(Filter { field: "actor", test: Test::Like(text::fold(person)) });
    }
    let day = |name: &str, later, otherwise| match request.query(name) {
        None => Ok(otherwise),
        Some(day) => request.locale.typed_day(name, day, later),
    };
    // The last day counts as a whole; what happens while this page is made counts too.
    let span = (day("since", 0, Instant::default())?, day("until", 1, request.locale.now() + DAY)?);
    let org = request.org()?;
    organization::list_activities(tx, request.actor()?, org, span, &listing, progress.and_then(|progress| progress.total))
}

fn list(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let (c, _) = Chrome::org(request, tx)?;
    let page = find(request, tx, None)?;
    let names = ["search", "person", "action", "resourceType", "since", "until"];
    let typed = names.map(|name| request.query(name).unwrap_or_default().to_owned());
    let set = names.iter().zip(&typed).filter(|(_, value)| !value.is_empty());
    let pairs: Vec<_> = set.map(|(name, value)| format!("{name}={}", encode(value))).collect();
    let filtered = !pairs.is_empty();
    let query = if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) };
    let most = (page.total > u64::from(EXPORTED)).then_some(EXPORTED);
    let pager = Pager::of(request, &page)?;
    let resources = resources(&c);
    let lines = page.items.into_iter().map(|one| line(request.locale.lang, (&c.base(), &c.settings()), one)).collect();
    render(&List { c, lines, pager, typed, actions: ACTIONS, resources, filtered, query, most })
}

fn resources(c: &Chrome) -> Vec<(&'static str, String)> {
    let things = RESOURCES.iter().map(|word| (*word, c.word("resource", word).to_string()));
    things.chain(c.kinds.iter().map(|kind| (kind.content_type, c.of_kind(kind, "many").to_string()))).collect()
}

/// A line of the trail in the reader's language. `base` is where the pages of the organization are, and `settings` where its settings are,
/// for those who may open them; each is empty for others.
pub fn line(lang: Lang, (base, settings): (&str, &str), one: Activity) -> ActivityRow {
    let kind_of = format!("{}-one", one.resource_type.replace('_', "-"));
    ActivityRow {
        linked: linked(lang, &one, page(base, settings, &one)),
        sentence: sentence(lang, &one, one.resource_name.as_deref().or(one.resource_id.as_deref()).unwrap_or(&one.resource_type)),
        kind_of: lang.has(&kind_of).then(|| lang.t(&kind_of).to_string()).filter(|kind| one.resource_name.as_ref() != Some(kind)),
        reason: fact(&one, "reason"),
        agent: fact(&one, "tool").zip(fact(&one, "client")),
        changed: changed(lang, &one),
        project: one.project_name.clone().filter(|_| one.resource_type != "project"),
        kind: one.actor_type.word(),
        at: one.created_at,
        actor: if one.is_by_command_line() { lang.t("command-line").to_string() } else { one.actor_name.unwrap_or_default() },
    }
}

/// The page of what a line is about, as far as it has one and may still be there.
fn page(base: &str, settings: &str, one: &Activity) -> Option<String> {
    let (noun, id) = (one.resource_type.as_str(), one.resource_id.as_deref()?);
    let is_gone = ["deleted", "erased", "removed", "cancelled"].iter().any(|verb| one.action.ends_with(verb));
    match noun {
        "apiKey" => Some(format!("keys/{id}")),
        "serviceAccount" if !is_gone => Some(format!("accounts/{id}")),
        "member" if !is_gone => Some("members".to_owned()),
        "invitation" if !is_gone => Some("invitations".to_owned()),
        _ => None,
    }
    .filter(|_| !settings.is_empty())
    .map(|page| format!("{settings}/{page}"))
    .or_else(|| {
        let project = format!("{base}/p/{}", one.project_slug.as_deref().filter(|_| !base.is_empty() && !is_gone)?);
        match noun {
            "project" => Some(project),
            // Kinds of content are named by their app and their own word.
            kind if kind.contains('_') => Some(format!("{project}/entries/{kind}/{id}")),
            _ => None,
        }
    })
}

/// The sentence, parted where the name stands in it; a name may be a word of the sentence, too.
fn linked(lang: Lang, one: &Activity, page: Option<String>) -> Option<[String; 4]> {
    let told = sentence(lang, one, NAME);
    let (before, behind) = told.split_once(NAME)?;
    Some([before.to_owned(), page?, one.resource_name.clone()?, behind.to_owned()])
}

/// What happened, in words; an action without words is told by its own.
fn sentence(lang: Lang, one: &Activity, what: &str) -> String {
    let key = format!("did-{}", one.action.replace('.', "-"));
    if !lang.has(&key) {
        return lang.t("did-other").s("action", &one.action).s("what", what).to_string();
    }
    let role = fact(one, "role").map(|role| lang.t(&format!("role-{role}")).to_string());
    lang.t(&key).s("what", what).s("role", role.unwrap_or_default()).s("name", fact(one, "name").unwrap_or_default()).to_string()
}

/// A text that was noted with the line.
fn fact(one: &Activity, name: &str) -> Option<String> {
    metadata_value(one, name)?.as_str().map(str::to_owned)
}

fn metadata_value(one: &Activity, name: &str) -> Option<Value> {
    let facts: Value = serde_json::from_str(one.metadata.as_deref()?).ok()?;
    facts.get(name).cloned()
}

/// The fields, or settings, that were changed; what has no words is told by its own.
fn changed(lang: Lang, one: &Activity) -> String {
    let listed = ["changed", "keys"].into_iter().find_map(|name| metadata_value(one, name)?.as_array().cloned()).unwrap_or_default();
    let words = listed.iter().filter_map(Value::as_str).map(|field| {
        let keys = [format!("field-{}", key_of(field)), format!("app-setting-{}", key_of(field))];
        keys.iter().find(|key| lang.has(key)).map_or_else(|| field.to_owned(), |key| lang.t(key).to_string())
    });
    words.collect::<Vec<_>>().join(", ")
}

/// The newest lines that the address asks for, as a file: in pieces, each of its own read.
async fn export(
    request: Arc<PageRequest>,
    kind: &'static str,
    ending: &'static str,
    write: fn(Vec<Activity>) -> Result<String>,
) -> Result<HttpResponse> {
    let state = request.state.clone();
    let mut progress = Some(ExportProgress::default());
    let caller = request.caller();
    let mut next = move || {
        let Some(before) = progress.take() else { return Ok(None) };
        let found = request.state.store.read_now(|tx| request.confirm_alive(tx).and_then(|()| find(&request, tx, Some(&before))))?;
        let lines = before.lines + AT_ONCE;
        progress = found.next.filter(|_| lines < EXPORTED).map(|next| ExportProgress { lines, total: Some(found.total), next: Some(next) });
        let head = if before.lines == 0 && ending == "csv" { HEAD } else { "" };
        Ok(Some(head.to_owned() + &write(found.items)?))
    };
    // What is refused is refused with a page of its own.
    let (first, next) = state.reading(caller, move || Ok((next()?.unwrap_or_default(), next))).await?;
    Ok(attachment(kind, &format!("activity.{ending}"), caller, pieces_after(first, state, caller, next)))
}

/// The names of the columns.
const HEAD: &str = "time,actor,actorEmail,actorType,action,resourceType,resourceId,resourceName,project,details\r\n";

fn csv(lines: Vec<Activity>) -> Result<String> {
    let mut out = String::new();
    for one in lines {
        let at = one.created_at.to_string();
        let text = |value: &Option<String>| cell(value.as_deref().unwrap_or_default());
        let cells = [
            cell(&at),
            text(&one.actor_name),
            text(&one.actor_email),
            cell(one.actor_type.word()),
            cell(&one.action),
            cell(&one.resource_type),
            text(&one.resource_id),
            text(&one.resource_name),
            text(&one.project_name),
            text(&one.metadata),
        ];
        let _ = write!(out, "{}\r\n", cells.join(","));
    }
    Ok(out)
}

fn jsonl(lines: Vec<Activity>) -> Result<String> {
    let mut out = String::new();
    for one in lines {
        let line = serde_json::to_string(&me::Activity::from(one)).map_err(|error| Error::Internal(error.to_string()))?;
        out.push_str(&line);
        out.push('\n');
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::super::actions::OF_INSTANCE;
    use super::*;

    /// Words of the same form that are no actions: the kinds of notifications.
    const NO_ACTIONS: [&str; 3] = ["key.expiring", "key.orphaned", "sandbox.welcome"];

    #[test]
    fn every_action_that_is_noted_has_words() {
        let (mut noted, mut nouns) = (0, 0);
        for (_, text) in crate::service::i18n::tests::sources_in("src/service") {
            let code = text.split("#[cfg(test)]").next().expect("code");
            // Whatever is quoted and looks like `noun.verb`; formats and sentences do not.
            let is_word = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            let quoted = code.split('"').skip(1).step_by(2);
            for action in quoted.filter(|text| text.split('.').count() == 2 && text.split('.').all(is_word)) {
                // Pictures and hosts of the demo are called so, too.
                if NO_ACTIONS.contains(&action) || [".webp", ".svg", ".example"].iter().any(|ending| action.ends_with(ending)) {
                    continue;
                }
                assert!(ACTIONS.contains(&action) || OF_INSTANCE.contains(&action), "{action} is not in ACTIONS");
                noted += 1;
            }
            // The noun is the last of what a note is made of, where it is quoted there.
            for made in code.split("Note::new(").skip(1).filter_map(|rest| rest.split(')').next()) {
                if let Some(noun) = made.split('"').nth_back(1).filter(|noun| !noun.contains('.') && *noun != "instance") {
                    assert!(RESOURCES.contains(&noun), "{noun} is not in RESOURCES");
                    nouns += 1;
                }
            }
        }
        assert!(noted > 20 && nouns > 10, "{noted} {nouns}");
        for lang in Lang::ALL {
            for action in ACTIONS.iter().chain(OF_INSTANCE) {
                let word = action.replace('.', "-");
                assert!(lang.has(&format!("did-{word}")) && lang.has(&format!("action-{word}")), "{action}");
            }
            for resource in RESOURCES {
                assert!(lang.has(&format!("resource-{}", resource.replace('_', "-").to_lowercase())), "{resource}");
            }
        }
    }
}

//! Making a key: the form, and the page that shows the key this once.

use std::time::Duration;

use askama::Template;

use crate::{
    domain::{
        Error, Result,
        access::{Access, Role},
        error::{Fault, Faults},
        id::{OrgId, ProjectId, UserId},
        key::key::{DEFAULT_DAYS, Draft, Issued},
        listing::Listing,
        org::{organization::Policy, service_account},
        time::{DAY, Instant},
    },
    http::console::base::{
        chrome::Chrome,
        done::{Done, Drawing},
        form::{Choice, Form},
        page_route::{PageRoute, form_once, get},
        pager::Pager,
        request::PageRequest,
        response::render,
    },
    service::{
        form_token::{self, FORM_TOKEN},
        key::{
            key,
            key_list::{self, Reach},
        },
        locale::Locale,
        org::{organization, service_account as accounts},
        project::project,
    },
    store::{Tx, org::service_account::ROSTER},
};

use super::{
    restriction_fields,
    scope::{Side, is_from_page},
    snippets::Snippets,
};

/// A life that can be chosen.
pub struct Expiry {
    /// Its name among the lives, by which the page shows its outcome.
    pub name: &'static str,
    /// Its value in the form: days, `date`, `never` or `same`.
    pub value: String,
    /// Its words.
    pub words: String,
    /// Whether a key of this life ends at all, so that its owner is reminded.
    pub ends: bool,
    /// When a key of this life ends, in words.
    pub outcome: String,
}

impl Expiry {
    /// So many days, as the words of `key-{name}` say.
    fn of_days(locale: &Locale, name: &'static str, days: u32) -> Self {
        let outcome = locale.lang.t("key-ends-on").s("day", locale.date(locale.now() + DAY * days)).to_string();
        let words = locale.lang.t(&format!("key-{name}")).n("n", days).to_string();
        Self { name, value: days.to_string(), words, ends: true, outcome }
    }

    fn choice(locale: &Locale, name: &'static str, words: &str, end: Option<Instant>) -> Self {
        let outcome = match (name, end) {
            ("date", _) => locale.lang.t("key-ends-that-day"),
            (_, Some(at)) => locale.lang.t("key-ends-on").s("day", locale.date(at)),
            (_, None) => locale.lang.t("key-ends-never"),
        };
        let (words, ends) = (locale.lang.t(words).to_string(), name == "date" || end.is_some());
        Self { name, value: name.to_owned(), words, ends, outcome: outcome.to_string() }
    }

    /// The life that a key had before.
    pub fn same(locale: &Locale, end: Option<Instant>) -> Self {
        Self::choice(locale, "same", "key-same", end)
    }

    /// The one that is chosen unless the reader chooses: 90 days, or the nearest to them that is allowed.
    pub fn usual(lives: &[Self]) -> String {
        let days = lives.iter().filter(|one| one.value.parse::<u32>().is_ok_and(|days| days <= DEFAULT_DAYS));
        days.max_by_key(|one| one.value.parse::<u32>().unwrap_or(0)).map_or_else(|| "date".to_owned(), |one| one.value.clone())
    }
}

#[derive(Template)]
#[template(path = "key/key/new.html")]
struct New {
    c: Chrome,
    form: Form,
    back: String,
    /// Who will own the key.
    owner: String,
    /// The owner's role, where it limits what the key may do.
    role: Option<Role>,
    /// What the key may be allowed to do: of a personal key, what its owner may.
    accesses: Vec<Access>,
    /// The organizations to choose from, for a personal key.
    orgs: Vec<Choice>,
    expiries: Vec<Expiry>,
    projects: Vec<Choice>,
    max_days: Option<u32>,
    /// Whether no organization of the reader allows personal keys.
    closed: bool,
}

#[derive(Template)]
#[template(path = "key/key/owner.html")]
struct Owner {
    c: Chrome,
    accounts: Vec<service_account::Summary>,
    pager: Pager,
    search: String,
    back: String,
}

#[derive(Template)]
#[template(path = "key/key/shown.html")]
struct CreatedPage {
    c: Chrome,
    back: String,
    prefix: String,
    rest: String,
    issued: Issued,
    /// The names of the projects that it is limited to; empty for all.
    projects: String,
    /// The examples.
    snippets: Snippets,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let mut pages = vec![Side::Org.restrict(get("/o/{org}/settings/keys/new", choose_owner))];
    for (side, path) in [(Side::Org, "/o/{org}/settings/accounts/{account}/keys/new"), (Side::Own, "/account/keys/new")] {
        pages.extend(
            form_once(
                path,
                move |request, tx, typed| new_page(request, tx, side, typed),
                move |request, tx| prepare(request, tx, side),
                make,
                move |request| Ok(sent_already(request, side)),
            )
            .map(|page| side.restrict(page).fresh()),
        );
    }
    pages
}

fn all() -> Listing {
    Listing { page_size: 200, ..Listing::default() }
}

fn choose_owner(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let (c, back) = (Side::Org.frame(request, tx)?, Side::Org.back(request));
    let org = request.org()?;
    let listing = request.listing(&ROSTER, &[])?;
    let page = accounts::roster(tx, request.actor()?, org, service_account::AccountFilter::Active, &listing)?.page;
    let (pager, search) = (Pager::of(request, &page)?, request.query("search").unwrap_or_default().to_owned());
    render(&Owner { c, accounts: page.items, pager, search, back })
}

fn new_page(request: &PageRequest, tx: &mut Tx<'_>, side: Side, typed: Option<&Form>) -> Result<String> {
    let c = side.frame(request, tx)?;
    let actor = request.actor()?;
    let (org, owner, role, back) = match side {
        Side::Own => (own_org(request, tx, typed)?, actor.name.clone(), None, "/account/keys".to_owned()),
        Side::Org => {
            let org = request.org()?;
            let owner = accounts::get(tx, actor, org, request.id_of("account", "service account")?)?;
            (org, owner.name, Some(owner.role), format!("{}/accounts/{}", c.settings(), owner.id))
        }
    };
    let orgs = if side == Side::Own { personal_orgs(request, tx)? } else { Vec::new() };
    let policy = organization::get(tx, actor, org)?.policy;
    let projects =
        project::list(tx, actor, org, &all())?.items.into_iter().map(|one| Choice { id: one.id.to_string(), name: one.name }).collect();
    let expiries = allowed(&request.locale, &policy);
    let fresh = || {
        let expiry = Expiry::usual(&expiries);
        Form::of([("expiry", expiry), ("access", "read".into()), ("reach", "all".into()), ("organization", org.to_string())])
    };
    let form = with_token(request, typed.map_or_else(fresh, shown_ticks));
    let closed = side == Side::Own && orgs.is_empty();
    let accesses = accesses(request, tx, &orgs)?;
    render(&New { c, form, back, owner, role, accesses, orgs, expiries, projects, max_days: policy.max_key_days, closed })
}

/// What can be chosen: in one of these organizations at least it gives something; for a service account, whose role may be raised, all.
fn accesses(request: &PageRequest, tx: &mut Tx<'_>, orgs: &[Choice]) -> Result<Vec<Access>> {
    let mut widest = if orgs.is_empty() { Access::Full } else { Access::Read };
    for org in orgs.iter().filter_map(|org| org.id.parse().ok()) {
        widest = widest.max(key_list::own_access(tx, request.actor()?, org)?);
    }
    Ok(Access::ALL.into_iter().rev().filter(|access| *access <= widest).collect())
}

/// The form as it was typed; where projects were ticked beside "all" they are shown, so that one sees what is asked.
fn shown_ticks(typed: &Form) -> Form {
    let both = typed.fault("projects").is_some() && !typed.all("project").is_empty();
    if both { typed.clone().without("reach").and("reach", "some") } else { typed.clone() }
}

/// The organization that a personal key is for: the one that was chosen, else the first.
fn own_org(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<OrgId> {
    let chosen = typed.and_then(|form| form.optional("organization")).or_else(|| request.query("organization").map(str::to_owned));
    if let Some(org) = chosen {
        return org.parse().map_err(|_| Fault::new("organization", "required", "Choose an organization.").into());
    }
    let mine = organization::list_mine(tx, request.actor()?, &all())?.items;
    let open = mine.iter().find(|(org, _)| org.policy.personal_keys_allowed).or(mine.first());
    open.map(|(org, _)| org.id).ok_or(Error::NotFound("organization"))
}

/// The organizations of the reader that allow personal keys.
pub fn personal_orgs(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Vec<Choice>> {
    let mine = organization::list_mine(tx, request.actor()?, &all())?.items.into_iter().map(|(org, _)| org);
    let open = mine.filter(|org| org.policy.personal_keys_allowed);
    Ok(open.map(|org| Choice { id: org.id.to_string(), name: org.name }).collect())
}

/// A form with the token that makes it good once.
pub fn with_token(request: &PageRequest, form: Form) -> Form {
    let form = form.without(FORM_TOKEN);
    match &request.signed {
        Some(_) => form.and(FORM_TOKEN, form_token::issue(request.state.store.now(), request.state.store.entropy())),
        None => form,
    }
}

/// The lives that an organization allows: the usual ones, and the longest where that is none of them.
pub fn allowed(locale: &Locale, policy: &Policy) -> Vec<Expiry> {
    let days = [(7, "days-7"), (30, "days-30"), (90, "days-90"), (365, "days-365")];
    let longest = policy.max_key_days.filter(|max| *max < 365 && days.iter().all(|(days, _)| days != max)).map(|max| (max, "days-max"));
    let open = days.into_iter().filter(|(days, _)| policy.max_key_days.is_none_or(|max| *days <= max)).chain(longest);
    let mut found: Vec<_> = open.map(|(days, name)| Expiry::of_days(locale, name, days)).collect();
    found.push(Expiry::choice(locale, "date", "key-on-date", None));
    if !policy.key_expiry_required && policy.max_key_days.is_none() {
        found.push(Expiry::choice(locale, "never", "never", None));
    }
    found
}

/// A key's life as the domain takes it: days, or a moment, or `Some(None)` for never.
pub type Life = (Option<u32>, Option<Option<Instant>>);

/// The life that was chosen; neither for "the same as before".
///
/// # Errors
/// Invalid, when the date is none, or nothing that is offered was chosen.
pub fn expiry(request: &PageRequest, policy: &Policy) -> Result<Life> {
    match request.form.text("expiry") {
        "never" => Ok((None, Some(None))),
        "date" => {
            // The end of that day where the reader is, so that a key works on the day it is said to end.
            let next = request.locale.typed_day("until", request.form.text("until"), 1)?;
            let end = next - Duration::from_secs(1);
            // The last day that is allowed is allowed, though a key cannot live until it is over.
            let latest = policy.max_key_days.map(|days| request.locale.now() + DAY * days).filter(|at| *at < end && *at + DAY > next);
            Ok((None, Some(Some(latest.unwrap_or(end)))))
        }
        "same" => Ok((None, None)),
        days => Ok((Some(days.parse().map_err(|_| Fault::new("expiry", "required", "Choose when it ends."))?), None)),
    }
}

/// The draft of what was typed. What is none of the choices is refused: a guess would be wider than what was meant.
fn draft(request: &PageRequest, policy: &Policy) -> Result<Draft> {
    let form = &request.form;
    let mut faults = Faults::default();
    let access = Access::from_word(form.text("access"));
    if access.is_none() {
        faults.add("access", "required", "Choose what it may do.");
    }
    let ids = form.all("project").into_iter().map(str::parse::<ProjectId>).collect::<std::result::Result<Vec<_>, _>>();
    let projects = match (form.text("reach"), ids) {
        ("all", Ok(ids)) if ids.is_empty() => None,
        ("some", Ok(ids)) => Some(ids),
        _ => {
            faults.add("projects", "required", "Choose all projects, or only those that are ticked.");
            None
        }
    };
    let (expires_in_days, expires_at) = expiry(request, policy)?;
    if expires_in_days.is_none() && expires_at.is_none() {
        faults.add("expiry", "required", "Choose when it ends.");
    }
    faults.into_result()?;
    let (networks, requests_per_minute) = restriction_fields::parse(form)?;
    Ok(Draft {
        name: form.text("name").to_owned(),
        access,
        expires_in_days,
        expires_at,
        projects,
        networks,
        requests_per_minute,
        submissions: restriction_fields::submissions(form),
    })
}

type Prepared = (OrgId, Option<UserId>, Draft, Unveiling);

/// What was typed for a key of a service account, or of one's own, and the page that will show it.
fn prepare(request: &PageRequest, tx: &mut Tx<'_>, side: Side) -> Result<Prepared> {
    let (org, account) = match side {
        Side::Org => (request.org()?, Some(request.id_of("account", "service account")?)),
        Side::Own => (own_org(request, tx, Some(&request.form))?, None),
    };
    let draft = draft(request, &organization::get(tx, request.actor()?, org)?.policy)?;
    let page = Unveiling::prepare(request, tx, side, (org, account), draft.projects.as_deref())?;
    Ok((org, account, draft, page))
}

fn make(request: &PageRequest, tx: &mut Tx<'_>, (org, account, draft, page): &Prepared) -> Result<Done> {
    let (actor, sandbox) = (request.actor()?, request.state.is_sandbox());
    let issued = match account {
        Some(account) => key::create(tx, actor, (*org, *account), draft, sandbox)?,
        None => key::create_personal(tx, actor, *org, draft, sandbox)?,
    };
    Ok(page.show(request, &issued))
}

/// What a form gets that made its key already: the list, which has the key but not its text.
pub fn sent_already(request: &PageRequest, side: Side) -> Done {
    Done::Say(side.back(request), request.locale.lang.t("key-sent-already").to_string())
}

/// The page that shows a key this once, as far as it is known before the key is made: what was made is never lost because a page
/// could not be put together.
pub struct Unveiling {
    c: Chrome,
    back: String,
    /// Where the list of all is.
    list: String,
    reach: Reach,
}

impl Unveiling {
    /// The page of a key of this organization and account, or of one's own, that is limited to `projects`.
    ///
    /// # Errors
    /// Those of the frame; not found, when there is no such account.
    pub fn prepare(
        request: &PageRequest,
        tx: &mut Tx<'_>,
        side: Side,
        (org, account): (OrgId, Option<UserId>),
        projects: Option<&[ProjectId]>,
    ) -> Result<Self> {
        let c = side.frame(request, tx)?;
        let account_page = account.filter(|_| side == Side::Org).map(|id| format!("{}/accounts/{id}", c.settings()));
        let reach = key_list::reach(tx, request.actor()?, org, account, projects)?;
        // Who came from a list goes back there.
        let back = account_page.filter(|_| request.query("from").is_none()).unwrap_or_else(|| side.back(request));
        Ok(Self { back, list: side.list(request), c, reach })
    }

    /// The page with the key. Its text goes out with the answer to this form and is kept nowhere.
    pub fn show(&self, request: &PageRequest, issued: &Issued) -> Done {
        let text = issued.secret.reveal();
        let (prefix, rest) = text.split_at(text.rfind('_').map_or(0, |at| at + 1));
        let back = if is_from_page(request) { format!("{}/{}", self.list, issued.key.id) } else { self.back.clone() };
        Done::Once(Drawing::of(CreatedPage {
            c: self.c.clone(),
            back,
            prefix: prefix.into(),
            rest: rest.into(),
            issued: issued.clone(),
            projects: self.reach.names.join(", "),
            snippets: Snippets::small(request, issued.key.org, self.reach.example),
        }))
    }
}

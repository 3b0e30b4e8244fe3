//! API keys: the lists of an organization, of a service account and of a person; rename, regenerate, revoke.

use askama::Template;

use crate::{
    domain::{
        Error, Result,
        id::{KeyId, UserId},
        key::{ApiKey, Grace, KeyStatus, Patch, Regenerate, Revoke},
        listing::{Listing, Page as ListPage},
        time::Instant,
    },
    service::key,
    store::{
        Tx,
        key::{KEYS, MINE, Shown},
    },
};

use super::{
    chrome::{self, Chrome},
    form::Form,
    key_new::{self, shown_once},
    page::{Done, Page, form, get, render},
    pager::Pager,
    visit::Visit,
};

/// Whose keys a page is about, and so which operations it calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// All of an organization.
    Org,
    /// The person's own.
    Own,
}

/// One key, as a row or a dialog shows it.
pub struct KeyView {
    /// The key.
    pub key: ApiKey,
    /// `active`, `soon`, `expired` or `revoked`.
    pub state: &'static str,
    /// Where its pages begin.
    pub at: String,
}

/// One way to narrow the list.
pub struct Segment {
    /// Its word in the address.
    pub word: &'static str,
    /// Where it leads.
    pub to: String,
    /// How many keys it shows.
    pub count: u64,
    /// Whether it is chosen.
    pub here: bool,
}

#[derive(Template)]
#[template(path = "key/list.html")]
struct List {
    c: Chrome,
    own: bool,
    keys: Vec<KeyView>,
    segments: Vec<Segment>,
    pager: Pager,
    search: String,
    owner_type: String,
    access: String,
    filtered: bool,
    new: Option<String>,
}

#[derive(Template)]
#[template(path = "key/rename.html")]
struct Rename {
    c: Chrome,
    form: Form,
    one: KeyView,
    back: String,
}

#[derive(Template)]
#[template(path = "key/regenerate.html")]
struct Renew {
    c: Chrome,
    form: Form,
    one: KeyView,
    back: String,
    expiries: Vec<key_new::Expiry>,
}

#[derive(Template)]
#[template(path = "key/revoke.html")]
struct End {
    c: Chrome,
    form: Form,
    one: KeyView,
    back: String,
}

/// The pages of this file.
pub fn pages() -> Vec<Page> {
    let mut pages = vec![
        get("/o/{org}/settings/keys", |visit, tx| list(visit, tx, Side::Org)),
        get("/account/keys", |visit, tx| list(visit, tx, Side::Own)),
    ];
    for (side, rename_at, renew_at, end_at) in [
        (
            Side::Org,
            "/o/{org}/settings/keys/{key}/rename",
            "/o/{org}/settings/keys/{key}/regenerate",
            "/o/{org}/settings/keys/{key}/revoke",
        ),
        (Side::Own, "/account/keys/{key}/rename", "/account/keys/{key}/regenerate", "/account/keys/{key}/revoke"),
    ] {
        pages.extend(form(
            rename_at,
            move |visit, tx, typed| rename_page(visit, tx, side, typed),
            move |visit, tx| rename(visit, tx, side),
        ));
        pages.extend(
            form(renew_at, move |visit, tx, typed| renew_page(visit, tx, side, typed), move |visit, tx| renew(visit, tx, side))
                .map(Page::fresh),
        );
        pages.extend(
            form(end_at, move |visit, tx, typed| end_page(visit, tx, side, typed), move |visit, tx| end(visit, tx, side)).map(Page::fresh),
        );
    }
    pages
}

/// The frame of a page about keys, and where the list is.
pub fn frame(visit: &Visit, tx: &mut Tx<'_>, side: Side) -> Result<(Chrome, String)> {
    match side {
        Side::Own => Ok((Chrome::own(visit, tx)?, "/account/keys".into())),
        Side::Org => {
            let (c, _) = Chrome::org(visit, tx)?;
            let back = format!("{}/keys", c.settings());
            Ok((c, back))
        }
    }
}

/// The key of the path.
fn found(visit: &Visit, tx: &mut Tx<'_>, side: Side) -> Result<ApiKey> {
    let id: KeyId = visit.id_of("key", "API key")?;
    match side {
        Side::Own => key::get_own(tx, visit.actor()?, id),
        Side::Org => {
            let org = chrome::org_id(visit, tx)?;
            key::get(tx, visit.actor()?, org, id)
        }
    }
}

/// Keys as a list shows them; `back` is where their pages begin.
pub fn views(keys: Vec<ApiKey>, back: &str, now: Instant) -> Vec<KeyView> {
    keys.into_iter().map(|key| view(key, back, now)).collect()
}

fn view(key: ApiKey, back: &str, now: Instant) -> KeyView {
    let soon = key.expires_at.is_some_and(|at| at <= now + crate::domain::time::DAY * 7);
    let state = match key.status(now) {
        KeyStatus::Active if soon => "soon",
        KeyStatus::Active => "active",
        KeyStatus::Expired => "expired",
        KeyStatus::Revoked => "revoked",
    };
    KeyView { at: format!("{back}/{}", key.id), state, key }
}

const SEGMENTS: [(&str, Shown); 5] = [
    ("active", Shown::Active),
    ("expiring", Shown::Expiring),
    ("expired", Shown::Expired),
    ("revoked", Shown::Revoked),
    ("all", Shown::All),
];

/// The ways to narrow a list of keys by their state, each with its count; `count` counts one.
pub fn segments(visit: &Visit, mut count: impl FnMut(Shown) -> Result<u64>) -> Result<(Vec<Segment>, Shown)> {
    let word = visit.query("status").unwrap_or("active");
    let chosen = SEGMENTS.iter().find(|(known, _)| *known == word).map_or(Shown::Active, |(_, shown)| *shown);
    let one = |(word, shown): (&'static str, Shown)| {
        let to = visit.with("status", if word == "active" { "" } else { word });
        Ok(Segment { word, to, count: count(shown)?, here: shown == chosen })
    };
    Ok((SEGMENTS.into_iter().map(one).collect::<Result<_>>()?, chosen))
}

fn read(visit: &Visit, tx: &mut Tx<'_>, side: Side, shown: Shown, listing: &Listing) -> Result<ListPage<ApiKey>> {
    match side {
        Side::Own => key::list_own(tx, visit.actor()?, shown, listing),
        Side::Org => {
            let org = chrome::org_id(visit, tx)?;
            key::list(tx, visit.actor()?, org, None, shown, listing)
        }
    }
}

fn list(visit: &Visit, tx: &mut Tx<'_>, side: Side) -> Result<String> {
    let (c, back) = frame(visit, tx, side)?;
    let spec = if side == Side::Own { &MINE } else { &KEYS };
    let listing = Listing::parse(spec, &["status"], &visit.filled_query()).map_err(Error::Invalid)?;
    let counted = Listing { page: 1, page_size: 1, ..listing.clone() };
    let (segments, shown) = segments(visit, |shown| Ok(read(visit, tx, side, shown, &counted)?.total))?;
    let page = read(visit, tx, side, shown, &listing)?;
    let text = |name: &str| visit.query(name).unwrap_or_default().to_owned();
    let new = (side == Side::Own || c.org_can("key:manage")).then(|| format!("{back}/new"));
    render(&List {
        own: side == Side::Own,
        pager: Pager::of(visit, &page),
        keys: views(page.items, &back, visit.reader.now()),
        segments,
        search: text("search"),
        owner_type: text("ownerType"),
        access: text("access"),
        filtered: listing.search.is_some() || !listing.filters.is_empty() || shown != Shown::Active,
        new,
        c,
    })
}

fn rename_page(visit: &Visit, tx: &mut Tx<'_>, side: Side, typed: Option<&Form>) -> Result<String> {
    let (c, back) = frame(visit, tx, side)?;
    let one = view(found(visit, tx, side)?, &back, visit.reader.now());
    let form = typed.cloned().unwrap_or_else(|| Form::of([("name", one.key.name.clone())]));
    render(&Rename { c, form, one, back })
}

fn rename(visit: &Visit, tx: &mut Tx<'_>, side: Side) -> Result<Done> {
    let (id, patch) = (visit.id_of("key", "API key")?, Patch { name: visit.form.text("name").to_owned() });
    let (_, back) = frame(visit, tx, side)?;
    match side {
        Side::Own => key::rename_own(tx, visit.actor()?, id, &patch)?,
        Side::Org => {
            let org = chrome::org_id(visit, tx)?;
            key::rename(tx, visit.actor()?, org, id, &patch)?
        }
    };
    Ok(Done::Say(back, visit.reader.lang.t("key-renamed").to_string()))
}

fn renew_page(visit: &Visit, tx: &mut Tx<'_>, side: Side, typed: Option<&Form>) -> Result<String> {
    let (c, back) = frame(visit, tx, side)?;
    let one = view(found(visit, tx, side)?, &back, visit.reader.now());
    let expiries = key_new::expiries(visit, tx, one.key.org)?;
    let form = typed.cloned().unwrap_or_else(|| Form::of([("grace", "none".into()), ("expiry", "same".into())]));
    let form = key_new::numbered(visit, form);
    render(&Renew { c, form, one, back, expiries })
}

fn renew(visit: &Visit, tx: &mut Tx<'_>, side: Side) -> Result<Done> {
    visit.state.once.spend(visit.form.text("once"))?;
    let id = visit.id_of("key", "API key")?;
    let grace = match visit.form.text("grace") {
        "1h" => Grace::Hour,
        "24h" => Grace::Day,
        "7d" => Grace::Week,
        _ => Grace::None,
    };
    let (expires_in_days, expires_at) = key_new::expiry(visit)?;
    let wish = Regenerate { grace, expires_in_days, expires_at };
    let sandbox = visit.state.is_sandbox();
    let issued = match side {
        Side::Own => key::regenerate_own(tx, visit.actor()?, id, &wish, sandbox)?,
        Side::Org => {
            let org = chrome::org_id(visit, tx)?;
            key::regenerate(tx, visit.actor()?, org, id, &wish, sandbox)?
        }
    };
    shown_once(visit, tx, side, &issued)
}

fn end_page(visit: &Visit, tx: &mut Tx<'_>, side: Side, typed: Option<&Form>) -> Result<String> {
    let (c, back) = frame(visit, tx, side)?;
    let one = view(found(visit, tx, side)?, &back, visit.reader.now());
    render(&End { c, form: typed.cloned().unwrap_or_default(), one, back })
}

fn end(visit: &Visit, tx: &mut Tx<'_>, side: Side) -> Result<Done> {
    let (id, wish) = (visit.id_of("key", "API key")?, Revoke { reason: visit.form.optional("reason") });
    let (_, back) = frame(visit, tx, side)?;
    let ended = match side {
        Side::Own => key::revoke_own(tx, visit.actor()?, id, &wish)?,
        Side::Org => {
            let org = chrome::org_id(visit, tx)?;
            key::revoke(tx, visit.actor()?, org, id, &wish)?
        }
    };
    Ok(Done::Say(back, visit.reader.lang.t("key-revoked-said").s("name", ended.name).to_string()))
}

/// The keys of one service account, for its page.
pub fn of_account(visit: &Visit, tx: &mut Tx<'_>, account: UserId, back: &str) -> Result<(Vec<KeyView>, Vec<Segment>)> {
    let org = chrome::org_id(visit, tx)?;
    let all = Listing { page_size: 100, ..Listing::default() };
    let counted = Listing { page_size: 1, ..Listing::default() };
    let (segments, shown) = segments(visit, |shown| Ok(key::list(tx, visit.actor()?, org, Some(account), shown, &counted)?.total))?;
    let page = key::list(tx, visit.actor()?, org, Some(account), shown, &all)?;
    Ok((views(page.items, back, visit.reader.now()), segments))
}

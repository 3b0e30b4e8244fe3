//! API keys: rename, regenerate, revoke; those of an organization and one's own.

use std::{collections::HashMap, time::Duration};

use askama::Template;

use crate::{
    domain::{
        Result,
        error::{Fault, Rule},
        id::KeyId,
        key::key::{ApiKey, Grace, Patch, Regenerate, Revoke},
        time::Instant,
    },
    http::console::base::{
        chrome::Chrome,
        done::Done,
        form::Form,
        page_route::{PageRoute, form, form_once},
        request::PageRequest,
        response::render,
    },
    service::{key::key, org::organization},
    store::Tx,
};

use super::{
    key_list::{KeyView, tail, view},
    key_new::{self, Expiry, Unveiling, sent_already},
    scope::Side,
};

/// A key that was used within this time is in use.
const IN_USE: Duration = Duration::from_secs(30 * 86_400);

#[derive(Template)]
#[template(path = "key/key/rename.html")]
struct Rename {
    c: Chrome,
    form: Form,
    one: KeyView,
    back: String,
    /// The list of all keys.
    list: String,
}

#[derive(Template)]
#[template(path = "key/key/regenerate.html")]
struct Renew {
    c: Chrome,
    form: Form,
    one: KeyView,
    back: String,
    /// The list of all keys.
    list: String,
    expiries: Vec<Expiry>,
}

#[derive(Template)]
#[template(path = "key/key/revoke.html")]
struct End {
    c: Chrome,
    form: Form,
    one: KeyView,
    /// The end of the key before it, and until when that works for its grace period still: nothing takes its place then.
    left: Option<(String, Instant)>,
    back: String,
    /// The list of all keys.
    list: String,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let mut all = Vec::new();
    for (side, rename_at, renew_at, end_at) in [
        (
            Side::Org,
            "/o/{org}/settings/keys/{key}/rename",
            "/o/{org}/settings/keys/{key}/regenerate",
            "/o/{org}/settings/keys/{key}/revoke",
        ),
        (Side::Own, "/account/keys/{key}/rename", "/account/keys/{key}/regenerate", "/account/keys/{key}/revoke"),
    ] {
        let renaming =
            form(rename_at, move |request, tx, typed| rename_page(request, tx, side, typed), move |request, tx| rename(request, tx, side));
        let renewing = form_once(
            renew_at,
            move |request, tx, typed| renew_page(request, tx, side, typed),
            move |request, tx| renewal(request, tx, side),
            move |request, tx, prepared| renew(request, tx, side, prepared),
            move |request| Ok(sent_already(request, side)),
        );
        let ending = form(end_at, move |request, tx, typed| end_page(request, tx, side, typed), move |request, tx| end(request, tx, side));
        let pages = renaming.into_iter().chain(renewing.map(PageRoute::fresh)).chain(ending);
        all.extend(pages.map(|page| side.restrict(page)));
    }
    all
}

/// The key of the path.
///
/// # Errors
/// Not found.
pub fn id(request: &PageRequest) -> Result<KeyId> {
    request.id_of("key", "API key")
}

/// The key of the path as its pages show it.
fn key_view(request: &PageRequest, tx: &mut Tx<'_>, side: Side) -> Result<KeyView> {
    let found = key::get(tx, request.actor()?, side.keys(request)?, id(request)?)?;
    view(request, found, &side.list(request), &HashMap::new())
}

fn rename_page(request: &PageRequest, tx: &mut Tx<'_>, side: Side, typed: Option<&Form>) -> Result<String> {
    let (c, back) = (side.frame(request, tx)?, side.back(request));
    let one = key_view(request, tx, side)?;
    let form = typed.cloned().unwrap_or_else(|| Form::of([("name", one.key.name.clone())]));
    render(&Rename { c, form, one, back, list: side.list(request) })
}

fn rename(request: &PageRequest, tx: &mut Tx<'_>, side: Side) -> Result<Done> {
    let (patch, seen) = (Patch { name: Some(request.form.text("name").to_owned()), ..Patch::default() }, request.form.optional("seen"));
    key::change(tx, request.actor()?, side.keys(request)?, id(request)?, &patch, |key| seen.is_none_or(|seen| seen == key.name))?;
    Ok(Done::Say(side.back(request), request.locale.lang.t("key-renamed").to_string()))
}

fn renew_page(request: &PageRequest, tx: &mut Tx<'_>, side: Side, typed: Option<&Form>) -> Result<String> {
    let (c, back) = (side.frame(request, tx)?, side.back(request));
    let one = key_view(request, tx, side)?;
    if !one.renews && !one.is_over() {
        return Err(Rule::ByItsOwner.into());
    }
    let policy = organization::get(tx, request.actor()?, one.key.org)?.policy;
    let mut expiries = key_new::allowed(&request.locale, &policy);
    // Where the policy has become stricter, the old life cannot be had again.
    let same = Regenerate::default().expiry(one.key.expires_at, &policy, request.locale.now()).ok();
    expiries.splice(0..0, same.map(|end| Expiry::same(&request.locale, end)));
    // Whoever regenerates a key because it ends does not want one that ends as soon.
    let expiry = match expiries.first() {
        Some(first) if one.state == "active" => first.value.clone(),
        _ => Expiry::usual(&expiries),
    };
    // What has used the old key lately needs time for the new one.
    let is_in_use = one.key.last_used_at.is_some_and(|at| at + IN_USE > request.locale.now());
    let grace = if is_in_use { "24h" } else { "none" };
    let form = typed.cloned().unwrap_or_else(|| Form::of([("grace", grace.into()), ("expiry", expiry)]));
    let form = key_new::with_token(request, form);
    render(&Renew { c, form, one, back, list: side.list(request), expiries })
}

/// What is to become of the key, and the page that will show the new one.
fn renewal(request: &PageRequest, tx: &mut Tx<'_>, side: Side) -> Result<(Regenerate, Unveiling)> {
    let grace = match request.form.text("grace") {
        "1h" => Grace::Hour,
        "24h" => Grace::Day,
        "7d" => Grace::Week,
        "none" => Grace::None,
        // A word that is not known must not end the old key at once.
        _ => return Err(Fault::new("grace", "required", "Choose how long the old key still works.").into()),
    };
    let old = key::get(tx, request.actor()?, side.keys(request)?, id(request)?)?;
    let policy = organization::get(tx, request.actor()?, old.org)?.policy;
    let (expires_in_days, expires_at) = key_new::expiry(request, &policy)?;
    let account = old.of_service_account.then_some(old.owner_id);
    let page = Unveiling::prepare(request, tx, side, (old.org, account), old.projects.as_deref())?;
    Ok((Regenerate { grace, expires_in_days, expires_at }, page))
}

fn renew(request: &PageRequest, tx: &mut Tx<'_>, side: Side, (change, page): &(Regenerate, Unveiling)) -> Result<Done> {
    let sandbox = request.state.is_sandbox();
    let issued = key::regenerate(tx, request.actor()?, side.keys(request)?, id(request)?, change, sandbox)?;
    Ok(page.show(request, &issued))
}

fn end_page(request: &PageRequest, tx: &mut Tx<'_>, side: Side, typed: Option<&Form>) -> Result<String> {
    let (c, back) = (side.frame(request, tx)?, side.back(request));
    let one = key_view(request, tx, side)?;
    let old = predecessor(request, tx, side, &one.key)?;
    let left = old.and_then(|old| Some((tail(&old.display).to_owned(), old.grace_ends(request.locale.now())?)));
    render(&End { c, form: typed.cloned().unwrap_or_default(), one, left, back, list: side.list(request) })
}

fn end(request: &PageRequest, tx: &mut Tx<'_>, side: Side) -> Result<Done> {
    let change = Revoke { reason: request.form.optional("reason") };
    let (key, orphan) = key::revoke_living(tx, request.actor()?, side.keys(request)?, id(request)?, &change)?;
    let mut said = request.locale.lang.t("key-revoked-said").s("name", &key.name).to_string();
    if let Some(old) = orphan {
        let until = old.grace_ends_at.map(|at| request.locale.exact(at)).unwrap_or_default();
        said = format!("{said} {}", request.locale.lang.t("key-orphans").s("key", tail(&old.display)).s("until", until));
    }
    Ok(Done::Say(side.back(request), said))
}

/// The key in whose place one came.
fn predecessor(request: &PageRequest, tx: &mut Tx<'_>, side: Side, key: &ApiKey) -> Result<Option<ApiKey>> {
    key.replaces.map(|id| key::get(tx, request.actor()?, side.keys(request)?, id)).transpose()
}

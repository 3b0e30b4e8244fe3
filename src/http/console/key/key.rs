//! API keys: rename, regenerate, revoke; those of an organization and one's own.

use std::collections::HashMap;

use askama::Template;

use crate::{
    domain::{
        Error, Result,
        error::{Fault, Rule},
        id::KeyId,
        key::key::{ApiKey, Grace, KeyStatus, Patch, Regenerate, Revoke},
    },
    http::console::base::{
        chrome::{self, Chrome},
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
    key_list::{KeyView, view},
    key_new::{self, Expiry, sent_already, shown_once},
    scope::{Side, frame},
};

#[derive(Template)]
#[template(path = "key/key/rename.html")]
struct Rename {
    c: Chrome,
    form: Form,
    one: KeyView,
    back: String,
}

#[derive(Template)]
#[template(path = "key/key/regenerate.html")]
struct Renew {
    c: Chrome,
    form: Form,
    one: KeyView,
    back: String,
    expiries: Vec<Expiry>,
}

#[derive(Template)]
#[template(path = "key/key/revoke.html")]
struct End {
    c: Chrome,
    form: Form,
    one: KeyView,
    back: String,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let mut pages = Vec::new();
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
            move |request, tx, typed| rename_page(request, tx, side, typed),
            move |request, tx| rename(request, tx, side),
        ));
        pages.extend(
            form_once(
                renew_at,
                move |request, tx, typed| renew_page(request, tx, side, typed),
                move |request, tx| renew(request, tx, side),
                move |request, tx| sent_already(request, tx, side),
            )
            .map(PageRoute::fresh),
        );
        pages.extend(form(end_at, move |request, tx, typed| end_page(request, tx, side, typed), move |request, tx| end(request, tx, side)));
    }
    pages
}

/// The key of the path.
fn load_key(request: &PageRequest, tx: &mut Tx<'_>, side: Side) -> Result<ApiKey> {
    let id: KeyId = request.id_of("key", "API key")?;
    match side {
        Side::Own => key::get_own(tx, request.actor()?, id),
        Side::Org => {
            let org = chrome::org_id(request, tx)?;
            key::get(tx, request.actor()?, org, id)
        }
    }
}

/// The same as its pages show it.
fn key_view(request: &PageRequest, tx: &mut Tx<'_>, side: Side, back: &str) -> Result<KeyView> {
    view(request, load_key(request, tx, side)?, back, &HashMap::new())
}

fn rename_page(request: &PageRequest, tx: &mut Tx<'_>, side: Side, typed: Option<&Form>) -> Result<String> {
    let (c, back) = frame(request, tx, side)?;
    let one = key_view(request, tx, side, &back)?;
    let form = typed.cloned().unwrap_or_else(|| Form::of([("name", one.key.name.clone())]));
    render(&Rename { c, form, one, back })
}

/// A name that somebody else gave it since the form was filled is not overwritten unseen.
fn rename(request: &PageRequest, tx: &mut Tx<'_>, side: Side) -> Result<Done> {
    if let Some(seen) = request.form.optional("seen")
        && load_key(request, tx, side)?.name != seen
    {
        return Err(Error::Stale);
    }
    let (id, patch) = (request.id_of("key", "API key")?, Patch { name: request.form.text("name").to_owned() });
    let (_, back) = frame(request, tx, side)?;
    match side {
        Side::Own => key::rename_own(tx, request.actor()?, id, &patch)?,
        Side::Org => {
            let org = chrome::org_id(request, tx)?;
            key::rename(tx, request.actor()?, org, id, &patch)?
        }
    };
    Ok(Done::Say(back, request.locale.lang.t("key-renamed").to_string()))
}

fn renew_page(request: &PageRequest, tx: &mut Tx<'_>, side: Side, typed: Option<&Form>) -> Result<String> {
    let (c, back) = frame(request, tx, side)?;
    let one = key_view(request, tx, side, &back)?;
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
    let form = typed.cloned().unwrap_or_else(|| Form::of([("grace", "none".into()), ("expiry", expiry)]));
    let form = key_new::numbered(request, form);
    render(&Renew { c, form, one, back, expiries })
}

fn renew(request: &PageRequest, tx: &mut Tx<'_>, side: Side) -> Result<Done> {
    let id = request.id_of("key", "API key")?;
    let grace = match request.form.text("grace") {
        "1h" => Grace::Hour,
        "24h" => Grace::Day,
        "7d" => Grace::Week,
        "none" => Grace::None,
        // A word that is not known must not end the old key at once.
        _ => return Err(Fault::new("grace", "required", "Choose how long the old key still works.").into()),
    };
    let org = load_key(request, tx, side)?.org;
    let policy = organization::get(tx, request.actor()?, org)?.policy;
    let (expires_in_days, expires_at) = key_new::expiry(request, &policy)?;
    let change = Regenerate { grace, expires_in_days, expires_at };
    let sandbox = request.state.is_sandbox();
    let issued = match side {
        Side::Own => key::regenerate_own(tx, request.actor()?, id, &change, sandbox)?,
        Side::Org => {
            let org = chrome::org_id(request, tx)?;
            key::regenerate(tx, request.actor()?, org, id, &change, sandbox)?
        }
    };
    shown_once(request, tx, side, &issued)
}

fn end_page(request: &PageRequest, tx: &mut Tx<'_>, side: Side, typed: Option<&Form>) -> Result<String> {
    let (c, back) = frame(request, tx, side)?;
    let one = key_view(request, tx, side, &back)?;
    render(&End { c, form: typed.cloned().unwrap_or_default(), one, back })
}

fn end(request: &PageRequest, tx: &mut Tx<'_>, side: Side) -> Result<Done> {
    let (id, change) = (request.id_of("key", "API key")?, Revoke { reason: request.form.optional("reason") });
    let (_, back) = frame(request, tx, side)?;
    // Another reason would be dropped in silence: the page then says who was faster.
    if load_key(request, tx, side)?.status(request.locale.now()) == KeyStatus::Revoked {
        return Err(Fault::new("keyId", "revoked", "This key was revoked or replaced already.").into());
    }
    let ended = match side {
        Side::Own => key::revoke_own(tx, request.actor()?, id, &change)?,
        Side::Org => {
            let org = chrome::org_id(request, tx)?;
            key::revoke(tx, request.actor()?, org, id, &change)?
        }
    };
    Ok(Done::Say(back, request.locale.lang.t("key-revoked-said").s("name", ended.name).to_string()))
}

//! From where and how often a key may be used: the page that changes it.

use std::collections::HashMap;

use askama::Template;

use crate::{
    domain::{
        Result,
        key::{
            key::{ApiKey, Patch},
            restriction::Restrictions,
        },
    },
    http::console::base::{
        chrome::Chrome,
        done::Done,
        form::Form,
        page_route::{PageRoute, form},
        request::PageRequest,
        response::render,
    },
    service::key::key,
    store::Tx,
};

use super::{
    key::id,
    key_list::{KeyView, view},
    restriction_fields,
    scope::Side,
};

#[derive(Template)]
#[template(path = "key/key/restrict.html")]
struct Restrict {
    c: Chrome,
    form: Form,
    one: KeyView,
    back: String,
    /// Where the list is.
    list: String,
    /// The restrictions when the form was first shown.
    now: String,
    /// From where the reader comes.
    here: String,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let mut all = Vec::new();
    for (side, path) in [(Side::Org, "/o/{org}/settings/keys/{key}/restrict"), (Side::Own, "/account/keys/{key}/restrict")] {
        let pages = form(path, move |request, tx, typed| show(request, tx, side, typed), move |request, tx| restrict(request, tx, side));
        all.extend(pages.map(|page| side.restrict(page).fresh()));
    }
    all
}

fn show(request: &PageRequest, tx: &mut Tx<'_>, side: Side, typed: Option<&Form>) -> Result<String> {
    let (c, back) = (side.frame(request, tx)?, side.back(request));
    let found = key::get(tx, request.actor()?, side.keys(request)?, id(request)?)?;
    let one = view(request, found, &side.list(request), &HashMap::new())?;
    let now = &one.key.restrictions;
    let number = now.requests_per_minute.map(|number| number.to_string()).unwrap_or_default();
    let form = typed.cloned().unwrap_or_else(|| {
        Form::of([
            ("networks", now.networks_text()),
            ("requestsPerMinute", number),
            ("submissions", restriction_fields::choice_of(now.submissions).to_owned()),
        ])
    });
    render(&Restrict { c, form, now: words(now), one, back, list: side.list(request), here: request.ip.to_string() })
}

fn restrict(request: &PageRequest, tx: &mut Tx<'_>, side: Side) -> Result<Done> {
    let (networks, requests_per_minute) = restriction_fields::parse(&request.form)?;
    let patch = Patch {
        networks: Some(networks),
        requests_per_minute: Some(requests_per_minute),
        submissions: Some(restriction_fields::submissions(&request.form)),
        ..Patch::default()
    };
    let seen = request.form.optional("seen");
    let is_seen = |key: &ApiKey| seen.is_none_or(|seen| seen == words(&key.restrictions));
    let key = key::change(tx, request.actor()?, side.keys(request)?, id(request)?, &patch, is_seen)?;
    let said = if key.restrictions.is_empty() { "key-unrestricted" } else { "key-restricted" };
    Ok(Done::Say(side.back(request), request.locale.lang.t(said).s("name", key.name).to_string()))
}

/// The restrictions in one word, to find out whether somebody changed them meanwhile.
fn words(restrictions: &Restrictions) -> String {
    let chosen = restriction_fields::choice_of(restrictions.submissions);
    let words = format!("{};{}", restrictions.networks_text(), restrictions.requests_per_minute.unwrap_or_default());
    if chosen.is_empty() { words } else { format!("{words};{chosen}") }
}

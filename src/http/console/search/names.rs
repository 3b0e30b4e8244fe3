//! What people have named, found for whoever may see it in the lists: keys, service accounts, people, invitations, and files of the project.
//!
//! A list is asked for the words as they are, which the database looks for in the folded names. Only where it finds nothing are its
//! newest names looked at for a typo, no more of them than a page of a list has.

use crate::{
    domain::{
        Result,
        access::{ActorKind, Permission},
        key::key::ApiKey,
        listing::{Listing, PAGE_SIZE_MAX},
    },
    http::console::base::{
        chrome::Chrome,
        link::{OrgPlace, PaletteItem},
        request::{PageRequest, encode},
    },
    service::{
        file::file,
        key::key::{self, KeyScope},
        org::{invitation, member, service_account},
    },
    store::{Tx, file::file::NEWEST, key::key_list::KeyFilter},
};

use super::{
    super::key::key_list::tail,
    query::{Match, Query},
};

/// Most of each noun that are shown.
const MOST: u32 = 8;

/// An item with how well it was found.
pub type Found = (PaletteItem, Match);

/// Those of the organization for whoever may see them; the keys of everybody else are their own.
///
/// # Errors
/// Those of the lists.
pub fn all(request: &PageRequest, tx: &mut Tx<'_>, c: &Chrome, at: Option<&OrgPlace>, query: &Query) -> Result<Vec<Found>> {
    let actor = request.actor()?;
    let may = |permission| at.filter(|_| c.org_can().includes(permission));
    let mut all = match may(Permission::AccessRead) {
        Some(at) => of_keys(request, tx, c, (KeyScope::Org(at.id), &format!("{}/keys", c.settings())), query)?,
        None => of_keys(request, tx, c, (KeyScope::Own, "/account/keys"), query)?,
    };
    if let Some(at) = may(Permission::AccessRead) {
        let of = c.t("service-accounts").to_string();
        all.extend(find_in(query, |listing| {
            let page = service_account::list(tx, actor, at.id, listing)?.items.into_iter();
            Ok(page.map(|one| PaletteItem::new(format!("{}/accounts/{}", c.settings(), one.id), "bot", one.name, of.clone())).collect())
        })?);
    }
    if let Some(at) = may(Permission::MemberRead) {
        let to = |email: &str| format!("{}/members?search={}", c.settings(), encode(email));
        all.extend(find_in(query, |listing| {
            let page = member::list(tx, actor, at.id, listing)?.items.into_iter().filter(|one| one.person.kind == ActorKind::User);
            let of = |word: &str| format!("{} · {}", c.t("members"), c.word("role", word));
            Ok(page.map(|one| PaletteItem::new(to(&one.person.email), "circle-user", one.person.name, of(one.role.word()))).collect())
        })?);
    }
    if let Some(at) = may(Permission::AccessRead) {
        let of = c.t("invitations").to_string();
        let to = |email: &str| format!("{}/invitations?search={}", c.settings(), encode(email));
        all.extend(find_in(query, |listing| {
            let page = invitation::list(tx, actor, at.id, listing)?.items.into_iter();
            Ok(page.map(|one| PaletteItem::new(to(&one.email), "mail-open", one.email, of.clone())).collect())
        })?);
    }
    if let (Some(at), Some(project)) = (at, c.project.as_ref().filter(|_| c.reads_project())) {
        let of = format!("{} · {}", c.t("files"), project.name);
        all.extend(find_in(query, |listing| {
            let listing = Listing { order: NEWEST, ..listing.clone() };
            let page = file::list(tx, actor, (at.id, project.id), &listing)?.items.into_iter();
            let to = |id| format!("{}/files/{id}", c.project_base());
            Ok(page.map(|one| PaletteItem::new(to(one.id), "file-text", one.original_filename, of.clone())).collect())
        })?);
    }
    Ok(all)
}

/// Keys lead to their page, below `base`.
fn of_keys(request: &PageRequest, tx: &mut Tx<'_>, c: &Chrome, (scope, base): (KeyScope, &str), query: &Query) -> Result<Vec<Found>> {
    let of = |key: &ApiKey| format!("{} · {} · …{}", c.t("api-keys"), key.owner_name, tail(&key.display));
    find_in(query, |listing| {
        let page = key::list(tx, request.actor()?, scope, KeyFilter::All, listing)?.items.into_iter();
        Ok(page.map(|key| PaletteItem::new(format!("{base}/{}", key.id), "key-round", key.name.clone(), of(&key))).collect())
    })
}

/// What a list finds; where that is nothing, what of its newest is one typo away.
fn find_in(query: &Query, mut list: impl FnMut(&Listing) -> Result<Vec<PaletteItem>>) -> Result<Vec<Found>> {
    let strict = Listing { page_size: MOST, search: Some(query.text().to_owned()), ..Listing::default() };
    let held = list(&strict)?;
    if !held.is_empty() || !query.may_be_close() {
        // It may be held by what is not shown, such as an address.
        return Ok(held
            .into_iter()
            .map(|item| (query.find(&item.text()).unwrap_or(Match::Holds).min(Match::Holds), item))
            .map(swap)
            .collect());
    }
    let newest = list(&Listing { page_size: PAGE_SIZE_MAX, ..Listing::default() })?.into_iter();
    let close = newest.filter_map(|item| Some((query.find(&item.text())?, item))).map(swap);
    Ok(close.take(MOST as usize).collect())
}

fn swap((how, item): (Match, PaletteItem)) -> Found {
    (item, how)
}

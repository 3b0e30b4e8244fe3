//! What has changed of what is published in a project, told to front-ends in its order.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, Permission, Scope},
        content::{
            self, Locales, Status,
            front::change::{FeedItem, FeedPosition, Gone, KEPT},
            render::tree::Rendered,
        },
        id::{AppId, AppPath, OrgId, ProjectId, ProjectPath},
        time::Instant,
    },
    service::{
        authorize,
        content::{
            checked::{locales, project_of},
            place::nested,
            reference::{Frame, KnownNames, frame},
            render,
        },
    },
    store::{Tx, content::front::change, project::project},
};

/// Where changes are told of: a project, or one app of it.
pub type ScopePath = (OrgId, ProjectId, Option<AppId>);

/// Some changes, and how far one was told with them.
#[derive(Debug, Clone)]
pub struct ChangePage {
    /// The changes, each of another entry.
    pub changes: Vec<FeedItem>,
    /// Where to go on.
    pub place: FeedPosition,
    /// Whether there are more at this moment.
    pub has_more: bool,
    /// The language of the project that is nearest to the one that was asked for.
    pub language: Option<String>,
}

/// What an entry is told as.
#[derive(Debug, Clone, Copy, Default)]
pub struct Form<'f> {
    /// Without its content.
    pub lite: bool,
    /// With its content as HTML.
    pub html: bool,
    /// In one language.
    pub locale: Option<&'f str>,
    /// Where this server is reached: files are there.
    pub base: &'f str,
}

/// An entry as it is told.
#[derive(Debug)]
pub struct Put {
    /// The entry.
    pub entry: content::Entry,
    /// What frames it.
    pub frame: Frame,
    /// Its content as HTML, if that was asked for.
    pub rendered: Option<Rendered>,
}

/// Changes behind a place, at most so many; without one, all that is published.
///
/// # Errors
/// Those of the gate; the cursor has expired.
pub fn page(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    (org, project, app): ScopePath,
    (place, most): (Option<FeedPosition>, u32),
    locale: Option<&str>,
) -> Result<ChangePage> {
    let may = Permission::ProjectRead;
    let told = match app {
        Some(app) => {
            let at = authorize::app(tx, actor, (org, project, app), None, may)?;
            page_of(tx, &at, place, most)?
        }
        None => {
            let at = authorize::project(tx, actor, (org, project), may)?;
            page_of(tx, &at, place, most)?
        }
    };
    let Some(locale) = locale else { return Ok(told) };
    let see = authorize::project(tx, actor, (org, project), Permission::ProjectSee)?;
    let language = locales(&project::get_without_apps(tx, &see)?).nearest(locale).to_owned();
    Ok(ChangePage { language: Some(language), ..told })
}

fn page_of<S: Scope>(tx: &mut Tx<'_>, at: &Granted<S>, place: Option<FeedPosition>, most: u32) -> Result<ChangePage> {
    let numbers = change::numbers(tx, at)?;
    let place = place.unwrap_or_else(|| FeedPosition::start(numbers)).check(numbers)?;
    let mut changes = change::page(tx, at, place, most + 1)?;
    let has_more = changes.len() > most as usize;
    changes.truncate(most as usize);
    // At the end everything up to now was told, also what this caller has nothing of.
    let after = changes.last().filter(|_| has_more).map_or(numbers.last, |last| last.n);
    Ok(ChangePage { changes, place: place.at(after), has_more, language: None })
}

/// Reads what changed, and hands on each as it is now before the next is read, until `take` has had enough; how many it went through.
pub fn each(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    (org, project): ProjectPath,
    changes: &[FeedItem],
    form: Form<'_>,
    mut take: impl FnMut(&FeedItem, std::result::Result<Put, Gone>) -> Result<bool>,
) -> Result<usize> {
    let (mut entered, mut known) = (HashMap::new(), KnownNames::default());
    for (went, change) in changes.iter().enumerate() {
        let granted = match entered.entry(change.app) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(may_read(tx, actor, (org, project, change.app))?),
        };
        let now = match granted.as_ref().filter(|_| change.gone.is_none()) {
            Some(granted) => now(tx, granted, change, &mut known)?,
            None => Err(change.gone.unwrap_or(Gone::Deleted)),
        };
        let now = match now {
            Ok((entry, frame)) => Ok(put(tx, actor, (entry, frame), form)?),
            Err(gone) => Err(gone),
        };
        if !take(change, now)? {
            return Ok(went + 1);
        }
    }
    Ok(changes.len())
}

/// Authorizes the caller to read an app; none, where it went into the trash meanwhile.
fn may_read(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath) -> Result<Option<Granted<InApp>>> {
    match authorize::app(tx, actor, at, None, Permission::ProjectRead) {
        Err(Error::NotFound(_)) => Ok(None),
        granted => granted.map(Some),
    }
}

/// An entry as it is at this moment, with what frames it.
fn now(
    tx: &mut Tx<'_>,
    at: &Granted<InApp>,
    change: &FeedItem,
    known: &mut KnownNames,
) -> Result<std::result::Result<(content::Entry, Frame), Gone>> {
    let Some(mut entry) = change::entry(tx, at, change.entry)? else { return Ok(Err(Gone::Deleted)) };
    if entry.status != Status::Published {
        return Ok(Err(Gone::Unpublished));
    }
    let frame = frame(tx, at, &mut entry, known)?;
    Ok(Ok((entry, frame)))
}

fn put(tx: &mut Tx<'_>, actor: &Arc<Actor>, (mut entry, mut frame): (content::Entry, Frame), form: Form<'_>) -> Result<Put> {
    let at = (entry.org, entry.project, entry.app);
    let rendered =
        if form.html && entry.kind.has_tree() { Some(render::html(tx, actor, at, &entry, (form.locale, form.base))?) } else { None };
    if form.html {
        entry.fields = render::resolve_file_links(tx, actor, at, &entry, form.base)?;
    }
    if form.lite {
        entry.content = "[]".to_owned();
    }
    if let Some(locale) = form.locale {
        let project = project_of(tx, actor, at)?;
        let languages: Locales<'_> = locales(&project);
        entry.flatten(locale, &languages)?;
        nested::flatten(&mut frame.children, locale, &languages)?;
    }
    Ok(Put { entry, frame, rendered })
}

/// What was gone by then is told no longer.
fn until(tx: &Tx<'_>) -> Instant {
    tx.now() - KEPT
}

/// Whether there is something to tell no longer.
pub fn any_old(tx: &mut Tx<'_>) -> Result<bool> {
    let until = until(tx);
    change::unguarded_any_old(tx, until)
}

/// Drops some of it; how much.
pub fn forget(tx: &mut Tx<'_>) -> Result<usize> {
    let until = until(tx);
    change::unguarded_forget(tx, until)
}

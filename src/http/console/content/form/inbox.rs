//! What visitors have sent to a form: the list, one of them beside it, and what is done to one or to several.

use std::str::FromStr;

use askama::Template;

use crate::{
    domain::{
        Error, Result,
        access::Permission,
        content::Kind,
        error::Fault,
        form::{
            submission::{Mark, Patch, Submission},
            telling::mail::Mail,
        },
        id::SubmissionId,
        listing::{Filter, Listing, Test},
        time::DAY,
    },
    http::console::{
        base::{
            chrome::Chrome,
            done::Done,
            form::Form,
            link::AppLink,
            page_route::{PageRoute, form, get, post},
            pager::{Pager, Segment},
            request::{PageRequest, encode},
            response::render,
        },
        content::{
            entry::id,
            entry_list::{all, frame, kind},
        },
    },
    service::{
        content::entry_list,
        form::{
            mail,
            submission::{self, Counts},
        },
    },
    store::{
        Tx,
        form::{blocked::Blocked, submission::SUBMISSIONS},
    },
};

use super::answers::{Answered, Questions};

/// The parameters of the page beside those of the list: which one is shown, and how many days are looked back.
const SHOW: &str = "show";
const DAYS: &str = "days";
/// The days that are offered.
pub(super) const PERIODS: [u32; 3] = [7, 30, 365];
/// Days for which what was turned away is counted.
const WINDOW: u32 = 30;

#[derive(Template)]
#[template(path = "content/form/inbox/list.html")]
struct Inbox {
    c: Chrome,
    app: AppLink,
    kind: &'static Kind,
    name: String,
    /// Where the form is, and all forms.
    at: String,
    back: String,
    rows: Vec<Answered>,
    pager: Pager,
    segments: Vec<Segment>,
    counts: Counts,
    search: String,
    mark: String,
    days: String,
    filtered: bool,
    shown: Option<ShownSubmission>,
    blocked: Vec<Blocked>,
    form: Form,
}

/// The one that is shown beside the list, and what was written of it.
struct ShownSubmission {
    one: Answered,
    mails: Vec<Mail>,
    newer: Option<String>,
    older: Option<String>,
}

#[derive(Template)]
#[template(path = "content/form/inbox/delete.html")]
struct Delete {
    c: Chrome,
    app: AppLink,
    kind: &'static Kind,
    name: String,
    list: String,
    at: String,
    back: String,
    one: Answered,
}

/// The pages of this file.
pub(in crate::http::console) fn pages() -> Vec<PageRoute> {
    let list = get(all!("/{entry}/submissions"), |request, tx| inbox(request, tx, None)).needs(Permission::SubmissionRead);
    let sent = [
        post(all!("/{entry}/submissions/several"), inbox, several).shown_at(all!("/{entry}/submissions")).does("mark-submissions"),
        post(all!("/{entry}/submissions/mark"), inbox, mark).shown_at(all!("/{entry}/submissions")).does("mark-submission"),
        post(all!("/{entry}/submissions/note"), inbox, note).shown_at(all!("/{entry}/submissions")).does("note-submission"),
        post(all!("/{entry}/submissions/resend"), inbox, resend).shown_at(all!("/{entry}/submissions")).does("resend-submission-email"),
    ];
    let deleted = form(all!("/{entry}/submissions/{submission}/delete"), delete_page, delete);
    [list].into_iter().chain(sent.into_iter().chain(deleted).map(|page| page.needs(Permission::EntryWrite))).collect()
}

/// The kind of the path, if visitors fill its entries in.
pub(super) fn of_forms(request: &PageRequest) -> Result<&'static Kind> {
    kind(request).ok().filter(|kind| kind.is_form()).ok_or(Error::NotFound("page"))
}

fn typed_id(text: &str) -> Result<SubmissionId> {
    SubmissionId::from_str(text).map_err(|_| Error::NotFound("submission"))
}

fn inbox(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let kind = of_forms(request)?;
    let (c, app, at, back) = frame(request, tx)?;
    let (actor, target) = (request.actor()?, (kind, id(request)?));
    let entry = entry_list::view(tx, actor, at, kind, target.1)?.entry;
    let asking = Questions::of(&c, &entry)?;
    let (listing, days) = listing(request, tx)?;
    let page = submission::list(tx, actor, at, target, &listing)?;
    let counts = submission::counts(tx, actor, at, target)?;
    let pager = Pager::of(request, &page)?;
    let ids: Vec<_> = page.items.iter().map(|one| one.id).collect();
    let shown = match request.query(SHOW) {
        Some(text) => {
            let one = submission::get(tx, actor, at, target, typed_id(text)?)?;
            let mails = mail::of(tx, actor, at, target, one.id)?;
            Some(shown_beside(request, &c, &asking, (one, mails), &ids))
        }
        None => None,
    };
    let text = |name: &str| request.query(name).unwrap_or_default().to_owned();
    render(&Inbox {
        rows: page.items.into_iter().map(|one| asking.describe(&c, one)).collect(),
        segments: segments(request, &c, &counts),
        blocked: submission::blocked(tx, actor, at, target, WINDOW)?,
        filtered: listing.search.is_some() || !listing.filters.is_empty(),
        at: format!("{back}/{}", entry.id),
        name: entry.name,
        form: typed.cloned().unwrap_or_default(),
        search: text("search"),
        mark: text("mark"),
        pager,
        counts,
        days,
        shown,
        c,
        app,
        kind,
        back,
    })
}

/// What is asked for, and the days that are looked back.
fn listing(request: &PageRequest, tx: &Tx<'_>) -> Result<(Listing, String)> {
    let mut listing = request.listing(&SUBMISSIONS, &[SHOW, DAYS])?;
    let Some(text) = request.query(DAYS).filter(|text| !text.is_empty()) else { return Ok((listing, String::new())) };
    let days = text.parse().ok().filter(|days| PERIODS.contains(days));
    let days = days.ok_or_else(|| Fault::new(DAYS, "malformed", "This period is not offered."))?;
    listing.filters.push(Filter { field: "createdAt", test: Test::Since(tx.now() - DAY * days) });
    Ok((listing, text.to_owned()))
}

fn segments(request: &PageRequest, c: &Chrome, counts: &Counts) -> Vec<Segment> {
    let chosen = request.query("mark").unwrap_or_default();
    let all = [("", "all", counts.all), ("unread", "unread", counts.unread), ("spam", "spam", counts.spam)];
    let segment = |(mark, word, count): (&str, &str, u64)| Segment {
        words: c.word("form-sent", word).to_string(),
        to: request.with("mark", mark),
        count,
        here: mark == chosen,
    };
    all.map(segment).into()
}

/// One of them, with the ways to those beside it on this page of the list.
fn shown_beside(
    request: &PageRequest,
    c: &Chrome,
    asking: &Questions,
    (one, mails): (Submission, Vec<Mail>),
    ids: &[SubmissionId],
) -> ShownSubmission {
    let at = ids.iter().position(|id| *id == one.id);
    let way = |at: Option<usize>| at.and_then(|at| ids.get(at)).map(|id| request.with(SHOW, &id.to_string()));
    ShownSubmission {
        newer: way(at.and_then(|at| at.checked_sub(1))),
        older: way(at.map(|at| at + 1)),
        one: asking.describe(c, one),
        mails,
    }
}

/// The list as it was narrowed, which a form of the page sends along.
fn list_of(request: &PageRequest) -> String {
    let list = request.path().rsplit_once('/').map_or("/", |(list, _)| list);
    let query = request.form.text("query");
    if query.is_empty() { list.to_owned() } else { format!("{list}?{query}") }
}

fn patch_of(request: &PageRequest) -> Result<Patch> {
    let mark = Mark::from_word(request.form.text("mark"));
    let mark = mark.ok_or_else(|| Fault::new("mark", "required", "Say what it is to be marked as."))?;
    Ok(Patch { mark: Some(mark), ..Patch::default() })
}

fn mark(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let (target, patch) = ((of_forms(request)?, id(request)?), patch_of(request)?);
    submission::update(tx, request.actor()?, request.app()?, target, typed_id(request.form.text("one"))?, &patch)?;
    Ok(Done::See(list_of(request)))
}

fn note(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let target = (of_forms(request)?, id(request)?);
    let patch = Patch { note: Some(Some(request.form.text("note").to_owned())), ..Patch::default() };
    submission::update(tx, request.actor()?, request.app()?, target, typed_id(request.form.text("one"))?, &patch)?;
    Ok(Done::Say(list_of(request), request.locale.lang.t("form-note-kept").to_string()))
}

fn resend(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let target = (of_forms(request)?, id(request)?);
    let which = request.form.text("email").parse().map_err(|_| Error::NotFound("email"))?;
    let one = (target, typed_id(request.form.text("one"))?, which);
    mail::resend(tx, request.actor()?, request.app()?, one, &request.state.post())?;
    Ok(Done::Say(list_of(request), request.locale.lang.t("form-mail-resent").to_string()))
}

/// Marks or deletes those that were chosen.
fn several(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let (actor, at, target) = (request.actor()?, request.app()?, (of_forms(request)?, id(request)?));
    let ids = request.form.chosen_ids("one")?;
    let is_delete = request.form.text("mark") == "delete";
    if is_delete {
        submission::delete(tx, actor, at, target, &ids)?;
    } else {
        submission::update_all(tx, actor, at, target, &ids, &patch_of(request)?)?;
    }
    let words = if is_delete { "form-sent-deleted" } else { "form-sent-marked" };
    Ok(Done::Say(list_of(request), request.locale.lang.t(words).n("n", ids.len()).to_string()))
}

fn delete_page(request: &PageRequest, tx: &mut Tx<'_>, _: Option<&Form>) -> Result<String> {
    let kind = of_forms(request)?;
    let (c, app, at, list) = frame(request, tx)?;
    let entry = entry_list::view(tx, request.actor()?, at, kind, id(request)?)?.entry;
    let one = submission::get(tx, request.actor()?, at, (kind, entry.id), typed_id(request.param("submission"))?)?;
    let one = Questions::of(&c, &entry)?.describe(&c, one);
    let at = format!("{list}/{}", entry.id);
    render(&Delete { back: format!("{at}/submissions?show={}", one.sent.id), c, app, kind, name: entry.name, list, at, one })
}

fn delete(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let target = (of_forms(request)?, id(request)?);
    submission::delete(tx, request.actor()?, request.app()?, target, &[typed_id(request.param("submission"))?])?;
    let list = request.path().rsplitn(3, '/').nth(2).unwrap_or("/").to_owned();
    Ok(Done::Say(list, request.locale.lang.t("form-sent-deleted").n("n", 1).to_string()))
}

impl Inbox {
    /// How this list is narrowed, for the way back from a form of the page.
    fn query(&self) -> &str {
        self.c.here.split_once('?').map_or("", |(_, query)| query)
    }

    /// The list with this one beside it; without one for none.
    fn beside(&self, id: &str) -> String {
        let kept = self.query().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("show="));
        let shown = Some(format!("{SHOW}={id}")).filter(|_| !id.is_empty());
        let query: Vec<_> = kept.map(str::to_owned).chain(shown).collect();
        let list = format!("{}/submissions", self.at);
        if query.is_empty() { list } else { format!("{list}?{}", query.join("&")) }
    }

    fn way(&self, id: &SubmissionId) -> String {
        self.beside(&id.to_string())
    }

    /// Where all is that the address of one has sent.
    fn sender(&self, one: &Answered) -> String {
        format!("{}/submissions/sender?email={}", self.at, encode(&one.email))
    }

    fn closed(&self) -> String {
        self.beside("")
    }

    fn is_shown(&self, id: &SubmissionId) -> bool {
        self.shown.as_ref().is_some_and(|shown| shown.one.sent.id == *id)
    }

    fn reason(&self, word: &str) -> String {
        reason(&self.c, word)
    }

    /// How much of the most that is.
    fn share(&self, one: &Blocked) -> String {
        let most = self.blocked.iter().map(|one| one.count).max().unwrap_or(1).max(1);
        format!("{}%", one.count * 100 / most)
    }
}

/// Why something was turned away, in words.
pub(super) fn reason(c: &Chrome, word: &str) -> String {
    let key = format!("form-blocked-{}", word.replace(['_', ':'], "-"));
    if c.locale().lang.has(&key) { c.t(&key).to_string() } else { word.to_owned() }
}

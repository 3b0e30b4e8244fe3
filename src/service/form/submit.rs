//! A visitor and a form: it is shown, and what they send is checked and stored.

use std::{net::IpAddr, time::Duration};

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, Permission},
        content::{
            Entry, Kind, Locales,
            render::{answers::Answers, document::PageDocument, links::Loads, tree::Rendered},
        },
        form::{
            check::{Answers as Good, check},
            definition::Definition,
            rule::Wrong,
            sent::Sent,
            settings::{Limit, Settings},
            submission::{self as sending, Mark, Metadata, Submission},
            telling::message,
        },
        id::{EntryId, ProjectId, ProjectPath, SubmissionId},
        project::project::Project,
        text,
        time::{DAY, Instant},
    },
    service::{
        authorize,
        content::{
            checked::{locales, project_of},
            render,
        },
        form::captcha,
        form_token,
        org::{invitation::Post, organization},
        project::branding,
    },
    store::{
        Tx,
        content::entry,
        form::{
            blocked, path,
            submission::{self, Keys},
        },
        project::webhook::tell,
    },
};

use super::{
    attachment::{self, Attached},
    mail::{self, Form},
};

/// Nobody reads and fills in a form faster.
const FASTEST: Duration = Duration::from_secs(2);

/// The form that a visitor asks for.
#[derive(Debug, Clone)]
pub enum Which {
    /// By its id.
    Id(EntryId),
    /// By its slug, on a host of its project.
    Slug(ProjectId, String),
}

/// A form that is there, in the language of a visitor.
#[derive(Debug)]
pub struct Open {
    granted: Granted<InApp>,
    project: Project,
    /// The form.
    pub form: Entry,
    /// The language.
    pub language: String,
    /// What it asks.
    pub definition: Definition,
    /// Its settings.
    pub settings: Settings,
    /// The site that it belongs to, as the origin of addresses, where one is known.
    site: Option<String>,
}

/// The form, in the language of the project that is nearest to the one that is wanted.
///
/// # Errors
/// Not found.
pub fn open(tx: &mut Tx<'_>, which: &Which, wanted: Option<&str>) -> Result<Open> {
    let nowhere = || Error::NotFound("form");
    let kind: &'static Kind = tx.kinds().iter().copied().find(|kind| kind.is_form()).ok_or_else(nowhere)?;
    let found = match which {
        Which::Id(id) => path::unguarded_of_id(tx, kind, *id)?,
        Which::Slug(project, slug) => path::unguarded_of_slug(tx, kind, *project, slug)?,
    };
    let (org, project, app, id) = found.ok_or_else(nowhere)?;
    // Visitors are nobody: the server itself reads the form for them, and stores what they send.
    let server = Actor::operator();
    let granted = authorize::app(tx, &server, (org, project, app), Some(kind.app_type), Permission::ProjectRead)?;
    let form = entry::get(tx, &granted, kind, id)?;
    let project = project_of(tx, &server, (org, project, app))?;
    let of = locales(&project);
    let language = wanted.map_or(of.default, |wanted| of.nearest(wanted)).to_owned();
    let definition = Definition::read(&form.content, &language, &of)?;
    let settings = Settings::of(&form)?;
    let site = match settings.allowed_origins.first() {
        Some(site) => text::origin(site),
        None => organization::get(tx, &server, org)?.website.as_deref().and_then(text::origin),
    };
    Ok(Open { granted, language, definition, settings, form, project, site })
}

impl Open {
    /// The languages of the project.
    pub fn locales(&self) -> Locales<'_> {
        locales(&self.project)
    }

    /// Its organization and its project.
    pub const fn place(&self) -> ProjectPath {
        (self.granted.org(), self.form.project)
    }

    /// The project.
    pub const fn project(&self) -> ProjectId {
        self.form.project
    }

    /// What it asks as HTML, with what was answered so far.
    ///
    /// # Errors
    /// Those of the store.
    pub fn html(&self, tx: &mut Tx<'_>, content: &str, loads: Loads<'_>, answers: &dyn Answers) -> Result<Rendered> {
        let loads = if let Loads::OwnAlone(_) = loads { Loads::OwnAlone(self.site.as_deref()) } else { loads };
        render::filled_in(tx, &self.granted, content, (&self.language, &self.locales()), (loads, answers))
    }

    /// Where an address leads from a page of this server: a path leads to the site of the form, where that is known.
    pub fn on_site(&self, to: &str) -> String {
        Loads::OwnAlone(self.site.as_deref()).on_site(to.to_owned())
    }

    /// A page of the form, which wears what its app wears.
    ///
    /// # Errors
    /// Those of the store.
    pub fn document(&self, tx: &mut Tx<'_>, content: Rendered) -> Result<PageDocument> {
        let branding = branding::worn(tx, &self.granted)?;
        let marks = render::marks(tx, &self.granted, branding.as_ref())?;
        let (title, language) = (self.form.name.clone(), self.language.clone());
        Ok(PageDocument { title, language, content, branding, marks, ..PageDocument::default() })
    }
}

/// What a visitor sends.
#[derive(Debug, Clone)]
pub struct SubmitRequest {
    /// What was filled in.
    pub sent: Sent,
    /// The token of the page; none from a page that is not ours.
    pub token: Option<String>,
    /// What stands in the field that nobody sees.
    pub trap: String,
    /// What the browser found by its work.
    pub solution: Option<String>,
    /// Whether they were asked to send it again.
    pub again: bool,
    /// The site that it was sent from, if that is another one.
    pub origin: Option<String>,
    /// From where.
    pub address: IpAddr,
    /// What the browser says of itself.
    pub user_agent: Option<String>,
    /// The page that it was sent from.
    pub referer: Option<String>,
    /// How those are told who wait for it.
    pub post: Post,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq)]
pub enum SubmitOutcome {
    /// It is stored, or was when it came before.
    Stored(SubmissionId),
    /// These answers are wrong.
    Wrong(Vec<Wrong>),
    /// The page is to be sent once more, and why.
    Again(Why),
    /// It was refused, for this reason.
    Blocked(&'static str),
    /// Whoever has this address has sent the form already.
    Already,
    /// The form takes nothing.
    Closed,
}

/// Why a page is to be sent once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The field that nobody sees was filled in: by a program, or by a browser that wanted to help.
    Trap,
    /// It came faster than anybody fills in a form.
    Fast,
    /// It was open for too long.
    Old,
    /// Its files were let go before it was good.
    Files,
    /// Its page was sent already, with other answers.
    Changed,
    /// The browser has not done the work that the form asks for: it came from a form of a site's own, or no script ran.
    Captcha,
}

/// What becomes of it where nothing is to be stored or counted, which a read can tell; none where [`accept`] is to.
///
/// # Errors
/// Those of the store.
pub fn judge_without_storing(tx: &mut Tx<'_>, open: &Open, submitted: &SubmitRequest) -> Result<Option<SubmitOutcome>> {
    Ok(match judge(tx, open, submitted)? {
        Judged::Is(outcome) => Some(outcome),
        Judged::Idle(_) if !submitted.again => Some(SubmitOutcome::Again(Why::Captcha)),
        Judged::Idle(_) | Judged::Refused(_) | Judged::Good(_) => None,
    })
}

/// Takes what a visitor sends: stored before they are thanked, once for each page that was shown. Of files, `files` are those that [`file_fields`] names.
///
/// # Errors
/// Those of the store; the quota of files is reached.
pub fn accept(tx: &mut Tx<'_>, open: &Open, submitted: &SubmitRequest, files: &[Attached]) -> Result<SubmitOutcome> {
    match judge(tx, open, submitted)? {
        Judged::Is(outcome) => Ok(outcome),
        Judged::Refused(reason) => refuse(tx, open, reason),
        // Nobody loses what they wrote by it; but it is told how often it came from nobody who can do the work.
        Judged::Idle(reason) => {
            if submitted.again {
                blocked::add(tx, &open.granted, &open.form, reason)?;
            }
            Ok(SubmitOutcome::Again(Why::Captcha))
        }
        // It was refused when its files were looked at, and is good a moment later.
        Judged::Good(good) if asked_files(open, &good) != files.len() => Ok(SubmitOutcome::Again(Why::Files)),
        Judged::Good(good) => store(tx, open, submitted, (good, files)),
    }
}

/// Whether it would be stored, and with it the files of which fields: bytes are kept of no others.
///
/// # Errors
/// Those of the store.
pub fn file_fields(tx: &mut Tx<'_>, open: &Open, submitted: &SubmitRequest) -> Result<Vec<String>> {
    let Judged::Good(good) = judge(tx, open, submitted)? else { return Ok(Vec::new()) };
    let fields = open.definition.fields.iter().filter(|field| field.is_file() && good.contains_key(&field.name));
    Ok(fields.map(|field| field.name.clone()).collect())
}

/// How many files good answers have.
fn asked_files(open: &Open, good: &Good) -> usize {
    let fields = open.definition.fields.iter().filter(|field| field.is_file());
    fields.filter_map(|field| good.get(&field.name)?.as_array()).map(Vec::len).sum()
}

/// What is to be made of what was sent.
enum Judged {
    Is(SubmitOutcome),
    Refused(&'static str),
    /// All is good, but the browser has not done its work.
    Idle(&'static str),
    Good(Good),
}

fn judge(tx: &mut Tx<'_>, open: &Open, submitted: &SubmitRequest) -> Result<Judged> {
    let again = |why| Ok(Judged::Is(SubmitOutcome::Again(why)));
    if !open.form.is_active {
        return Ok(Judged::Is(SubmitOutcome::Closed));
    }
    if submitted.origin.as_deref().is_some_and(|origin| !open.settings.allows(origin)) {
        return Ok(Judged::Refused("origin"));
    }
    if !submitted.trap.is_empty() {
        return if submitted.again { Ok(Judged::Refused("honeypot")) } else { again(Why::Trap) };
    }
    if let Some(token) = &submitted.token {
        match form_token::shown_at(token).filter(|shown| tx.now() < *shown + DAY) {
            None => return again(Why::Old),
            Some(shown) if is_too_fast(shown, tx.now()) => {
                return if submitted.again { Ok(Judged::Refused("too_fast")) } else { again(Why::Fast) };
            }
            Some(_) => {}
        }
    }
    let known = sent_on(tx, open, submitted)?;
    let good = match check(&open.definition, &submitted.sent) {
        Ok(good) => good,
        Err(wrong) => return Ok(Judged::Is(SubmitOutcome::Wrong(wrong))),
    };
    if let Some(known) = known {
        // Sent twice by a double click or a reload; who has changed something is not thanked for what nobody would get.
        return if known.data == good { Ok(Judged::Is(SubmitOutcome::Stored(known.id))) } else { again(Why::Changed) };
    }
    if !open.settings.captcha_enabled {
        return Ok(Judged::Good(good));
    }
    let lack = captcha::lacks(tx, open.form.id, (submitted.token.as_deref(), submitted.solution.as_deref()))?;
    Ok(lack.map_or(Judged::Good(good), Judged::Idle))
}

/// What was sent from the page already.
fn sent_on(tx: &mut Tx<'_>, open: &Open, submitted: &SubmitRequest) -> Result<Option<Submission>> {
    let Some(token) = &submitted.token else { return Ok(None) };
    submission::with_nonce(tx, &open.granted, open.form.id, token)
}

/// Whether the page may be sent as it is: it has a token that is good still, and was not sent already.
///
/// # Errors
/// Those of the store.
pub fn is_unspent(tx: &mut Tx<'_>, open: &Open, submitted: &SubmitRequest) -> Result<bool> {
    let is_good = submitted.token.as_deref().and_then(form_token::shown_at).is_some_and(|shown| tx.now() < shown + DAY);
    Ok(is_good && sent_on(tx, open, submitted)?.is_none())
}

fn is_too_fast(shown: Instant, now: Instant) -> bool {
    shown <= now && now < shown + FASTEST
}

fn refuse(tx: &mut Tx<'_>, open: &Open, reason: &'static str) -> Result<SubmitOutcome> {
    blocked::add(tx, &open.granted, &open.form, reason)?;
    Ok(SubmitOutcome::Blocked(reason))
}

fn store(tx: &mut Tx<'_>, open: &Open, submitted: &SubmitRequest, (data, files): (Good, &[Attached])) -> Result<SubmitOutcome> {
    let email = sending::email(&open.definition, &data);
    if let (Limit::OncePerUser, Some(email)) = (open.settings.submission_limit, &email)
        && submission::is_of(tx, &open.granted, open.form.id, email)?
    {
        return Ok(SubmitOutcome::Already);
    }
    let now = tx.now();
    let mut new = Submission {
        id: SubmissionId::new(now, tx.entropy()),
        form: open.form.id,
        form_version: open.form.version,
        locale: open.language.clone(),
        consents: sending::consents(&open.definition, &data),
        data,
        files: Vec::new(),
        metadata: Metadata::of(&open.settings, submitted.address, submitted.user_agent.as_deref(), submitted.referer.as_deref()),
        mark: Mark::Unread,
        note: None,
        expires_at: open.settings.keep_days.map(|days| now + DAY * days),
        created_at: now,
    };
    submission::insert(tx, &open.granted, &new, &Keys { nonce: submitted.token.clone(), email })?;
    let form = Form { entry: &open.form, settings: &open.settings, definition: &open.definition, language: &open.project.default_locale };
    mail::announce(tx, &open.granted, form, &new, &submitted.post)?;
    new.files = attachment::keep(tx, &open.granted, new.id, files)?;
    tell::submitted(tx, &open.granted, new.id, || message::body(&open.form, &new, &submitted.post.public_url))?;
    Ok(SubmitOutcome::Stored(new.id))
}

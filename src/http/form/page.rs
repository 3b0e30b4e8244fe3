//! What visitors see of a form, in their language: the form itself, what is wrong with it, and the thanks.

use serde_json::{Value, json};

use crate::{
    domain::{
        Error, Result,
        content::render::document::PageDocument,
        form::{
            page::{Filled, Frame, Progress, Work},
            public::step::{self, steps},
            rule::{Rule, Wrong},
            sent::Sent,
        },
    },
    service::{
        form::{
            captcha,
            submit::{self, Open, SubmitOutcome, SubmitRequest, Why},
            words::Words,
        },
        form_token,
        i18n::Lang,
    },
    store::Tx,
};

use super::presentation::Presentation;

/// The words of the page, in the language that is nearest to that of the form.
pub(super) fn words(open: &Open) -> Lang {
    Lang::from_tag(&open.language).unwrap_or(Lang::En)
}

/// What is said of a wrong answer.
fn fault_text(lang: Lang, wrong: &Wrong) -> String {
    let help = matches!(&wrong.rule, Rule::Pattern(help) if !help.is_empty());
    let key = format!("submit-wrong-{}{}", wrong.rule.code().replace('_', "-"), if help { "-help" } else { "" });
    lang.t(&key).s("label", &wrong.label).s("bound", wrong.rule.bound()).to_string()
}

/// What a page shows besides what the form asks.
#[derive(Debug, Default)]
pub(super) struct FormNotices {
    /// What is said above it.
    notice: String,
    /// What is wrong, each with what is said of it.
    wrong: Vec<(Wrong, String)>,
    /// Whether it is sent once more because somebody was asked to.
    again: bool,
    /// What was filled in.
    sent: Option<Sent>,
    /// Which of several pages it is, from 0.
    at: usize,
    /// Whether somebody came here from another one.
    page_changed: bool,
    /// The token that it keeps, with the work that is done for it: the time that somebody takes is that of all pages.
    kept: Option<(String, Option<String>)>,
}

impl FormNotices {
    /// Of a page that somebody comes to from another one; its token goes along, unless it is spent.
    pub(super) fn on_page(tx: &mut Tx<'_>, open: &Open, at: usize, submitted: &SubmitRequest) -> Result<Self> {
        let token = if submit::is_unspent(tx, open, submitted)? { submitted.token.clone() } else { None };
        let kept = token.map(|token| (token, submitted.solution.clone()));
        Ok(Self { at, page_changed: true, kept, ..Self::again(at, submitted) })
    }

    /// Of a page that is drawn once more, as it was sent.
    fn again(at: usize, submitted: &SubmitRequest) -> Self {
        Self { at, again: submitted.again, sent: Some(submitted.sent.clone()), ..Self::default() }
    }
}

/// The form as a page.
pub(super) fn page(tx: &mut Tx<'_>, open: &Open, presentation: &Presentation, notices: &FormNotices) -> Result<PageDocument> {
    let usual = Words::of(&open.settings, &open.language, &open.locales());
    let mut filled = Filled::empty(&open.definition, &usual.optional);
    if let Some(sent) = &notices.sent {
        filled = filled.with(sent, &notices.wrong);
        filled = filled.choosing(&open.definition, sent, |names| words(open).t("submit-choose-again").s("names", names).to_string());
    }
    let (steps, nothing) = (steps(&open.form.content)?, Sent::default());
    let sent = notices.sent.as_ref().unwrap_or(&nothing);
    // Where the form has fewer pages now, or somebody made the number up, it is the last one.
    let (at, of) = (notices.at.min(steps.len() - 1), steps.len());
    let step = steps.get(at).ok_or(Error::NotFound("form"))?;
    let mut content = open.html(tx, &step::without_ruled_out(step, &open.definition, sent)?, presentation.loads(), &filled)?;
    let (token, solution) = notices.kept.clone().unwrap_or_else(|| (form_token::issue(tx.now(), tx.entropy()), None));
    let asked = if open.settings.captcha_enabled { Some(captcha::ask(tx, open.form.id, &token, solution)?) } else { None };
    let (action, carried) = (presentation.address(open.form.id), step::carried(step, &open.definition, sent));
    let ([said, on, back], [working, needs]) = (usual.progress(at + 1, of), usual.work());
    let progress = Progress { at: at + 1, of, page_changed: notices.page_changed, said: &said, buttons: (&on, &back), carried: &carried };
    let frame = Frame {
        again: notices.again,
        has_files: open.definition.fields.iter().any(|field| field.is_file() && step.has(&field.id)),
        notice: &notices.notice,
        wrong: &notices.wrong,
        progress: Some(progress).filter(|progress| progress.of > 1),
        work: asked.as_ref().map(|asked| Work { asked, words: (&working, &needs) }),
        ..usual.frame(&action, Some(&token))
    };
    content.html = frame.around(&content.html);
    let said = Some(said).filter(|_| of > 1);
    let notices = Some(notices.notice.clone()).filter(|notice| !notice.is_empty()).into_iter().chain(said).collect();
    Ok(PageDocument { notices, ..open.document(tx, content)? })
}

/// A page that says something, and where it leads from there.
pub(super) fn saying(
    tx: &mut Tx<'_>,
    open: &Open,
    presentation: &Presentation,
    text: &str,
    links: &[(String, String)],
) -> Result<PageDocument> {
    let block = |kind: &str, data: Value| json!({ "id": kind, "type": kind, "data": data });
    let buttons = links.iter().map(|(label, link)| block("button", json!({ "label": label, "link": link, "variant": "secondary" })));
    let blocks: Vec<_> = std::iter::once(block("text", json!({ "markdown": text }))).chain(buttons).collect();
    let content = json!([{ "id": "said", "columns": [{ "id": "column", "blocks": blocks }] }]).to_string();
    let rendered = open.html(tx, &content, presentation.loads(), &Filled::default())?;
    open.document(tx, rendered)
}

/// The thanks, and where they lead.
pub(super) fn thanks(tx: &mut Tx<'_>, open: &Open, presentation: &Presentation) -> Result<PageDocument> {
    let lang = words(open);
    let own = open.settings.thanks(&open.language, &open.locales());
    let text = if own.is_empty() { lang.t("submit-thanks").to_string() } else { own.to_owned() };
    let on = open.settings.gc_url_redirect.iter().map(|to| (lang.t("submit-go-on").to_string(), to.clone()));
    let again = (lang.t("submit-once-more").to_string(), presentation.address(open.form.id));
    let again = Some(again).filter(|_| !open.settings.hide_form_on_complete && open.form.is_active);
    saying(tx, open, presentation, &text, &on.chain(again).collect::<Vec<_>>())
}

/// The page with what was filled in, and something that is said above it.
pub(super) fn draw_again(
    tx: &mut Tx<'_>,
    open: &Open,
    (presentation, at): (&Presentation, usize),
    notice: String,
    submitted: &SubmitRequest,
) -> Result<PageDocument> {
    page(tx, open, presentation, &FormNotices { notice, ..FormNotices::again(at, submitted) })
}

/// The first page on which something is wrong, with what that is.
pub(super) fn faulty(
    tx: &mut Tx<'_>,
    open: &Open,
    (presentation, at): (&Presentation, usize),
    wrong: &[Wrong],
    submitted: &SubmitRequest,
) -> Result<PageDocument> {
    let (lang, steps) = (words(open), steps(&open.form.content)?);
    let at = step::of_fault(&steps, wrong, at);
    let here = wrong.iter().filter(|one| one.block.is_empty() || steps.get(at).is_none_or(|step| step.has(&one.block)));
    let wrong: Vec<_> = here.map(|one| (one.clone(), fault_text(lang, one))).collect();
    let notice = lang.t("submit-summary").n("n", wrong.len()).to_string();
    page(tx, open, presentation, &FormNotices { notice, wrong, ..FormNotices::again(at, submitted) })
}

/// The page that answers what was sent.
pub(super) fn outcome_page(
    tx: &mut Tx<'_>,
    open: &Open,
    (presentation, at): (&Presentation, usize),
    outcome: &SubmitOutcome,
    submitted: &SubmitRequest,
) -> Result<PageDocument> {
    let lang = words(open);
    let said_alone = |tx: &mut Tx<'_>, key: &str| saying(tx, open, presentation, &lang.t(key).to_string(), &[]);
    match outcome {
        SubmitOutcome::Stored(_) => thanks(tx, open, presentation),
        SubmitOutcome::Wrong(wrong) => faulty(tx, open, (presentation, at), wrong, submitted),
        // Nobody has to wait who sends it at once: the answers were written before.
        SubmitOutcome::Again(why @ Why::Changed) => draw_again(tx, open, (presentation, at), lang.t(again(*why)).to_string(), submitted),
        SubmitOutcome::Again(why) => {
            let notice = lang.t(again(*why)).to_string();
            page(tx, open, presentation, &FormNotices { notice, again: true, ..FormNotices::again(at, submitted) })
        }
        SubmitOutcome::Already => draw_again(tx, open, (presentation, at), lang.t("submit-already").to_string(), submitted),
        SubmitOutcome::Blocked(_) => said_alone(tx, "submit-blocked"),
        SubmitOutcome::Closed => said_alone(tx, "submit-closed"),
    }
}

pub(super) const fn again(why: Why) -> &'static str {
    match why {
        Why::Trap => "submit-again-trap",
        Why::Fast => "submit-again-fast",
        Why::Old => "submit-again-old",
        Why::Files => "submit-again-files",
        Why::Changed => "submit-again-changed",
        Why::Captcha => "submit-again-captcha",
    }
}

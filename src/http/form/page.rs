//! What visitors see of a form, in their language: the form itself, what is wrong with it, and the thanks.

use serde_json::{Value, json};

use crate::{
    domain::{
        Result,
        content::render::document::PageDocument,
        form::{
            field::Field,
            page::{Filled, Frame},
            rule::{Rule, Wrong},
            sent::Sent,
        },
    },
    service::{
        form::{
            visit::{Open, Outcome, Visit, Why},
            words::Words,
        },
        form_token,
        i18n::Lang,
    },
    store::Tx,
};

use super::way::Way;

/// The words of the page, in the language that is nearest to that of the form.
pub(super) fn words(open: &Open) -> Lang {
    Lang::from_tag(&open.language).unwrap_or(Lang::En)
}

/// What is said of a wrong answer.
fn fault_text(lang: Lang, wrong: &Wrong) -> String {
    let help = matches!(&wrong.rule, Rule::Pattern(help) if !help.is_empty());
    let key = format!("visit-wrong-{}{}", wrong.rule.code().replace('_', "-"), if help { "-help" } else { "" });
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
}

/// The form as a page.
pub(super) fn page(tx: &mut Tx<'_>, open: &Open, way: &Way, told: &FormNotices) -> Result<PageDocument> {
    let usual = Words::of(&open.settings, &open.language, &open.locales());
    let mut filled = Filled::empty(&open.definition, &usual.optional);
    if let Some(sent) = &told.sent {
        filled = filled.with(sent, &told.wrong);
        filled = filled.choosing(&open.definition, sent, |names| words(open).t("visit-choose-again").s("names", names).to_string());
    }
    let mut content = open.html(tx, &open.form.content, way.loads(), &filled)?;
    let (action, token) = (way.address(open.form.id), form_token::issue(tx.now(), tx.entropy()));
    let has_files = open.definition.fields.iter().any(Field::is_file);
    let frame = Frame { again: told.again, has_files, notice: &told.notice, wrong: &told.wrong, ..usual.frame(&action, Some(&token)) };
    content.html = frame.around(&content.html);
    open.document(tx, content)
}

/// A page that says something, and where it leads from there.
pub(super) fn saying(tx: &mut Tx<'_>, open: &Open, way: &Way, text: &str, links: &[(String, String)]) -> Result<PageDocument> {
    let block = |kind: &str, data: Value| json!({ "id": kind, "type": kind, "data": data });
    let buttons = links.iter().map(|(label, link)| block("button", json!({ "label": label, "link": link, "variant": "secondary" })));
    let blocks: Vec<_> = std::iter::once(block("text", json!({ "markdown": text }))).chain(buttons).collect();
    let content = json!([{ "id": "said", "columns": [{ "id": "column", "blocks": blocks }] }]).to_string();
    let rendered = open.html(tx, &content, way.loads(), &Filled::default())?;
    open.document(tx, rendered)
}

/// The thanks, and where they lead.
pub(super) fn thanks(tx: &mut Tx<'_>, open: &Open, way: &Way) -> Result<PageDocument> {
    let lang = words(open);
    let own = open.settings.thanks(&open.language, &open.locales());
    let text = if own.is_empty() { lang.t("visit-thanks").to_string() } else { own.to_owned() };
    let on = open.settings.gc_url_redirect.iter().map(|to| (lang.t("visit-go-on").to_string(), to.clone()));
    let again = (lang.t("visit-once-more").to_string(), way.address(open.form.id));
    let again = Some(again).filter(|_| !open.settings.hide_form_on_complete && open.form.is_active);
    saying(tx, open, way, &text, &on.chain(again).collect::<Vec<_>>())
}

/// The page with what was filled in, and something that is said above it.
pub(super) fn drawn(tx: &mut Tx<'_>, open: &Open, way: &Way, notice: String, visit: &Visit) -> Result<Option<PageDocument>> {
    page(tx, open, way, &FormNotices { notice, again: visit.again, sent: Some(visit.sent.clone()), wrong: Vec::new() }).map(Some)
}

/// The page that answers what was sent; none where it is stored and the thanks are a page of their own.
pub(super) fn answered(tx: &mut Tx<'_>, open: &Open, way: &Way, outcome: &Outcome, visit: &Visit) -> Result<Option<PageDocument>> {
    let lang = words(open);
    let said_alone = |tx: &mut Tx<'_>, key: &str| saying(tx, open, way, &lang.t(key).to_string(), &[]).map(Some);
    match outcome {
        Outcome::Stored(_) if matches!(way, Way::Part(_)) => thanks(tx, open, way).map(Some),
        Outcome::Stored(_) => Ok(None),
        Outcome::Wrong(wrong) => {
            let wrong: Vec<_> = wrong.iter().map(|one| (one.clone(), fault_text(lang, one))).collect();
            let notice = lang.t("visit-summary").n("n", wrong.len()).to_string();
            page(tx, open, way, &FormNotices { notice, wrong, again: visit.again, sent: Some(visit.sent.clone()) }).map(Some)
        }
        Outcome::Again(why) => {
            let notice = lang.t(again(*why)).to_string();
            page(tx, open, way, &FormNotices { notice, again: true, sent: Some(visit.sent.clone()), wrong: Vec::new() }).map(Some)
        }
        Outcome::Already => drawn(tx, open, way, lang.t("visit-already").to_string(), visit),
        Outcome::Blocked(_) => said_alone(tx, "visit-blocked"),
        Outcome::Closed => said_alone(tx, "visit-closed"),
    }
}

pub(super) const fn again(why: Why) -> &'static str {
    match why {
        Why::Trap => "visit-again-trap",
        Why::Fast => "visit-again-fast",
        Why::Old => "visit-again-old",
        Why::Files => "visit-again-files",
    }
}

//! What an e-mail about a submission says, read when it is sent: nothing of it is stored anywhere else.

use serde::Deserialize;

use crate::{
    domain::{
        Error, Result,
        account::delivery::FormEmail,
        form::{submission::address, telling::mail},
        id::SubmissionId,
        text::one_line,
    },
    service::{account::email, i18n::Lang},
    store::{Tx, form::submission},
};

use super::submit::{self, Open, Which};

/// What is stored of it.
#[derive(Debug, Default, Deserialize)]
struct Payload {
    #[serde(default)]
    link: String,
}

/// What one says, and whom an answer to it reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub body: String,
    /// Whom an answer reaches, if not the instance.
    pub reply_to: Option<String>,
}

/// One of them; none where what it is about is gone.
///
/// # Errors
/// Those of the store.
pub fn ready(tx: &mut Tx<'_>, id: SubmissionId, kind: FormEmail, payload: &str) -> Result<Option<Written>> {
    let Some(sent) = submission::unguarded_get(tx, id)? else { return Ok(None) };
    let wanted = matches!(kind, FormEmail::Confirmation).then_some(sent.locale.as_str());
    let open = match submit::open(tx, &Which::Id(sent.form), wanted) {
        Err(Error::NotFound(_)) => return Ok(None),
        found => found?,
    };
    let lang = Lang::from_tag(&open.language).unwrap_or(Lang::En);
    let at = email::locale(Some(lang.tag()), None, tx.now()).moment(sent.created_at);
    let phrase = |key: &str| lang.t(key).s("form", one_line(&open.form.name)).s("at", &at);
    if kind == FormEmail::Confirmation {
        return Ok(Some(Written { body: confirmation(&open, &phrase("email-form-confirmation-body").to_string()), reply_to: None }));
    }
    let payload: Payload = serde_json::from_str(payload).map_err(|error| Error::Internal(format!("payload of a delivery: {error}")))?;
    let (yes, no) = (lang.t("content-yes").to_string(), lang.t("content-no").to_string());
    let answers = mail::lines(&open.definition, &sent, (&yes, &no));
    let body = phrase("email-form-notice-body").s("answers", answers.trim_end()).s("link", payload.link);
    Ok(Some(Written { body: format!("{body}\n"), reply_to: address(&open.definition, &sent.data).map(str::to_owned) }))
}

/// The words of whoever made the form, else the usual ones; none of the visitor's, who may be anybody.
fn confirmation(open: &Open, usual: &str) -> String {
    let own = open.settings.confirmation(&open.language, &open.locales());
    format!("{}\n", if own.is_empty() { usual } else { own })
}

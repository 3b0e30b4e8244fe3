//! E-mails on their way out: what one says when it is sent.

use crate::{
    domain::{
        Error, Result,
        account::delivery::{About, Delivery},
        id::DeliveryId,
    },
    service::{
        form::compose::{self, Written},
        org::invitation,
    },
    store::{Tx, account::delivery},
};

use super::{
    email::{Payload, SECRET},
    session,
};

/// An e-mail as it is sent.
#[derive(Debug, Clone)]
pub struct Email {
    /// Id of the delivery.
    pub id: DeliveryId,
    /// To whom.
    pub recipient: String,
    /// Subject line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// Whom an answer reaches, if not the sender.
    pub reply_to: Option<String>,
}

/// Why an e-mail did not go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// What was said.
    pub said: String,
    /// Whether it would not go out at another time either: whoever was to take it says so (RFC 5321 4.2.1).
    pub is_final: bool,
}

impl From<String> for Missed {
    fn from(said: String) -> Self {
        Self { said, is_final: false }
    }
}

impl From<&str> for Missed {
    fn from(said: &str) -> Self {
        said.to_owned().into()
    }
}

/// Something that sends an e-mail: SMTP, or a test's list.
pub trait Mailer: Send + Sync {
    /// Sends one.
    ///
    /// # Errors
    /// Why it did not go out.
    fn send(&self, email: &Email) -> std::result::Result<(), Missed>;
}

/// An e-mail with the secret of its link, if it has one; none when that leads to nothing any more.
///
/// # Errors
/// Those of the store.
pub fn ready(tx: &mut Tx<'_>, id: DeliveryId) -> Result<Option<(Email, Option<String>)>> {
    let Some(Delivery { id, recipient, title, payload, about }) = delivery::unguarded_one(tx, id)? else { return Ok(None) };
    if let Some(About::Submission(sent, kind)) = about {
        let written = compose::ready(tx, sent, kind, &payload)?;
        return Ok(written.map(|Written { body, reply_to }| (Email { id, recipient, subject: title, body, reply_to }, None)));
    }
    let Payload { mut body } =
        serde_json::from_str(&payload).map_err(|error| Error::Internal(format!("payload of a delivery: {error}")))?;
    let mut secret = None;
    if let Some(about) = about {
        let made = match about {
            About::Invitation(id) => invitation::link_secret(tx, id)?,
            About::Reset(user, until) => session::link_secret(tx, user, until)?,
            About::Submission(..) => None,
        };
        let Some(made) = made else { return Ok(None) };
        body = body.replace(SECRET, &made);
        secret = Some(made);
    }
    Ok(Some((Email { id, recipient, subject: title, body, reply_to: None }, secret)))
}

//! E-mails on their way out: what one says when it is sent.

use crate::{
    domain::{
        Error, Result,
        account::delivery::{About, Delivery},
        id::DeliveryId,
    },
    service::org::invitation,
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
}

/// Something that sends an e-mail: SMTP, or a test's list.
pub trait Mailer: Send + Sync {
    /// Sends one.
    ///
    /// # Errors
    /// Why it did not go out.
    fn send(&self, email: &Email) -> std::result::Result<(), String>;
}

/// An e-mail with the secret of its link, if it has one; none when that leads to nothing any more.
///
/// # Errors
/// Those of the store.
pub fn ready(tx: &mut Tx<'_>, id: DeliveryId) -> Result<Option<(Email, Option<String>)>> {
    let Some(Delivery { id, recipient, title, payload, about }) = delivery::unguarded_one(tx, id)? else { return Ok(None) };
    let Payload { mut body } =
        serde_json::from_str(&payload).map_err(|error| Error::Internal(format!("payload of a delivery: {error}")))?;
    let mut secret = None;
    if let Some(about) = about {
        let made = match about {
            About::Invitation(id) => invitation::link_secret(tx, id)?,
            About::Reset(user, until) => session::link_secret(tx, user, until)?,
        };
        let Some(made) = made else { return Ok(None) };
        body = body.replace(SECRET, &made);
        secret = Some(made);
    }
    Ok(Some((Email { id, recipient, subject: title, body }, secret)))
}

//! Reminds of keys that end soon. Most runs find nothing, so they only read.

use crate::{
    domain::{Result, id::KeyId, time::Instant},
    service::key::reminder,
    store::{Store, Tx},
};

use super::{
    items::{self, Disposition, Items},
    runner::Job,
};

struct Keys {
    public_url: String,
    mail: bool,
}

/// The job; `mail` says whether e-mails can be sent.
pub fn job(store: &Store, public_url: String, mail: bool) -> Job {
    items::job("reminder", store, Keys { public_url, mail })
}

impl Items for Keys {
    type Id = KeyId;

    fn due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, KeyId)>) -> Result<Vec<(Instant, KeyId)>> {
        reminder::due(tx, now, behind)
    }

    async fn one(&self, store: &Store, key: KeyId) -> Result<Disposition> {
        let (url, mail) = (self.public_url.clone(), self.mail);
        let is_done = store.write(move |tx| reminder::send(tx, key, &url, mail)).await?;
        Ok(if is_done { Disposition::Done } else { Disposition::Nothing })
    }

    /// A reminder is due by the day: a look each minute finds it soon enough.
    fn next(_: &mut Tx<'_>, _: Instant) -> Result<Option<Instant>> {
        Ok(None)
    }
}

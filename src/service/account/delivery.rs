//! The outbox: which deliveries are due, who takes one in hand, and what became of it. Who carries them is a job.

use std::time::Duration;

use crate::{
    domain::{
        Result,
        account::delivery::{Channel, is_last},
        id::DeliveryId,
        time::Instant,
    },
    store::{Tx, account::delivery},
};

/// What is kept of a reason, in characters.
const REASON: usize = 300;

/// Whether a delivery waits for the time of a clock that was set back.
///
/// # Errors
/// Those of the store.
pub fn any_ahead(tx: &mut Tx<'_>, channel: Channel, now: Instant) -> Result<bool> {
    delivery::unguarded_any_ahead(tx, channel, now)
}

/// None does any more.
///
/// # Errors
/// Those of the store.
pub fn hasten(tx: &mut Tx<'_>, channel: Channel, now: Instant) -> Result<()> {
    delivery::unguarded_hasten(tx, channel, now)
}

/// Deliveries that are due, those behind one of them.
///
/// # Errors
/// Those of the store.
pub fn due(tx: &mut Tx<'_>, channel: Channel, now: Instant, behind: Option<(Instant, DeliveryId)>) -> Result<Vec<(Instant, DeliveryId)>> {
    delivery::unguarded_due(tx, channel, now, behind)
}

/// When the next one is due after a moment.
///
/// # Errors
/// Those of the store.
pub fn next(tx: &mut Tx<'_>, channel: Channel, after: Instant) -> Result<Option<Instant>> {
    delivery::unguarded_next(tx, channel, after)
}

/// Since when the oldest waits that was tried in vain.
///
/// # Errors
/// Those of the store.
pub fn waiting(tx: &mut Tx<'_>, channel: Channel) -> Result<Option<Instant>> {
    delivery::unguarded_waiting(tx, channel)
}

/// Takes a delivery that is due still in hand: from here on, until its next try is due, nobody else sends it. How often it was tried
/// before; none where there is nothing to do any more.
///
/// # Errors
/// Those of the store.
pub fn claim(tx: &mut Tx<'_>, id: DeliveryId) -> Result<Option<u32>> {
    delivery::unguarded_claim(tx, id)
}

/// It was sent.
///
/// # Errors
/// Those of the store.
pub fn mark_sent(tx: &mut Tx<'_>, id: DeliveryId) -> Result<()> {
    delivery::unguarded_mark_sent(tx, id)
}

/// The try after so many others failed: it is tried again later, or given up, after so many or where no other would do. Whether it is given up.
///
/// # Errors
/// Those of the store.
pub fn count_miss(tx: &mut Tx<'_>, id: DeliveryId, (attempts, is_final): (u32, bool), reason: &str) -> Result<bool> {
    let last = is_final || is_last(attempts);
    if last {
        delivery::unguarded_failed(tx, id, reason)?
    } else {
        delivery::unguarded_note_error(tx, id, reason)?
    }
    Ok(last)
}

/// Its link leads nowhere any more: it is not sent.
///
/// # Errors
/// Those of the store.
pub fn cancel(tx: &mut Tx<'_>, id: DeliveryId) -> Result<()> {
    delivery::unguarded_cancel(tx, id)
}

/// Whether deliveries have ended so long ago that nobody needs to know of them.
///
/// # Errors
/// Those of the store.
pub fn any_old(tx: &mut Tx<'_>, kept: Option<Duration>) -> Result<bool> {
    let Some(kept) = kept else { return Ok(false) };
    let since = tx.now() - kept;
    delivery::unguarded_old(tx, since)
}

/// Drops some of them; how many.
///
/// # Errors
/// Those of the store.
pub fn forget(tx: &mut Tx<'_>, kept: Option<Duration>) -> Result<usize> {
    let Some(kept) = kept else { return Ok(0) };
    let since = tx.now() - kept;
    delivery::unguarded_forget(tx, since)
}

/// A reason as it may be kept and logged: one line of bounded length. Whoever was to take an e-mail may have said it and repeated what
/// they got, in any encoding: where that holds the `secret` of a link, nothing is kept but the status codes (RFC 5321 4.2, RFC 3463).
pub fn reason(said: &str, secret: Option<&str>) -> String {
    let words = || said.split(|c: char| !c.is_ascii_digit() && c != '.').filter(|word| is_code(word));
    let codes: Vec<_> = [words().find(|code| !code.contains('.')), words().find(|code| code.contains('.'))].into_iter().flatten().collect();
    if secret.is_some() && !codes.is_empty() {
        return format!("the server answered {}", codes.join(" "));
    }
    let line = crate::domain::text::one_line(said);
    line.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(REASON).collect()
}

/// Whether it is a code of a refusal: `550` or `5.7.1`.
fn is_code(word: &str) -> bool {
    let parts: Vec<_> = word.split('.').collect();
    let is_number = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|digit| digit.is_ascii_digit());
    word.starts_with(['4', '5']) && parts.iter().all(is_number) && (parts.len() == 3 || parts.len() == 1 && word.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_short_line_without_the_secret_of_a_link() {
        let secret = Some("0190f4a2-0000-7000-8000-000000000000.1893456000.0123456789abcdef0123456789abcdef");
        assert_eq!(reason("550 5.7.1\r\n no such  user", None), "550 5.7.1 no such user");
        assert_eq!(reason(&"é".repeat(1000), None).chars().count(), REASON);
        for leak in ["http://x/?token=0.1.0123456789abcdef", "a 6789abc=\r\ndef012 b", "AAAA0123456789ABCDEF", "dG9rZW49MDEyMw=="] {
            assert_eq!(reason(&format!("permanent error (554): 5.7.1 {leak}"), secret), "the server answered 554 5.7.1");
        }
        assert_eq!(reason("the server took too long", secret), "the server took too long");
        assert!(
            ["550", "5.7.1", "421"].into_iter().all(is_code) && !["5", "55", "127.0.0.1", "5.7", "250", "5550"].into_iter().any(is_code)
        );
    }
}

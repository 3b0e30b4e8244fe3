//! The outbox: which deliveries are due, who takes one in hand, and what became of it. Who carries them is a job.

use crate::{
    domain::{
        Result,
        account::delivery::{Channel, KEPT, is_last},
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
pub fn sent(tx: &mut Tx<'_>, id: DeliveryId) -> Result<()> {
    delivery::unguarded_sent(tx, id)
}

/// The try after so many others failed: it is tried again later, or given up. Whether it is given up.
///
/// # Errors
/// Those of the store.
pub fn missed(tx: &mut Tx<'_>, id: DeliveryId, attempts: u32, reason: &str) -> Result<bool> {
    let last = is_last(attempts);
    if last {
        delivery::unguarded_failed(tx, id, reason)?
    } else {
        delivery::unguarded_note_error(tx, id, reason)?
    }
    Ok(last)
}

/// It is not sent at all, for this reason.
///
/// # Errors
/// Those of the store.
pub fn give_up(tx: &mut Tx<'_>, id: DeliveryId, reason: &str) -> Result<()> {
    delivery::unguarded_failed(tx, id, reason)
}

/// Whether deliveries have ended so long ago that nobody needs to know of them.
///
/// # Errors
/// Those of the store.
pub fn any_old(tx: &mut Tx<'_>) -> Result<bool> {
    let since = tx.now() - KEPT;
    delivery::unguarded_old(tx, since)
}

/// Drops some of them.
///
/// # Errors
/// Those of the store.
pub fn forget(tx: &mut Tx<'_>) -> Result<()> {
    let since = tx.now() - KEPT;
    delivery::unguarded_forget(tx, since)
}

/// The shortest part of a secret that is looked for in a reason.
const PART: usize = 12;

/// A reason as it may be kept and logged: one line of bounded length. Whoever was to take a delivery may have said it and repeated what
/// they got, so one with a part of the link's secret in it is not kept, however its lines were broken.
pub fn reason(said: &str, secret: Option<&str>) -> String {
    // In quoted-printable a line is broken by `=`.
    let plain: String = said.chars().filter(|c| !c.is_whitespace() && *c != '=').collect();
    let proof = secret.and_then(|secret| secret.rsplit('.').next()).unwrap_or_default();
    let parts = (0..proof.len().saturating_sub(PART - 1)).filter_map(|at| proof.get(at..at + PART));
    if parts.into_iter().any(|part| plain.contains(part)) {
        return "the answer repeats the link, so it is not kept".to_owned();
    }
    let line = crate::domain::text::one_line(said);
    line.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(REASON).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_short_line_without_the_secret_of_a_link() {
        let secret = Some("0190f4a2-0000-7000-8000-000000000000.1893456000.0123456789abcdef0123456789abcdef");
        assert_eq!(reason("550 5.7.1\r\n no such  user", secret), "550 5.7.1 no such user");
        assert_eq!(reason(&"é".repeat(1000), None).chars().count(), REASON);
        for leak in ["seen: http://x/?token=0.1.0123456789abcdef0123456789abcdef", "a 6789abc=\r\ndef012 b"] {
            assert!(!reason(leak, secret).contains("abc"), "{leak}");
        }
        assert_eq!(reason("0190f4a2-0000-7000-8000-000000000000 6789", secret), "0190f4a2-0000-7000-8000-000000000000 6789");
    }
}

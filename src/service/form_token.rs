//! Forms that must have an effect once only: what makes a key is not sent twice by a reload or a double click.
//!
//! A form that is shown gets a token, with the moment in it. When it is sent, the token is spent in the transaction of what the form
//! makes, and kept for longer than a form is good: so it holds on every node and over a restart, and what is refused spends nothing.

use std::time::Duration;

use crate::{
    domain::{
        Result,
        access::Actor,
        error::Fault,
        id::Entropy,
        text,
        time::{DAY, Instant},
    },
    store::{Tx, form_token},
};

/// The field of the token, and of the fault of a form that comes again.
pub const FORM_TOKEN: &str = "once";

/// The token of a form that is shown now.
pub fn issue(now: Instant, entropy: &dyn Entropy) -> String {
    let mut token = [0; 16];
    entropy.fill(&mut token);
    format!("{:016x}{}", now.micros(), text::hex(&token))
}

/// Spends the token of a form that is sent, which is good for a day. False for one that had its effect already, such as when its answer
/// is loaded again.
///
/// # Errors
/// Invalid, when it is none or too old; what was typed is then shown with a new token.
pub fn spend(tx: &mut Tx<'_>, actor: &Actor, token: &str) -> Result<bool> {
    good(token, tx.now())?;
    form_token::unguarded_spend(tx, actor.id, token)
}

/// Whether a form had its effect already.
///
/// # Errors
/// As [`spend`].
pub fn is_used(tx: &mut Tx<'_>, actor: &Actor, token: &str) -> Result<bool> {
    good(token, tx.now())?;
    form_token::unguarded_is_used(tx, actor.id, token)
}

fn good(token: &str, now: Instant) -> Result<()> {
    let over = || Fault::new(FORM_TOKEN, "too_old", "This form is too old. Look at it once more, then send it.").into();
    if is_good(token, now) { Ok(()) } else { Err(over()) }
}

/// When a form with this token was shown; none if it is no token.
pub fn shown_at(token: &str) -> Option<Instant> {
    let is_hex = token.len() == 48 && token.bytes().all(|digit| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit));
    token.get(..16).filter(|_| is_hex).and_then(|moment| i64::from_str_radix(moment, 16).ok()).map(Instant::from_micros)
}

/// Whether a form with this token may still be sent. Where the clock was set back, its moment may lie ahead.
fn is_good(token: &str, now: Instant) -> bool {
    shown_at(token).is_some_and(|shown| shown - DAY < now && now < shown + DAY)
}

/// How long a token is kept: a clock that ran ahead for a while, when others were dropped, must not make a form good again.
const REMEMBERED: Duration = DAY.saturating_mul(30);

/// Whether tokens are kept that no form has any more.
///
/// # Errors
/// Those of the store.
pub fn any_old(tx: &mut Tx<'_>) -> Result<bool> {
    form_token::unguarded_old(tx, tx.now() - REMEMBERED)
}

/// Drops some of them; how many.
///
/// # Errors
/// Those of the store.
pub fn forget(tx: &mut Tx<'_>) -> Result<usize> {
    form_token::unguarded_forget(tx, tx.now() - REMEMBERED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::SystemEntropy;

    #[test]
    fn a_form_is_good_for_a_day_and_nothing_else_is_one() {
        let now = Instant::from_seconds(1_800_000_000);
        let token = issue(now, &SystemEntropy);
        assert_ne!(token, issue(now, &SystemEntropy));
        let hour = DAY / 24;
        for (at, good) in [(now, true), (now + (DAY - hour), true), (now + DAY, false), (now - hour, true), (now - DAY, false)] {
            assert_eq!(is_good(&token, at), good, "{at}");
        }
        for odd in ["", "00", "x", &token[1..], &format!("{token}0"), &token.to_uppercase(), &"é".repeat(24)] {
            assert!(!is_good(odd, now) || odd == token, "{odd}");
        }
    }
}

//! Forms that must have an effect once only: what makes a key is not sent twice by a reload or a double click.

use std::{collections::VecDeque, sync::Arc};

use parking_lot::Mutex;
use quick_cache::sync::Cache;

use crate::domain::{
    Result,
    error::Fault,
    id::{Entropy, UserId},
    text,
};

/// People whose forms are remembered at most.
const PEOPLE: usize = 10_000;
/// Forms of one person remembered at most: whoever opens more ends their own oldest, never somebody else's.
const FORMS: usize = 64;

/// The field of the number, and of the fault of a form that comes again.
pub const FORM_TOKEN: &str = "once";

type Number = [u8; 16];

/// One person's forms that were shown and not sent yet, and those that had their effect, by their number.
#[derive(Default)]
struct Forms {
    shown: VecDeque<Number>,
    over: VecDeque<Number>,
}

/// The forms of everybody.
pub struct FormTokens(Cache<UserId, Arc<Mutex<Forms>>>);

/// The proof that a form's number was good, and is so no more.
#[derive(Debug)]
pub struct UsedToken(UserId, Number);

impl Default for FormTokens {
    fn default() -> Self {
        Self(Cache::new(PEOPLE))
    }
}

impl FormTokens {
    /// The number of a form that is shown to somebody now.
    pub fn issue(&self, who: UserId, entropy: &dyn Entropy) -> String {
        let mut number = [0; 16];
        entropy.fill(&mut number);
        self.with(who, |forms| keep(&mut forms.shown, number));
        text::hex(&number)
    }

    /// Takes the number of a form that is sent; each is good once. None for one that had its effect already, such as when its
    /// answer is loaded again.
    ///
    /// # Errors
    /// Invalid, when it is on its way or not known any more; what was typed is then shown with a new number.
    pub fn spend(&self, who: UserId, number: &str) -> Result<Option<UsedToken>> {
        let number = u128::from_str_radix(number, 16).map(u128::to_be_bytes).unwrap_or_default();
        self.with(who, |forms| {
            if forms.over.contains(&number) {
                return Ok(None);
            }
            let at = forms.shown.iter().position(|shown| *shown == number);
            let found = at.and_then(|at| forms.shown.remove(at)).map(|number| Some(UsedToken(who, number)));
            let again =
                || Fault::new(FORM_TOKEN, "sent_already", "This form was sent already. Send it again only if you want another one.").into();
            found.ok_or_else(again)
        })
    }

    /// Makes the number of a form good again that had no effect: it can be sent again, and its answer loaded again.
    pub fn reopen(&self, used: &UsedToken) {
        self.with(used.0, |forms| keep(&mut forms.shown, used.1));
    }

    /// Notes that a form had its effect.
    pub fn close(&self, used: &UsedToken) {
        self.with(used.0, |forms| keep(&mut forms.over, used.1));
    }

    fn with<T>(&self, who: UserId, act: impl FnOnce(&mut Forms) -> T) -> T {
        let made = || Ok::<_, std::convert::Infallible>(Arc::default());
        let forms = self.0.get_or_insert_with(&who, made).unwrap_or_default();
        act(&mut forms.lock())
    }
}

/// Remembers a number as the newest; the oldest gives way.
fn keep(numbers: &mut VecDeque<Number>, number: Number) {
    if numbers.len() >= FORMS {
        numbers.pop_front();
    }
    numbers.push_back(number);
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::app::SystemEntropy;

    fn person(n: u128) -> UserId {
        UserId::from_uuid(Uuid::from_u128(n))
    }

    #[test]
    fn each_number_is_good_once() {
        let (tokens, who) = (FormTokens::default(), person(1));
        let number = tokens.issue(who, &SystemEntropy);
        let used = tokens.spend(who, &number).expect("known").expect("good");
        assert!(tokens.spend(who, &number).is_err(), "it is on its way");
        tokens.reopen(&used);
        let used = tokens.spend(who, &number).expect("known").expect("good again");
        tokens.close(&used);
        assert!(tokens.spend(who, &number).is_ok_and(|again| again.is_none()));
        assert!(tokens.spend(who, "00").is_err());
        assert!(tokens.spend(who, "x").is_err());
    }

    #[test]
    fn whoever_opens_many_forms_ends_their_own_oldest_and_nobody_elses() {
        let (tokens, busy, calm) = (FormTokens::default(), person(1), person(2));
        let (first, other) = (tokens.issue(busy, &SystemEntropy), tokens.issue(calm, &SystemEntropy));
        let last = (0..20_000).fold(String::new(), |_, _| tokens.issue(busy, &SystemEntropy));
        assert!(tokens.spend(busy, &first).is_err(), "it gave way");
        assert!(tokens.spend(busy, &last).is_ok_and(|used| used.is_some()));
        assert!(tokens.spend(busy, &other).is_err(), "a form is good for whom it was shown to");
        assert!(tokens.spend(calm, &other).is_ok_and(|used| used.is_some()));
    }
}

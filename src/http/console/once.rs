//! Forms that must have an effect once only: what makes a key is not sent twice by a reload or a double click.

use quick_cache::sync::Cache;

use crate::domain::{Result, error::Fault, id::Entropy, text};

/// Forms remembered at most.
const REMEMBERED: usize = 10_000;

/// The field of the number, and of the fault of a form that comes again.
pub const ONCE: &str = "once";

type Number = [u8; 16];

/// Forms that were shown and not sent yet, and those that had their effect, by their number.
pub struct Once {
    shown: Cache<Number, ()>,
    over: Cache<Number, ()>,
}

/// The proof that a form's number was good, and is so no more: whoever holds it may show what nobody sees twice.
#[derive(Debug)]
pub struct Spent(Number);

impl Default for Once {
    fn default() -> Self {
        Self { shown: Cache::new(REMEMBERED), over: Cache::new(REMEMBERED) }
    }
}

impl Once {
    /// The number of a form that is shown now.
    pub fn issue(&self, entropy: &dyn Entropy) -> String {
        let mut number = [0; 16];
        entropy.fill(&mut number);
        self.shown.insert(number, ());
        text::hex(&number)
    }

    /// Takes the number of a form that is sent; each is good once. None for one that had its effect already, such as when its
    /// answer is loaded again.
    ///
    /// # Errors
    /// Invalid, when it is on its way or not known any more; what was typed is then shown with a new number.
    pub fn spend(&self, number: &str) -> Result<Option<Spent>> {
        let number = u128::from_str_radix(number, 16).map(u128::to_be_bytes).ok();
        match number {
            Some(number) if self.over.get(&number).is_some() => Ok(None),
            Some(number) if self.shown.remove(&number).is_some() => Ok(Some(Spent(number))),
            _ => Err(Fault::new(ONCE, "sent_already", "This form was sent already. Send it again only if you want another one.").into()),
        }
    }

    /// Makes the number of a form good again that was refused for what was typed: its answer can be loaded again.
    pub fn reopen(&self, number: &str) {
        if let Ok(number) = u128::from_str_radix(number, 16) {
            self.shown.insert(number.to_be_bytes(), ());
        }
    }

    /// Notes that a form had its effect.
    pub fn close(&self, spent: &Spent) {
        self.over.insert(spent.0, ());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::SystemEntropy;

    #[test]
    fn each_number_is_good_once() {
        let once = Once::default();
        let number = once.issue(&SystemEntropy);
        let spent = once.spend(&number).expect("known").expect("good");
        assert!(once.spend(&number).is_err(), "it is on its way");
        once.reopen(&number);
        let spent = once.spend(&number).expect("known").unwrap_or(spent);
        once.close(&spent);
        assert!(once.spend(&number).is_ok_and(|again| again.is_none()));
        assert!(once.spend("00").is_err());
        assert!(once.spend("x").is_err());
    }
}

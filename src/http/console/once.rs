//! Forms that must have an effect once only: what makes a key is not sent twice by a reload or a double click.

use quick_cache::sync::Cache;

use crate::domain::{Result, error::Fault, id::Entropy, text};

/// Forms remembered at most.
const REMEMBERED: usize = 10_000;

/// Forms that were shown and not sent yet, by their number.
pub struct Once(Cache<[u8; 16], ()>);

/// The proof that a form's number was good, and is so no more: whoever holds it may show what nobody sees twice.
#[derive(Debug)]
pub struct Spent(());

impl Default for Once {
    fn default() -> Self {
        Self(Cache::new(REMEMBERED))
    }
}

impl Once {
    /// The number of a form that is shown now.
    pub fn issue(&self, entropy: &dyn Entropy) -> String {
        let mut number = [0; 16];
        entropy.fill(&mut number);
        self.0.insert(number, ());
        text::hex(&number)
    }

    /// Takes the number of a form that is sent; each is good once.
    ///
    /// # Errors
    /// Invalid, when it was sent before or is not known any more; what was typed is then shown with a new number.
    pub fn spend(&self, number: &str) -> Result<Spent> {
        let bytes = u128::from_str_radix(number, 16).map(u128::to_be_bytes).ok();
        let known = bytes.and_then(|bytes| self.0.remove(&bytes));
        known.map(|_| Spent(())).ok_or_else(|| {
            Fault::new("once", "sent_already", "This form was sent already. Send it again only if you want another one.").into()
        })
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
        assert!(once.spend(&number).is_ok());
        assert!(once.spend(&number).is_err());
        assert!(once.spend("00").is_err());
        assert!(once.spend("x").is_err());
    }
}

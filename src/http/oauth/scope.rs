//! What a client asks for in `scope` (RFC 6749 3.3), and what it is told that it got.

use crate::domain::access::Access;

/// Scopes of OpenID Connect that ordinary clients send to whomever they ask; here they mean nothing.
const OPENID: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// The known words of a scope, in the order asked for. None of them: the client did not ask for less than it may have.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Scope(Vec<Access>);

impl Scope {
    /// Reads a scope; what is not known is left out, as long as something known remains. None for a scope of unknown words
    /// alone: a misspelt one must not grant everything.
    pub fn parse(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
        let mut known = Vec::new();
        for access in words.iter().copied().filter_map(Access::from_word) {
            if !known.contains(&access) {
                known.push(access);
            }
        }
        let none_asked = !words.is_empty() && words.iter().all(|word| OPENID.contains(word));
        (none_asked || !known.is_empty()).then_some(Self(known))
    }

    /// The widest access asked for.
    pub fn access(&self) -> Option<Access> {
        self.0.iter().copied().max()
    }

    /// The scope of the answer: the granted access, with those words asked for that it includes. A client that asked for
    /// `read write` and got it all is told `read write`; some refuse an answer that differs.
    pub fn granted(&self, access: Access) -> String {
        let mut words: Vec<_> = self.0.iter().copied().filter(|asked| *asked <= access).collect();
        if !words.contains(&access) {
            words.push(access);
        }
        words.into_iter().map(Access::word).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_known_word_counts_and_no_unknown_one_grants_anything() {
        let read = |text| Scope::parse(text).map(|scope| scope.access());
        assert_eq!(read("read write"), Some(Some(Access::Write)));
        assert_eq!(read("write  read write "), Some(Some(Access::Write)));
        assert_eq!(read("read full reed"), Some(Some(Access::Full)));
        assert_eq!(read("openid read"), Some(Some(Access::Read)));
        assert_eq!(read("openid profile email offline_access"), Some(None));
        for wrong in ["", " ", "reed", "Read", "openid reed", "read,write", "read\twrite", "address"] {
            assert_eq!(read(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn the_answer_says_what_was_granted_in_the_words_asked_for() {
        let granted = |text, access| Scope::parse(text).map(|scope| scope.granted(access));
        assert_eq!(granted("read write", Access::Write).as_deref(), Some("read write"));
        assert_eq!(granted("read write", Access::Read).as_deref(), Some("read"));
        assert_eq!(granted("read full", Access::Write).as_deref(), Some("read write"));
        assert_eq!(granted("openid", Access::Full).as_deref(), Some("full"));
        assert_eq!(Scope::default().granted(Access::Full), "full");
    }
}

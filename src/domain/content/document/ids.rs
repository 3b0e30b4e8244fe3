//! Ids in short: as many of their first signs as tell them apart.

use crate::domain::error::Fault;

/// Fewest signs of a short id.
const SHORTEST: usize = 8;

/// The code of the fault of an id that leads nowhere.
pub const MISSING: &str = "not_found";

/// The ids of one entry, or of one block.
#[derive(Debug, Clone, Default)]
pub struct Ids<'t>(Vec<&'t str>);

impl<'t> Ids<'t> {
    /// These.
    pub fn new(ids: impl Iterator<Item = &'t str>) -> Self {
        let mut ids: Vec<_> = ids.filter(|id| !id.is_empty()).collect();
        ids.sort_unstable();
        Self(ids)
    }

    /// The first signs of an id, at least eight, with which none of the others begins.
    pub fn short<'i>(&self, id: &'i str) -> &'i str {
        let ends = (SHORTEST..id.len()).filter(|end| id.is_char_boundary(*end));
        ends.map(|end| &id[..end]).find(|prefix| self.beginning(prefix).len() == 1).unwrap_or(id)
    }

    /// The id that is meant.
    ///
    /// # Errors
    /// The fault of `field`: there is none, or there are several.
    pub fn find(&self, field: &str, meant: &str) -> Result<&'t str, Fault> {
        if let Ok(at) = self.0.binary_search(&meant) {
            return Ok(self.0[at]);
        }
        let found = if meant.len() < SHORTEST { &[][..] } else { self.beginning(meant) };
        match found {
            [one] => Ok(one),
            [] => Err(Fault::new(field, MISSING, format!("There is nothing with the id {meant:?} here. Read the entry again."))),
            several => {
                let message = format!("{} ids begin with {meant:?}; give more of it: {}.", several.len(), several.join(", "));
                Err(Fault::new(field, "ambiguous", message))
            }
        }
    }

    /// Those that begin so; each id counts once, however often it is there.
    fn beginning(&self, prefix: &str) -> &[&'t str] {
        let from = self.0.partition_point(|id| *id < prefix);
        let len = self.0[from..].iter().take_while(|id| id.starts_with(prefix)).count();
        &self.0[from..from + len]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_as_long_as_it_must_be() {
        let ids = Ids::new(["0190a1b2-0001", "0190a1b2-0002", "abcdefgh", "abcdefghi", "s1", ""].into_iter());
        assert_eq!(ids.short("0190a1b2-0001"), "0190a1b2-0001");
        assert_eq!(Ids::new(["0190a1b2-0001", "0290"].into_iter()).short("0190a1b2-0001"), "0190a1b2");
        assert_eq!((ids.short("abcdefgh"), ids.short("s1")), ("abcdefgh", "s1"));
        assert_eq!(ids.find("id", "abcdefgh"), Ok("abcdefgh"), "the whole id wins");
        assert_eq!(ids.find("id", "s1"), Ok("s1"));
    }

    #[test]
    fn what_two_ids_share_names_neither() {
        let ids = Ids::new(["0190a1b2-0001", "0190a1b2-0002"].into_iter());
        let code = |meant| ids.find("id", meant).map_err(|fault| fault.code);
        assert_eq!((code("0190a1b2"), code("0190a1b2-0002")), (Err("ambiguous"), Ok("0190a1b2-0002")));
        assert_eq!((code("0190a1"), code("0290a1b2")), (Err(MISSING), Err(MISSING)), "short ones are none");
    }
}

//! Pages of an answer: the cursor by which an agent goes on is the number of the next one.

use crate::domain::{
    Result,
    listing::{Listing, PAGE_MAX, number},
    spec::Spec,
};

use super::{
    answer::ToolAnswer,
    argument::{Argument, Arguments, Holds},
};

/// What a tool takes that goes on.
pub const CURSOR: Argument = Argument::new("cursor", Holds::Text, "Where an answer ended.");

/// A page, of so many items.
#[derive(Debug, Clone, Copy)]
pub struct Paging {
    /// Its number, from 1.
    pub page: u32,
    /// Items on a page.
    pub size: u32,
}

impl Paging {
    /// The page that the cursor names; the first without one.
    ///
    /// # Errors
    /// Of what is no number of a page.
    pub fn of(arguments: &Arguments, size: u32) -> Result<Self> {
        let page = arguments.text("cursor").map(|cursor| number("cursor", cursor, PAGE_MAX)).transpose()?.unwrap_or(1);
        Ok(Self { page, size })
    }

    /// The listing of this page, in the order that the list has by itself.
    pub fn listing(self, spec: &Spec) -> Listing {
        Listing { page: self.page, page_size: self.size, order: spec.order, ..Listing::default() }
    }

    /// Whether nothing follows, of so many items.
    pub fn is_last(self, total: u64) -> bool {
        u64::from(self.page) * u64::from(self.size) >= total
    }

    /// The answer, with how to go on if more follows.
    pub fn more(self, answer: ToolAnswer, total: u64) -> ToolAnswer {
        if self.is_last(total) { answer } else { answer.say(format!("More: the same with cursor {}.", self.page + 1)) }
    }
}

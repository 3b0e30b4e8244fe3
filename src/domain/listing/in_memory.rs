//! A list of few things that is made in memory, by the same request as one that the database makes.

use std::{borrow::Cow, cmp::Ordering};

use crate::domain::{page::Page, spec::Operand, text};

use super::{Filter, Listing, Test};

/// What can be listed so.
pub trait Listable {
    /// The folded text that a search looks into.
    fn words(&self) -> Cow<'_, str>;

    /// What a field of the list holds, by its wire name: nothing where it is null, several where it holds several.
    fn values(&self, field: &str) -> Vec<Operand>;

    /// What decides where a field holds the same.
    fn id(&self) -> Cow<'_, str>;
}

impl Listing {
    /// Whether the list shows this one: it has all words of the search, and each filter holds.
    pub fn shows(&self, one: &impl Listable) -> bool {
        let words = one.words();
        let mut wanted = self.search.iter().flat_map(|search| search.split_whitespace());
        wanted.all(|word| words.contains(word)) && self.filters.iter().all(|filter| filter.holds(&one.values(filter.field)))
    }

    /// How two stand to each other in the list. Where the field that it is sorted by holds nothing, that comes last, whichever way.
    pub fn compare<T: Listable>(&self, a: &T, b: &T) -> Ordering {
        let key = |one: &T| one.values(self.order.field).into_iter().next();
        let way = |order: Ordering| if self.order.descending { order.reverse() } else { order };
        match (key(a), key(b)) {
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (first, second) => {
                let same = first.zip(second).map_or(Ordering::Equal, |(a, b)| order(&a, &b));
                way(same.then_with(|| a.id().cmp(&b.id())))
            }
        }
    }

    /// The page that is asked for of all that the list shows, in their order.
    pub fn page_of<T>(&self, all: Vec<T>) -> Page<T> {
        let total = all.len() as u64;
        let skipped = usize::try_from(self.offset()).unwrap_or(usize::MAX);
        let items = all.into_iter().skip(skipped).take(self.page_size as usize).collect();
        Page { items, total, page: self.page, page_size: self.page_size, next: None }
    }
}

impl Filter {
    /// Whether what a field holds passes.
    fn holds(&self, values: &[Operand]) -> bool {
        match &self.test {
            Test::Is(wanted) => values.contains(wanted),
            Test::IsNull(wanted) => values.is_empty() == *wanted,
            Test::Like(part) => values.iter().any(|value| matches!(value, Operand::Text(found) if text::fold(found).contains(part))),
            Test::Since(moment) => values.iter().any(|value| matches!(value, Operand::Instant(found) if found >= moment)),
            Test::Among(words) => values.iter().any(|value| matches!(value, Operand::Text(found) if words.contains(&found.as_str()))),
        }
    }
}

/// Text as people sort it; a field holds one sort of value.
fn order(a: &Operand, b: &Operand) -> Ordering {
    match (a, b) {
        (Operand::Text(a), Operand::Text(b)) => text::fold(a).cmp(&text::fold(b)),
        (Operand::Bool(a), Operand::Bool(b)) => a.cmp(b),
        (Operand::Instant(a), Operand::Instant(b)) => a.cmp(b),
        (Operand::Int(a), Operand::Int(b)) => a.cmp(b),
        _ => Ordering::Equal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{spec::Order, time::Instant};

    struct Boat(&'static str, Option<i64>, bool);

    impl Listable for Boat {
        fn words(&self) -> Cow<'_, str> {
            text::fold(self.0).into()
        }

        fn values(&self, field: &str) -> Vec<Operand> {
            match field {
                "name" => vec![Operand::Text(self.0.to_owned())],
                "metres" => self.1.map(Operand::Int).into_iter().collect(),
                "built" => self.1.map(|metres| Operand::Instant(Instant::from_seconds(metres))).into_iter().collect(),
                "crew" => self.0.split(' ').map(|word| Operand::Text(word.to_owned())).collect(),
                _ => vec![Operand::Bool(self.2)],
            }
        }

        fn id(&self) -> Cow<'_, str> {
            self.0.into()
        }
    }

    const BOATS: [Boat; 4] =
        [Boat("Élan", Some(7), true), Boat("cutter two", None, false), Boat("Barge", Some(30), false), Boat("Cutter one", Some(7), true)];

    fn names_on(listing: &Listing) -> Vec<&'static str> {
        let mut all: Vec<_> = BOATS.into_iter().filter(|boat| listing.shows(boat)).collect();
        all.sort_by(|a, b| listing.compare(a, b));
        listing.page_of(all).items.into_iter().map(|boat| boat.0).collect()
    }

    fn by(field: &'static str, descending: bool) -> Listing {
        Listing { order: Order { field, descending }, ..Listing::default() }
    }

    #[test]
    fn every_sort_of_value_is_sorted_and_nothing_comes_last() {
        assert_eq!(names_on(&by("name", false)), ["Barge", "Cutter one", "cutter two", "Élan"]);
        assert_eq!(names_on(&by("name", true)), ["Élan", "cutter two", "Cutter one", "Barge"]);
        for field in ["metres", "built"] {
            assert_eq!(names_on(&by(field, false)), ["Cutter one", "Élan", "Barge", "cutter two"], "{field}");
            assert_eq!(names_on(&by(field, true)), ["Barge", "Élan", "Cutter one", "cutter two"], "{field}");
        }
        assert_eq!(names_on(&by("sails", false)), ["Barge", "cutter two", "Cutter one", "Élan"]);
    }

    #[test]
    fn every_test_finds_what_it_asks_for() {
        let with = |field: &'static str, test: Test| names_on(&Listing { filters: vec![Filter { field, test }], ..by("name", false) });
        assert_eq!(with("name", Test::Is(Operand::Text("Barge".into()))), ["Barge"]);
        assert_eq!(with("crew", Test::Is(Operand::Text("two".into()))), ["cutter two"], "one of several");
        assert_eq!(with("metres", Test::Is(Operand::Int(7))), ["Cutter one", "Élan"]);
        assert_eq!(with("sails", Test::Is(Operand::Bool(false))), ["Barge", "cutter two"]);
        assert_eq!(with("metres", Test::IsNull(true)), ["cutter two"]);
        assert_eq!(with("metres", Test::IsNull(false)), ["Barge", "Cutter one", "Élan"]);
        assert_eq!(with("name", Test::Like("cutter".into())), ["Cutter one", "cutter two"]);
        assert_eq!(with("built", Test::Since(Instant::from_seconds(8))), ["Barge"]);
        assert_eq!(with("crew", Test::Among(vec!["one", "Barge"])), ["Barge", "Cutter one"]);
    }

    #[test]
    fn words_and_pages_are_those_of_the_request() {
        assert_eq!(names_on(&Listing { search: Some("two cut".into()), ..by("name", false) }), ["cutter two"]);
        let second = Listing { page: 2, page_size: 3, ..by("name", false) };
        assert_eq!((names_on(&second), second.page_of(vec![0; 4]).total), (vec!["Élan"], 4));
    }
}

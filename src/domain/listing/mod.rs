//! Lists: page, page size, search, sort, filters and `lite`, parsed once, for the API and the console alike.
//!
//! A [`Spec`] says which fields a list can be filtered and sorted by; the OpenAPI document is made from it too.

pub mod in_memory;

use crate::domain::{
    cursor::{Cursor, Mark},
    error::{Fault, Faults},
    spec::{Field, Holds, Operand, Order, Spec},
    text,
    time::{Instant, Unread},
};

/// Items on a page unless asked otherwise.
pub const PAGE_SIZE: u32 = 25;
/// Most items on a page.
pub const PAGE_SIZE_MAX: u32 = 200;
/// Highest page number.
pub const PAGE_MAX: u32 = 1_000_000;
/// Most characters of a search.
pub const SEARCH_MAX: usize = 200;

/// How a filter compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// `field=value`
    Is(Operand),
    /// `field_isnull=true`
    IsNull(bool),
    /// `field_like=text`: the text holds it, whatever its case and accents.
    Like(String),
    /// `field_gte=moment`: then or later.
    Since(Instant),
    /// One of these words.
    Among(Vec<&'static str>),
}

/// One filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// The field's wire name.
    pub field: &'static str,
    /// The comparison.
    pub test: Test,
}

/// A list request that was checked against its [`Spec`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Page number, from 1.
    pub page: u32,
    /// Whether beyond the last page that one is meant; else nothing is there.
    pub to_the_last: bool,
    /// Which list it is, for its cursors.
    pub list: Mark,
    /// Go on here, instead of at a page.
    pub after: Option<Cursor>,
    /// Items on a page.
    pub page_size: u32,
    /// Leave heavy fields out.
    pub lite: bool,
    /// Folded text to look for.
    pub search: Option<String>,
    /// Order.
    pub order: Order,
    /// Filters, all of which must hold.
    pub filters: Vec<Filter>,
}

impl Default for Listing {
    fn default() -> Self {
        Self {
            page: 1,
            to_the_last: false,
            list: Mark::default(),
            after: None,
            page_size: PAGE_SIZE,
            lite: false,
            search: None,
            order: Order::NEWEST,
            filters: Vec::new(),
        }
    }
}

impl Listing {
    /// How many items come before this page.
    pub const fn offset(&self) -> u64 {
        (self.page as u64 - 1) * self.page_size as u64
    }

    /// The same where there are so many items: on the last page, if beyond it that one is meant.
    #[must_use]
    pub fn among(&self, total: u64) -> Self {
        let last = total.div_ceil(u64::from(self.page_size)).max(1);
        let page = if self.to_the_last { u64::from(self.page).min(last) } else { u64::from(self.page) };
        Self { page: u32::try_from(page).unwrap_or(PAGE_MAX), ..self.clone() }
    }

    /// Reads the query parameters of a page of the console, whose address anybody may have put together: one that the list does not have is
    /// nothing to it, and beyond the last page that one is shown.
    ///
    /// # Errors
    /// All faults of the others at once.
    pub fn of_page(spec: &Spec, own: &[&str], query: &[(String, String)]) -> Result<Self, Faults> {
        let known: Vec<_> = query.iter().filter(|(name, _)| is_known(spec, name)).cloned().collect();
        Ok(Self { to_the_last: true, ..Self::parse(spec, own, &known)? })
    }

    /// Reads the query parameters of a list. `own` names parameters that the route reads itself.
    ///
    /// # Errors
    /// All faults at once; an unknown parameter is one, since a mistyped filter would otherwise list everything.
    pub fn parse(spec: &Spec, own: &[&str], query: &[(String, String)]) -> Result<Self, Faults> {
        Self::parse_of(Mark::default(), spec, own, query)
    }

    /// The same for the list with this mark.
    ///
    /// # Errors
    /// Those of [`Self::parse`].
    pub fn parse_of(list: Mark, spec: &Spec, own: &[&str], query: &[(String, String)]) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let mut listing = Self { list, order: spec.order, ..Self::default() };
        for (at, (name, value)) in query.iter().enumerate() {
            if own.contains(&name.as_str()) {
                continue;
            }
            if query[..at].iter().any(|(earlier, _)| earlier == name) {
                faults.add(name, "repeated", format!("{name} is given more than once."));
                continue;
            }
            if let Err(fault) = listing.take(spec, name, value) {
                faults.push(fault);
            }
        }
        let given = |wanted: &str| query.iter().find(|(name, _)| name == wanted && !own.contains(&wanted)).map(|(_, value)| value);
        if let Some(after) = given("after") {
            listing.after = faults.keep(Cursor::decode(after, spec, list, listing.order));
            if given("page").is_some() {
                faults.add("after", "contradiction", "after and page cannot be given together.");
            }
        }
        if faults.0.is_empty() { Ok(listing) } else { Err(faults) }
    }

    fn take(&mut self, spec: &Spec, name: &str, value: &str) -> Result<(), Fault> {
        match name {
            "page" => self.page = number(name, value, PAGE_MAX)?,
            // Read last: it depends on the order.
            "after" => {}
            "pageSize" => self.page_size = number(name, value, PAGE_SIZE_MAX)?,
            "lite" => self.lite = flag(name, value)?,
            "search" if !spec.search.is_empty() => {
                let words = text::optional_line(name, value, SEARCH_MAX)?;
                self.search = Some(text::fold(&words)).filter(|words| !words.is_empty());
            }
            "sort" => self.order = order(spec, value)?,
            _ => self.filters.push(filter(spec, name, value)?),
        }
        Ok(())
    }
}

/// Whether a list has this parameter.
fn is_known(spec: &Spec, name: &str) -> bool {
    match name {
        "page" | "after" | "pageSize" | "lite" | "sort" => true,
        "search" => !spec.search.is_empty(),
        _ => filtered(spec, name).is_some(),
    }
}

/// The number of a page that stands under another name in the address, such as that of a second list.
///
/// # Errors
/// The fault, when it is none.
pub fn page_number(name: &str, value: &str) -> Result<u32, Fault> {
    number(name, value, PAGE_MAX)
}

/// A whole number from 1 to `max`, as query parameters carry it.
///
/// # Errors
/// The fault, when it is none.
pub fn number(name: &str, value: &str, max: u32) -> Result<u32, Fault> {
    let digits = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
    value
        .parse::<u32>()
        .ok()
        .filter(|n| digits && (1..=max).contains(n))
        .ok_or_else(|| Fault::new(name, "out_of_range", format!("{name} must be a whole number from 1 to {max}.")))
}

/// `true` or `false`, as query parameters carry it.
pub fn flag(name: &str, value: &str) -> Result<bool, Fault> {
    match value {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Fault::new(name, "malformed", format!("{name} must be true or false."))),
    }
}

fn order(spec: &Spec, value: &str) -> Result<Order, Fault> {
    let (name, direction) = value.split_once(':').unwrap_or((value, "asc"));
    let sortable = || spec.fields.iter().filter(|field| field.sort);
    let field = sortable().find(|field| field.name == name).ok_or_else(|| {
        let names: Vec<_> = sortable().map(|field| field.name).collect();
        Fault::new("sort", "unsortable", format!("sort must be one of {}, followed by :asc or :desc.", names.join(", ")))
    })?;
    let descending = match direction {
        "asc" => false,
        "desc" => true,
        _ => return Err(Fault::new("sort", "malformed", "The direction of sort must be asc or desc.")),
    };
    Ok(Order { field: field.name, descending })
}

/// The field that a parameter filters by, and how.
fn filtered<'s>(spec: &'s Spec, name: &str) -> Option<(&'s Field, &'static str)> {
    let (base, suffix) = match name.rsplit_once('_') {
        Some((base, "isnull")) => (base, "isnull"),
        Some((base, "like")) => (base, "like"),
        Some((base, "gte")) => (base, "gte"),
        _ => (name, ""),
    };
    spec.fields.iter().find(|field| field.filter && field.name == base).map(|field| (field, suffix))
}

fn filter(spec: &Spec, name: &str, value: &str) -> Result<Filter, Fault> {
    let (field, suffix) =
        filtered(spec, name).ok_or_else(|| Fault::new(name, "unknown_field", format!("This list has no parameter {name:?}.")))?;
    let test = match suffix {
        "isnull" => Test::IsNull(flag(name, value)?),
        "like" => like(field, text::fold(&text::optional_line(name, value, SEARCH_MAX)?))
            .ok_or_else(|| Fault::new(name, "unknown_field", format!("This list has no parameter {name:?}.")))?,
        "gte" => match operand(field, value).map_err(|fault| Fault { field: name.to_owned(), ..fault })? {
            Operand::Instant(moment) => Test::Since(moment),
            _ => return Err(Fault::new(name, "unknown_field", format!("This list has no parameter {name:?}."))),
        },
        _ => Test::Is(operand(field, value)?),
    };
    Ok(Filter { field: field.name, test })
}

/// What holds this text; nothing where a field holds no text.
fn like(field: &Field, part: String) -> Option<Test> {
    match field.holds {
        Holds::Text | Holds::Id | Holds::Linked => Some(Test::Like(part)),
        Holds::Word(words) => Some(Test::Among(words.iter().copied().filter(|word| text::fold(word).contains(&part)).collect())),
        Holds::Bool | Holds::Instant | Holds::Int => None,
    }
}

fn operand(field: &Field, value: &str) -> Result<Operand, Fault> {
    let name = field.name;
    let malformed = |what: &str| Fault::new(name, "malformed", format!("{name} must be {what}."));
    match field.holds {
        Holds::Text => text::optional_line(name, value, 500).map(Operand::Text),
        Holds::Word(words) if words.contains(&value) => Ok(Operand::Text(value.to_owned())),
        Holds::Word(words) => Err(malformed(&format!("one of {}", words.join(", ")))),
        Holds::Bool => flag(name, value).map(Operand::Bool),
        Holds::Instant => match value.parse() {
            Ok(at) => Ok(Operand::Instant(at)),
            // A question, not a wish: nothing is there.
            Err(Unread::TooFar) => Ok(Operand::Instant(Instant::from_micros(i64::MAX))),
            Err(Unread::Malformed) => Err(malformed("a date such as 2026-01-01T00:00:00.000Z")),
        },
        Holds::Id | Holds::Linked => {
            value.parse::<uuid::fmt::Hyphenated>().map(|id| Operand::Text(id.to_string())).map_err(|_| malformed("a UUID"))
        }
        Holds::Int => value.parse().map(Operand::Int).map_err(|_| malformed("a whole number")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: Spec = Spec {
        fields: &[Field::both("name", Holds::Text), Field::filter("isActive", Holds::Bool), Field::sort("createdAt", Holds::Instant)],
        search: &["name"],
        order: Order::NEWEST,
    };

    fn parse(query: &str) -> Result<Listing, Vec<String>> {
        let pairs: Vec<_> = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').map_or((pair.into(), String::new()), |(k, v)| (k.into(), v.into())))
            .collect();
        Listing::parse(&SPEC, &[], &pairs).map_err(|faults| faults.0.into_iter().map(|fault| fault.field).collect())
    }

    #[test]
    fn refuses_what_is_out_of_range_and_names_it() {
        for (query, field) in [
            ("page=0", "page"),
            ("page=-1", "page"),
            ("page=1000000000", "page"),
            ("page=+1", "page"),
            ("pageSize=1000000", "pageSize"),
            ("sort=isActive:asc", "sort"),
            ("sort=name:up", "sort"),
            ("nmae=x", "nmae"),
            ("isActive=1", "isActive"),
            ("page=1&page=2", "page"),
            ("after=nonsense", "after"),
            ("after=&sort=name:asc", "after"),
        ] {
            assert_eq!(parse(query), Err(vec![field.to_owned()]), "{query}");
        }
    }

    #[test]
    fn a_cursor_goes_with_its_order_and_without_a_page() {
        let order = Order { field: "name", descending: true };
        let cursor = Cursor { list: Mark::default(), order, value: Some(Operand::Text("b".into())), id: "1".into() };
        let after = cursor.encode();
        assert_eq!(parse(&format!("after={after}&sort=name:desc")).map(|listing| listing.after), Ok(Some(cursor)));
        for query in [format!("after={after}"), format!("sort=name:asc&after={after}"), format!("sort=name:desc&page=1&after={after}")] {
            assert_eq!(parse(&query), Err(vec!["after".to_owned()]), "{query}");
        }
    }

    #[test]
    fn a_page_takes_no_offence_at_what_its_list_does_not_have() {
        let pairs = |text: &[(&str, &str)]| text.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>();
        let listing = Listing::of_page(&SPEC, &[], &pairs(&[("utm_source", "x"), ("utm_source", "y"), ("page", "9")])).expect("good");
        assert_eq!((listing.page, listing.filters.len()), (9, 0));
        assert!(Listing::of_page(&SPEC, &[], &pairs(&[("isActive", "maybe"), ("fbclid", "x")])).is_err_and(|faults| faults.0.len() == 1));
        let pages = [0, 1, 25, 26, 1000].map(|total| listing.among(total).page);
        assert_eq!(pages, [1, 1, 1, 2, 9]);
        assert_eq!(Listing { page: 9, ..Listing::default() }.among(1).page, 9, "the API says what is there");
    }

    #[test]
    fn reads_what_the_spec_offers() {
        let listing = parse("page=3&pageSize=10&lite=true&search=%C3%89&sort=name:desc&isActive=false&name_isnull=true").expect("good");
        assert_eq!((listing.page, listing.offset(), listing.lite), (3, 20, true));
        assert_eq!(listing.order, Order { field: "name", descending: true });
        assert_eq!(listing.filters.len(), 2);
    }

    #[test]
    fn moments_are_compared_and_nothing_else_is() {
        const DATED: Spec = Spec { fields: &[Field::both("at", Holds::Instant), Field::both("name", Holds::Text)], ..SPEC };
        let parse = |name: &str, value: &str| {
            let found = Listing::parse(&DATED, &[], &[(name.to_owned(), value.to_owned())]);
            found.map(|listing| listing.filters).map_err(|faults| faults.0[0].code)
        };
        let then = Instant::from_seconds(1_767_225_600);
        assert_eq!(parse("at_gte", "2026-01-01T00:00:00Z"), Ok(vec![Filter { field: "at", test: Test::Since(then) }]));
        assert_eq!((parse("at_gte", "x"), parse("name_gte", "a")), (Err("malformed"), Err("unknown_field")));
    }
}

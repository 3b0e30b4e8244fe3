//! What the list of a kind offers, read off its fields while the program is compiled.

use crate::domain::{
    content::{Field, FieldType, Status},
    spec::{self, Holds},
};

/// How many of these fields a list filters or sorts by, and into how many its search looks.
pub const fn counts(fields: &[Field]) -> (usize, usize) {
    let (mut at, mut offered, mut searched) = (0, 0, 0);
    while at < fields.len() {
        offered += (fields[at].filter || fields[at].sort) as usize;
        searched += fields[at].searchable as usize;
        at += 1;
    }
    (offered, searched)
}

/// The fields that a list filters or sorts by.
pub const fn offered<const N: usize>(fields: &[Field]) -> [spec::Field; N] {
    let mut all = [spec::Field::sort("", Holds::Text); N];
    let (mut at, mut next) = (0, 0);
    while at < fields.len() {
        let Field { name, filter, sort, .. } = fields[at];
        if filter || sort {
            let name = if let FieldType::References { one, .. } = fields[at].holds { one } else { name };
            all[next] = spec::Field { name, holds: holds(fields[at].holds), filter, sort };
            next += 1;
        }
        at += 1;
    }
    all
}

/// The names of the fields that a search looks into.
pub const fn searched<const N: usize>(fields: &[Field]) -> [&'static str; N] {
    let mut all = [""; N];
    let (mut at, mut next) = (0, 0);
    while at < fields.len() {
        if fields[at].searchable {
            all[next] = fields[at].name;
            next += 1;
        }
        at += 1;
    }
    all
}

/// How a filter by a field is read.
const fn holds(field: FieldType) -> Holds {
    match field {
        FieldType::Bool => Holds::Bool,
        FieldType::Id | FieldType::Reference(_) | FieldType::App(_) => Holds::Id,
        FieldType::Instant => Holds::Instant,
        FieldType::Word(words) => Holds::Word(words),
        FieldType::Status => Holds::Word(Status::WORDS),
        FieldType::PlainStatus => Holds::Word(Status::PLAIN),
        FieldType::References { .. } => Holds::Linked,
        FieldType::Integer { .. } => Holds::Int,
        _ => Holds::Text,
    }
}

/// What the list of a kind with these fields offers, the newest first.
#[macro_export]
macro_rules! kind_listing {
    ($fields:expr) => {
        $crate::domain::spec::Spec {
            fields: &$crate::domain::content::kinds::offered::offered::<{ $crate::domain::content::kinds::offered::counts($fields).0 }>(
                $fields,
            ),
            search: &$crate::domain::content::kinds::offered::searched::<{ $crate::domain::content::kinds::offered::counts($fields).1 }>(
                $fields,
            ),
            order: $crate::domain::spec::Order::NEWEST,
        }
    };
}

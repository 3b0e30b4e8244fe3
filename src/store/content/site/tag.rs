//! The tags of an app: the names of totals that are kept at each write.

use crate::{
    domain::{
        Result,
        access::{Granted, InApp},
        spec::{Field, Holds, Order, Spec},
    },
    store::Tx,
};

statements! {
    TAGS = "SELECT what FROM counters WHERE owner = $1 AND what >= 'tags/' AND what < 'tags0'
            GROUP BY what HAVING CAST(SUM(n) AS BIGINT) > 0 ORDER BY what";
}

/// `list_website_tags`.
pub const LISTED: Spec =
    Spec { fields: &[Field::both("tag", Holds::Text)], search: &["tag"], order: Order { field: "tag", descending: false } };

/// The tags that entries of the app have, in their order.
pub fn all(tx: &mut Tx<'_>, at: &Granted<InApp>) -> Result<Vec<String>> {
    let rows = tx.rows(&TAGS, &[at.app().into()])?;
    let tag = |mut row: crate::store::row::Row| {
        let what: String = row.take("counters", "what")?;
        Ok(what.strip_prefix("tags/").unwrap_or_default().to_owned())
    };
    rows.into_iter().map(tag).collect()
}

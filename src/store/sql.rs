//! The only builder of SQL: list queries from static descriptors. Values are always bound.

use crate::domain::{
    Error, Result,
    cursor::Cursor,
    error::Fault,
    listing::{Listing, Test},
    page::Page,
    spec::{Holds, Operand, Order, Spec},
};

use super::{
    Tx,
    engine::Sql,
    error::StoreError,
    row::{Cell, Row, Value},
};

/// How a list is read. Column expressions are static; `columns` gives one for each field of the list's [`Spec`].
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// The SELECT list.
    pub select: &'static str,
    /// The FROM clause with its joins.
    pub from: &'static str,
    /// The column that makes the order total.
    pub id: &'static str,
    /// Wire name, SQL expression.
    pub columns: &'static [Column],
    /// Folded columns that the search looks into.
    pub search: &'static [&'static str],
}

/// One column of a list.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    name: &'static str,
    sql: &'static str,
    /// What it is sorted and searched by.
    fold: &'static str,
    nullable: bool,
}

/// A column that is never null.
pub const fn column(name: &'static str, sql: &'static str) -> Column {
    Column { name, sql, fold: sql, nullable: false }
}

/// A column that may be null; nulls sort last.
pub const fn nullable(name: &'static str, sql: &'static str) -> Column {
    Column { name, sql, fold: sql, nullable: true }
}

impl Column {
    /// Text that people write: sorted and searched by its folded column.
    pub const fn folded(self, fold: &'static str) -> Self {
        Self { fold, ..self }
    }
}

/// A condition that always holds for a list: static SQL with its values; `?` stands for the next of them, and `?*` for
/// all that are left, parted by commas.
pub type Condition<'a> = (&'static str, &'a [Value]);

/// Reads one page.
///
/// `total` is the maintained counter for the list without search and filters; without one the rows are counted.
pub fn list(tx: &mut Tx<'_>, table: &Table, scope: &[Condition<'_>], listing: &Listing, total: Option<u64>) -> Result<Page<Row>> {
    let plain = listing.search.is_none() && listing.filters.is_empty();
    page_with_total(tx, table, scope, listing, total.filter(|_| plain))
}

/// The same with each row as what it stands for.
pub fn read<T>(
    tx: &mut Tx<'_>,
    table: &Table,
    scope: &[Condition<'_>],
    listing: &Listing,
    of: impl Fn(&mut Row) -> std::result::Result<T, StoreError>,
) -> Result<Page<T>> {
    Ok(list(tx, table, scope, listing, None)?.try_map(|mut row| of(&mut row))?)
}

/// The same; `total` is that of the list with its search and filters, where it is known, and is counted where it is not.
pub fn page_with_total(
    tx: &mut Tx<'_>,
    table: &Table,
    scope: &[Condition<'_>],
    listing: &Listing,
    total: Option<u64>,
) -> Result<Page<Row>> {
    page(tx, table, (scope, &[]), listing, total)
}

/// The same for rows that besides meet one condition at least of each of these.
pub fn among_either(
    tx: &mut Tx<'_>,
    table: &Table,
    scope: (&[Condition<'_>], &[Vec<Condition<'_>>]),
    listing: &Listing,
) -> Result<Page<Row>> {
    page(tx, table, scope, listing, None)
}

fn page(
    tx: &mut Tx<'_>,
    table: &Table,
    (scope, either): (&[Condition<'_>], &[Vec<Condition<'_>>]),
    listing: &Listing,
    total: Option<u64>,
) -> Result<Page<Row>> {
    let mut query = Query::default();
    for (text, values) in scope {
        query.fixed(text, values);
    }
    either.iter().for_each(|cases| query.either(cases));
    query.listing(table, listing)?;
    let total = match total {
        Some(total) => total,
        None => count(tx, table, &query)?,
    };
    let last = listing.to_the_last.then(|| listing.among(total));
    let listing = last.as_ref().unwrap_or(listing);
    let mut items = if listing.offset() >= total { Vec::new() } else { rows(tx, table, listing, query)? };
    let more = match listing.after {
        Some(_) => items.len() > listing.page_size as usize,
        None => listing.offset() + (items.len() as u64) < total,
    };
    items.truncate(listing.page_size as usize);
    let next = items.last().filter(|_| more).and_then(|last| place(last, listing)).map(|place| place.encode());
    Ok(Page { items, total, page: listing.page, page_size: listing.page_size, next })
}

/// The place of a row in its list; [`Query::select`] has put what that takes behind its cells.
fn place(row: &Row, listing: &Listing) -> Option<Cursor> {
    let value = match row.from_end(2)? {
        Cell::Null => None,
        Cell::Bool(flag) => Some(Operand::Bool(flag)),
        Cell::Int(number) => Some(Operand::Int(number)),
        Cell::Text(text) => Some(Operand::Text(text.to_owned())),
        Cell::Real(_) | Cell::Bytes(_) => return None,
    };
    let Cell::Text(id) = row.from_end(1)? else { return None };
    Some(Cursor { list: listing.list, order: listing.order, value, id: id.to_owned() })
}

/// Of the rows that [`list`] would find on all pages, how many hold each of these cases; in one pass over them. The case
/// without a text is all.
pub fn tally<const N: usize>(
    tx: &mut Tx<'_>,
    table: &Table,
    cases: [Condition<'_>; N],
    scope: &[Condition<'_>],
    listing: &Listing,
) -> Result<[u64; N]> {
    let mut query = Query::default();
    cases.iter().for_each(|(text, values)| query.fixed(text, values));
    let sums = query.conditions.drain(..).map(|case| match case.as_str() {
        "" => "COUNT(*)".to_owned(),
        case => format!("CAST(COALESCE(SUM(CASE WHEN {case} THEN 1 ELSE 0 END), 0) AS BIGINT)"),
    });
    let select = sums.collect::<Vec<_>>().join(", ");
    scope.iter().for_each(|(text, values)| query.fixed(text, values));
    query.listing(table, listing)?;
    let row = tx.one(&Sql::built(format!("SELECT {select} FROM {}{}", table.from, query.wheres())), &query.args)?;
    let mut counts = [0; N];
    if let Some(mut row) = row {
        for count in &mut counts {
            *count = row.take("count", "count")?;
        }
    }
    Ok(counts)
}

/// The rows of a statement about many things at once; its placeholders are those of a [`Condition`].
pub fn among(tx: &mut Tx<'_>, statement: Condition<'_>) -> Result<Vec<Row>> {
    let mut query = Query::default();
    query.fixed(statement.0, statement.1);
    Ok(tx.rows(&Sql::built(query.conditions.concat()), &query.args)?)
}

/// Every text that [`list`] can build for a descriptor, for the test that prepares them.
pub fn every_list(spec: &Spec, table: &Table, scope: &[Condition<'_>]) -> Result<Vec<Sql>> {
    let mut texts = Vec::new();
    // What links are followed for is no column: its list adds a condition of its own.
    for field in spec.fields.iter().filter(|field| field.holds != Holds::Linked) {
        let mut listing = Listing { search: (!table.search.is_empty()).then(|| "x".into()), ..Listing::default() };
        listing.order = if field.sort { Order { field: field.name, descending: true } } else { spec.order };
        if field.filter {
            let test = Test::Is(Operand::Int(1));
            listing.filters.push(crate::domain::listing::Filter { field: field.name, test });
        }
        let mut query = Query::default();
        for (text, values) in scope {
            query.fixed(text, values);
        }
        query.listing(table, &listing)?;
        texts.push(query.select(table, &listing)?.0);
        for value in [Some(Operand::Int(1)), None].into_iter().filter(|_| field.sort) {
            let after = Some(Cursor { list: listing.list, order: listing.order, value, id: String::new() });
            let mut query = Query::default();
            scope.iter().for_each(|(text, values)| query.fixed(text, values));
            query.listing(table, &Listing { after: after.clone(), ..listing.clone() })?;
            texts.push(query.select(table, &Listing { after, ..listing.clone() })?.0);
        }
    }
    Ok(texts)
}

fn count(tx: &mut Tx<'_>, table: &Table, query: &Query) -> Result<u64> {
    let text = format!("SELECT COUNT(*) FROM {}{}", table.from, query.wheres());
    let row = tx.one(&Sql::built(text), &query.args)?;
    row.map_or(Ok(0), |mut row| Ok(row.take::<u64>("count", "count")?))
}

fn rows(tx: &mut Tx<'_>, table: &Table, listing: &Listing, query: Query) -> Result<Vec<Row>> {
    let (sql, args) = query.select(table, listing)?;
    Ok(tx.rows(&sql, &args)?)
}

#[derive(Debug, Default)]
struct Query {
    conditions: Vec<String>,
    args: Vec<Value>,
}

impl Query {
    fn bind(&mut self, value: Value) -> String {
        self.args.push(value);
        format!("${}", self.args.len())
    }

    fn fixed(&mut self, text: &'static str, values: &[Value]) {
        let mut parts = text.split('?');
        let mut condition = parts.next().unwrap_or_default().to_owned();
        let mut values = values.iter();
        for part in parts {
            let (slots, rest) = part.strip_prefix('*').map_or((1, part), |rest| (values.len(), rest));
            let bound: Vec<_> = values.by_ref().take(slots).map(|value| self.bind(value.clone())).collect();
            condition.push_str(&bound.join(", "));
            condition.push_str(rest);
        }
        self.conditions.push(condition);
    }

    fn either(&mut self, cases: &[Condition<'_>]) {
        let from = self.conditions.len();
        cases.iter().for_each(|(text, values)| self.fixed(text, values));
        let any = self.conditions.split_off(from).join(" OR ");
        self.conditions.push(format!("({any})"));
    }

    fn listing(&mut self, table: &Table, listing: &Listing) -> Result<()> {
        for filter in &listing.filters {
            let Column { sql, fold, .. } = find(table, filter.field)?;
            let condition = match &filter.test {
                Test::Is(operand) => format!("{sql} = {}", self.bind(operand.into())),
                Test::Since(moment) => format!("{sql} >= {}", self.bind((*moment).into())),
                Test::IsNull(true) => format!("{sql} IS NULL"),
                Test::IsNull(false) => format!("{sql} IS NOT NULL"),
                Test::Like(part) => format!("{fold} LIKE {} ESCAPE '\\'", self.bind(like(part))),
                Test::Among(words) if words.is_empty() => "1 = 0".to_owned(),
                Test::Among(words) => {
                    let bound: Vec<_> = words.iter().map(|word| self.bind((*word).into())).collect();
                    format!("{sql} IN ({})", bound.join(", "))
                }
            };
            self.conditions.push(condition);
        }
        if let Some(search) = &listing.search {
            for word in search.split_whitespace() {
                let slot = self.bind(like(word));
                let any: Vec<_> = table.search.iter().map(|sql| format!("{sql} LIKE {slot} ESCAPE '\\'")).collect();
                self.conditions.push(format!("({})", any.join(" OR ")));
            }
        }
        Ok(())
    }

    fn wheres(&self) -> String {
        if self.conditions.is_empty() { String::new() } else { format!(" WHERE {}", self.conditions.join(" AND ")) }
    }

    fn select(mut self, table: &Table, listing: &Listing) -> Result<(Sql, Vec<Value>)> {
        let by = find(table, listing.order.field)?;
        let direction = if listing.order.descending { "DESC" } else { "ASC" };
        let nulls = if by.nullable { format!("{} IS NULL, ", by.fold) } else { String::new() };
        let window = match &listing.after {
            // One more tells whether the list goes on.
            Some(after) => {
                self.beyond(by, table.id, after)?;
                format!("LIMIT {}", self.bind((listing.page_size + 1).into()))
            }
            None => {
                let limit = self.bind(listing.page_size.into());
                format!("LIMIT {limit} OFFSET {}", self.bind(listing.offset().into()))
            }
        };
        let text = format!(
            "SELECT {}, {}, {} FROM {}{} ORDER BY {nulls}{} {direction}, {} {direction} {window}",
            table.select,
            by.fold,
            table.id,
            table.from,
            self.wheres(),
            by.fold,
            table.id
        );
        Ok((Sql::built(text), self.args))
    }

    /// Only what stands behind a place, so that an index leads there.
    fn beyond(&mut self, by: Column, id: &str, after: &Cursor) -> Result<()> {
        if after.order.field != by.name {
            return Err(Fault::new("after", "other_order", "after is of this list in another order.").into());
        }
        let way = if after.order.descending { "<" } else { ">" };
        let condition = match &after.value {
            None => format!("({} IS NULL AND {id} {way} {})", by.fold, self.bind(after.id.as_str().into())),
            Some(value) => {
                let (value, last) = (self.bind(value.into()), self.bind(after.id.as_str().into()));
                let beyond = format!("({}, {id}) {way} ({value}, {last})", by.fold);
                if by.nullable { format!("({} IS NULL OR {beyond})", by.fold) } else { beyond }
            }
        };
        self.conditions.push(condition);
        Ok(())
    }
}

fn find(table: &Table, name: &str) -> Result<Column> {
    let column = table.columns.iter().find(|column| column.name == name).copied();
    column.ok_or_else(|| Error::Internal(format!("the list on {} has no column for {name}", table.from)))
}

/// A LIKE pattern that finds `part` anywhere, taken literally.
pub fn like(part: &str) -> Value {
    let mut pattern = String::with_capacity(part.len() + 2);
    pattern.push('%');
    for c in part.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    Value::Text(pattern)
}

impl From<&Operand> for Value {
    fn from(operand: &Operand) -> Self {
        match operand {
            Operand::Text(text) => Self::Text(text.clone()),
            Operand::Bool(flag) => (*flag).into(),
            Operand::Instant(at) => (*at).into(),
            Operand::Int(n) => Self::Int(*n),
        }
    }
}

/// The number in the first column of a one-row answer.
pub fn number(row: Option<Row>, table: &'static str) -> Result<u64> {
    row.map_or(Ok(0), |mut row| Ok(row.take::<Option<u64>>(table, "n")?.unwrap_or(0)))
}

/// A JSON text column as its Rust value.
pub fn json<T: serde::de::DeserializeOwned>(text: &str, table: &'static str, column: &'static str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| super::error::StoreError::Shape(table, column).into())
}

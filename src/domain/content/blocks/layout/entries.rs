//! A list of entries, such as the newest ones with a tag: of one kind, or of all that have addresses. Those with tags are looked for among the
//! first 1,000 of each kind in the order of the list; those of a category wherever they are.

use crate::domain::content::render::{
    data::Data,
    links::EntryQuery,
    page::{PLAIN, Page},
};
use crate::domain::content::{
    Field, FieldType,
    block::{Block, word},
    kinds::names::CATEGORY,
};

/// The block.
pub static BLOCK: Block = Block::new("entries", "list", FIELDS, r#"{"tags": ["press"], "limit": 3, "order": "newest"}"#, render);

const FIELDS: &[Field] = &[
    Field::new("kind", FieldType::ContentType).write().form(),
    Field::new("tags", FieldType::Tags).write().form(),
    Field::new("categoryId", FieldType::Reference(CATEGORY)).write().form(),
    Field::new("limit", FieldType::Integer { min: 1, max: 50 }).write().form(),
    word("order", &["newest", "oldest", "name"]),
];

/// Most entries, for want of a limit.
const LIMIT: i64 = 10;

fn render(page: &mut Page<'_>, data: &Data<'_>) {
    let given = |name: &str| Some(data.text(name).to_owned()).filter(|text| !text.is_empty());
    let wanted = EntryQuery {
        kind: given("kind"),
        tags: data.texts("tags").map(str::to_owned).collect(),
        category: given("categoryId"),
        limit: usize::try_from(data.number("limit").unwrap_or(LIMIT)).unwrap_or_default(),
        order: given("order").unwrap_or_else(|| "newest".to_owned()),
    };
    let cards = page.links().entries(&wanted);
    page.element("ul", &[("class", "entries")], |page| {
        for card in cards {
            page.element("li", PLAIN, |page| {
                page.element("h3", PLAIN, |page| page.link(&card.href, "", |page| page.text(&card.title)));
                page.line("p", "", &card.excerpt);
            });
        }
    });
}

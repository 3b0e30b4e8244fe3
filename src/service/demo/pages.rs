//! The demo's pages and posts.

use serde_json::{Value, json};

use crate::domain::content::{
    Kind,
    kinds::{website_page, website_post},
};

/// Kind and body of each entry, oldest first.
pub(super) fn all() -> Vec<(&'static Kind, Value)> {
    let pages = PAGES.iter().map(|page| (&website_page::KIND, page.body(None)));
    let posts = POSTS.iter().enumerate().map(|(at, post)| {
        // One stays a draft, so that there is one.
        let status = if at == POSTS.len() - 1 { "draft" } else { "published" };
        (&website_post::KIND, post.body(Some(status)))
    });
    pages.chain(posts).collect()
}

struct Text {
    slug: &'static str,
    en: &'static str,
    fr: &'static str,
    text: &'static str,
}

const fn text(slug: &'static str, en: &'static str, fr: &'static str, text: &'static str) -> Text {
    Text { slug, en, fr, text }
}

impl Text {
    fn body(&self, status: Option<&str>) -> Value {
        let heading = json!({ "type": "heading", "data": { "text": { "en": self.en, "fr": self.fr }, "level": 1 } });
        let paragraph = json!({ "type": "text", "data": { "markdown": self.text } });
        let mut body = json!({
            "name": self.en,
            "slug": self.slug,
            "title": { "en": self.en, "fr": self.fr },
            "seo": { "title": { "en": self.en, "fr": self.fr }, "description": self.text },
            "tags": ["demo"],
            "content": [{ "type": "section", "columns": [{ "blocks": [heading, paragraph] }] }],
        });
        if let Some(status) = status {
            body["status"] = status.into();
            body["excerpt"] = self.text.into();
            body["authorName"] = "Chloé Martin".into();
        }
        body
    }
}

const PAGES: &[Text] = &[
    text(
        "home",
        "Books about sea and sky",
        "Des livres sur la mer et le ciel",
        "Northwind Press has printed books about weather, tides and lighthouses since 1987.",
    ),
    text("about", "About us", "Qui sommes-nous", "Five people, two presses and a cat, in an old harbour office."),
    text("books", "Our books", "Nos livres", "Forty titles are in print. The newest stand on top."),
    text("authors", "Our authors", "Nos auteurs", "Sailors, meteorologists and one retired lighthouse keeper."),
    text("stockists", "Where to buy", "Où acheter", "In good bookshops, and by post from our own counter."),
    text("contact", "Contact", "Contact", "Write to us, or ring the bell twice."),
    text("imprint", "Imprint", "Mentions légales", "Northwind Press, Harbour Road 4."),
];

const POSTS: &[Text] = &[
    text("a-new-tide-table", "A new tide table", "Une nouvelle table des marées", "The tide table for next year has gone to press."),
    text("reading-clouds", "Reading clouds", "Lire les nuages", "Ten clouds that everybody should know by name."),
    text("the-keeper-of-skerry-light", "The keeper of Skerry Light", "Le gardien de Skerry Light", "A talk with our oldest author."),
    text("printing-in-two-colours", "Printing in two colours", "Imprimer en deux couleurs", "Why our charts are green and grey."),
    text("book-fair-diary", "Book fair diary", "Journal du salon du livre", "Three days, nine hundred visitors, one broken chair."),
    text("winter-catalogue", "The winter catalogue", "Le catalogue d'hiver", "What comes out before the ice goes."),
];

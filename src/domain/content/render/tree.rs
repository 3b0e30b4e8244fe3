//! A content tree as HTML.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::domain::content::{blocks, locale::Locales};

use super::{
    answers::{Answers, Unanswered},
    data::Data,
    html::Heading,
    links::Links,
    page::Page,
};

/// HTML and the headings in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The sections, one behind the other.
    pub html: String,
    /// The headings, for a table of contents.
    pub toc: Vec<Heading>,
}

/// The tree as readers of a language see it.
///
/// # Errors
/// When the text is no JSON.
pub fn render(tree: &str, locale: &str, locales: &Locales<'_>, links: &dyn Links) -> serde_json::Result<Rendered> {
    render_answered(tree, (locale, locales), links, &Unanswered)
}

/// The same of a form that somebody fills in.
///
/// # Errors
/// When the text is no JSON.
pub fn render_answered(
    tree: &str,
    (locale, locales): (&str, &Locales<'_>),
    links: &dyn Links,
    answers: &dyn Answers,
) -> serde_json::Result<Rendered> {
    let sections: Vec<Value> = serde_json::from_str(tree)?;
    let mut page = Page::new(links).with_answers(answers);
    Renderer { locale, locales }.sections(&mut page, &sections, true);
    let (html, toc) = page.finish();
    Ok(Rendered { html, toc })
}

struct Renderer<'a> {
    locale: &'a str,
    locales: &'a Locales<'a>,
}

impl Renderer<'_> {
    /// `outer` unless they stand in another page: a sidebar holds none.
    fn sections(&self, page: &mut Page<'_>, sections: &[Value], outer: bool) {
        for section in sections {
            let columns = items(section, "columns");
            let role = text(section, "role");
            let class = format!("section{}{}", if role.is_empty() { "" } else { " section-" }, safe_word(role));
            page.element("section", &self.attributes(section, class, &[("data-section", text(section, "id"))]), |page| {
                let class = format!("columns columns-{}", columns.len());
                page.element("div", &[("class", &class)], |page| {
                    for column in columns {
                        page.element("div", &self.attributes(column, "column".into(), &[]), |page| {
                            items(column, "blocks").iter().for_each(|block| self.block(page, block, outer));
                        });
                    }
                });
            });
        }
    }

    fn block(&self, page: &mut Page<'_>, block: &Value, outer: bool) {
        let (name, id) = (text(block, "type"), text(block, "id"));
        // What is not known is stored and not shown.
        let Some(known) = blocks::of_type(name) else { return };
        let data = Data::new(block.get("data").and_then(Value::as_object), self.locale, self.locales);
        let attributes = |class| self.attributes(block, class, &[("data-block", name), ("data-id", id)]);
        let fits = page.fits(|page| {
            page.set_prefix(id);
            page.element("div", &attributes(format!("block block-{name}")), |page| {
                if !known.holds_sidebar {
                    (known.render)(page, &data);
                } else if outer && let Ok(sidebar) = data.text("sidebarId").parse() {
                    page.sidebar(sidebar, |page| self.sidebar(page, sidebar));
                }
            });
        });
        if !fits {
            page.element("div", &attributes(format!("block block-{name} left-out")), |_| {});
        }
    }

    fn sidebar(&self, page: &mut Page<'_>, id: Uuid) {
        let tree = page.links().sidebar(id).filter(|tree| page.reads(tree));
        if let Some(Ok(sections)) = tree.map(|tree| serde_json::from_str::<Vec<Value>>(&tree)) {
            page.element("aside", &[("class", "sidebar")], |page| self.sections(page, &sections, false));
        }
    }

    /// Class, id and the rest of a part with styles. The values live as long as the part and the class do.
    fn attributes<'v>(&self, part: &'v Value, class: String, more: &[(&'v str, &'v str)]) -> Vec<(&'v str, String)> {
        let styles = Data::new(part.get("styles").and_then(Value::as_object), self.locale, self.locales);
        let mut class = class;
        for (name, short) in STYLED {
            let word = safe_word(styles.text(name));
            if !word.is_empty() {
                class = format!("{class} {short}-{word}");
            }
        }
        let shown = styles.group("visibility");
        for device in ["phone", "tablet", "desktop"] {
            if shown.is_set(device, false) {
                class = format!("{class} not-on-{device}");
            }
        }
        let mut all = vec![("class", class), ("id", safe_word(styles.text("anchor")).to_owned())];
        all.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
        all
    }
}

/// What of a layout stands beside a page: its sidebars, as a tree of their own.
///
/// # Errors
/// When the text is no JSON.
pub fn beside(tree: &str) -> serde_json::Result<String> {
    let sections: Vec<Value> = serde_json::from_str(tree)?;
    let columns = sections.iter().flat_map(|section| items(section, "columns"));
    let is_sidebar = |block: &&Value| blocks::of_type(text(block, "type")).is_some_and(|known| known.holds_sidebar);
    let sidebars: Vec<_> = columns.flat_map(|column| items(column, "blocks")).filter(is_sidebar).collect();
    Ok(if sidebars.is_empty() { "[]".to_owned() } else { json!([{ "columns": [{ "blocks": sidebars }] }]).to_string() })
}

/// The styles that are classes, and how these begin.
const STYLED: [(&str, &str); 6] = [
    ("spacingTop", "space-above"),
    ("spacingBottom", "space-below"),
    ("width", "width"),
    ("align", "align"),
    ("background", "background"),
    ("border", "border"),
];

fn items<'v>(part: &'v Value, name: &str) -> &'v [Value] {
    part.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'v>(part: &'v Value, name: &str) -> &'v str {
    part.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A word that may stand in a class; nothing for anything else.
fn safe_word(word: &str) -> &str {
    if word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')) { word } else { "" }
}

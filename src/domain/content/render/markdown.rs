//! Markdown as HTML: GitHub's, without raw HTML.
//!
//! A short text can become a very long page, so a source whose containers are nested too deeply, or that grows too much, is shown as the
//! plain text that it is.

use std::{
    fmt,
    sync::{Mutex, PoisonError},
};

use comrak::{
    Anchorizer, Arena, Options,
    adapters::{HeadingAdapter, HeadingMeta},
    format_html_with_plugins,
    nodes::{NodeValue, Sourcepos},
    options::Plugins,
    parse_document,
};

use super::{
    html::{Heading, escape, plain},
    links::{Links, resolve},
};

/// Deepest nesting of quotations and lists on one line.
const NESTING_MAX: usize = 24;
/// Most cells of all tables.
const CELLS_MAX: usize = 20_000;
/// Most bytes of what a source becomes.
const BYTES_MAX: usize = 1 << 20;

/// Appends what a source becomes, and its headings. `prefix` begins the ids, so that no two blocks of a page have the same.
pub(super) fn render(source: &str, prefix: &str, links: &dyn Links, out: &mut String, headings: &mut Vec<Heading>) {
    let (before, told) = (out.len(), headings.len());
    if is_nested_too_deeply(source) || try_render(source, prefix, links, out, headings).is_err() {
        out.truncate(before);
        headings.truncate(told);
        plain(out, source);
    }
}

fn try_render(source: &str, prefix: &str, links: &dyn Links, out: &mut String, headings: &mut Vec<Heading>) -> fmt::Result {
    let arena = Arena::new();
    let options = options();
    let root = parse_document(&arena, source, &options);
    let mut anchors = Anchorizer::new();
    let (mut cells, told) = (0, headings.len());
    for node in root.descendants() {
        let text = matches!(node.data().value, NodeValue::Heading(_)).then(|| node.collect_text());
        match &mut node.data_mut().value {
            NodeValue::Link(link) | NodeValue::Image(link) => link.url = resolve(links, &link.url).unwrap_or_else(|| "#".to_owned()),
            NodeValue::FootnoteDefinition(note) => note.name = format!("{prefix}{}", note.name),
            NodeValue::FootnoteReference(note) => note.name = format!("{prefix}{}", note.name),
            NodeValue::Table(table) => cells += table.num_columns * table.num_rows,
            NodeValue::Heading(heading) => {
                let text = text.unwrap_or_default();
                let id = format!("{prefix}{}", anchors.anchorize(&text));
                headings.push(Heading { level: heading.level, id, text });
            }
            _ => {}
        }
    }
    if cells > CELLS_MAX {
        return Err(fmt::Error);
    }
    let ids: Vec<_> = headings[told..].iter().map(|heading| heading.id.clone()).collect();
    let headings = HeadingIds(Mutex::new(ids.into_iter()));
    let mut plugins = Plugins::default();
    plugins.render.heading_adapter = Some(&headings);
    let mut bounded = Bounded { out, left: BYTES_MAX };
    format_html_with_plugins(root, &options, &mut bounded, &plugins)
}

/// Gives each heading the id that the table of contents has of it.
struct HeadingIds(Mutex<std::vec::IntoIter<String>>);

impl HeadingAdapter for HeadingIds {
    fn enter(&self, out: &mut dyn fmt::Write, heading: &HeadingMeta, _: Option<Sourcepos>) -> fmt::Result {
        let id = self.0.lock().unwrap_or_else(PoisonError::into_inner).next().unwrap_or_default();
        let mut escaped = String::new();
        escape(&mut escaped, &id);
        write!(out, "<h{} id=\"{escaped}\">", heading.level)
    }

    fn exit(&self, out: &mut dyn fmt::Write, heading: &HeadingMeta) -> fmt::Result {
        write!(out, "</h{}>", heading.level)
    }
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options.extension.cjk_friendly_emphasis = true;
    options.render.escape = true;
    options
}

/// Whether a line begins with too many markers of quotations and lists: each level costs as much as all within it.
fn is_nested_too_deeply(source: &str) -> bool {
    source.lines().any(|line| {
        let markers =
            line.chars().take_while(|c| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '>' | '-' | '+' | '*' | '.' | ')'));
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        indent > 8 * NESTING_MAX
            || markers.filter(|c| matches!(c, '>' | '-' | '+' | '*' | '.' | ')')).count() > NESTING_MAX && line.contains(['>', ' '])
    })
}

/// Takes so many bytes and no more.
struct Bounded<'a> {
    out: &'a mut String,
    left: usize,
}

impl fmt::Write for Bounded<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.left = self.left.checked_sub(text.len()).ok_or(fmt::Error)?;
        self.out.push_str(text);
        Ok(())
    }
}

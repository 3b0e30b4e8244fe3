//! The text of a file: what a generator would have run is taken out and reported, links to other files lead to their entries, and what is
//! left is parted into blocks.

use std::sync::LazyLock;

use comrak::{
    Arena, Options,
    nodes::{AstNode, NodeValue},
    parse_document,
};
use regex::{Captures, Regex};

use super::LeftOut;

/// Most characters of one block of text.
const BLOCK: usize = 40_000;

/// Finds the link to an entry for what a link in a file says; none for what leads elsewhere.
pub type Resolve<'a> = &'a dyn Fn(&str) -> Option<String>;

/// A part of a text, and so a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Markdown.
    Text(String),
    /// A heading of this level.
    Heading(u8, String),
    /// An image that stands alone: address, and what it shows.
    Image(String, String),
    /// HTML by hand.
    Html(String),
}

macro_rules! patterns {
    ($($name:ident = $text:literal;)*) => {
        $(static $name: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new($text).ok());)*

        #[cfg(test)]
        const ALL: &[&LazyLock<Option<Regex>>] = &[$(&$name,)*];
    };
}

patterns! {
    COMMENT = r"<!--.*?-->|\{/\*.*?\*/\}";
    REF = r#"\{\{[<%] *(?:rel)?ref +"([^"]+)" *[>%]\}\}"#;
    SHORTCODE = r"\{\{[<%] */? *([A-Za-z0-9_./-]+)[^}]*[>%]\}\}";
    HIGHLIGHT = r"^ *\{%-? *highlight +([A-Za-z0-9+#_-]+)[^%]*%\} *$";
    RAW = r"\{%-? *(?:end)?raw *-?%\}";
    POST_URL = r"\{%-? *(?:post_url|link) +([^ %]+) *-?%\}";
    TAG = r"\{%-? *([A-Za-z_]+)[^%]*%\}";
    BASE = r"\{\{ *site\.(?:baseurl|url) *\}\}";
    RELATIVE = r#"\{\{ *["']([^"']*)["'] *\| *(?:relative_url|absolute_url) *\}\}"#;
    OUTPUT = r"\{\{[^}]*\}\}";
    KRAMDOWN = r"\{:[^}]*\}";
    COMPONENT = r"</?([A-Z][A-Za-z0-9.]*)(?: [^>]*)?/?>";
    IMAGE = r"!\[([^\]]*)\]\(<?([^)\s>]+)>?[^)]*\)";
    LINK = r"\]\(<?([^)\s>#]+)(#[^)\s>]*)?>?\)";
    DEFINITION = r"(?m)^ {0,3}\[[^\]]+\]:";
}

fn replaced(pattern: &LazyLock<Option<Regex>>, text: &str, mut with: impl FnMut(&Captures<'_>) -> String) -> String {
    pattern.as_ref().map_or_else(|| text.to_owned(), |pattern| pattern.replace_all(text, |found: &Captures<'_>| with(found)).into_owned())
}

/// Takes out what a generator would have run, and leads links to entries. Code is left as it is.
pub fn cleaned(text: &str, file: &str, resolve: Resolve<'_>, left_out: &mut LeftOut) -> String {
    let (mut out, mut fence, is_mdx) = (String::with_capacity(text.len()), None::<String>, file.ends_with(".mdx"));
    for line in text.lines() {
        let begins = line.trim_start();
        let marker = ["```", "~~~"].into_iter().find(|marker| begins.starts_with(marker));
        match (&fence, marker) {
            (Some(open), _) if begins.trim_end().starts_with(open.as_str()) => fence = None,
            (Some(_), _) if begins.starts_with("{% endhighlight") => {
                fence = None;
                out.push_str("```\n");
                continue;
            }
            (Some(_), _) => {}
            (None, Some(marker)) => fence = Some(marker.to_owned()),
            (None, None) => {
                if let Some(found) = HIGHLIGHT.as_ref().and_then(|pattern| pattern.captures(line)) {
                    fence = Some("```".to_owned());
                    out.push_str(&format!("```{}\n", &found[1]));
                    continue;
                }
                if is_mdx && (line.starts_with("import ") || line.starts_with("export ")) {
                    left_out.add("imports and exports of MDX", file);
                    continue;
                }
                let cleaned = cleaned_line(line, file, is_mdx, resolve, left_out);
                // A line that held nothing else leaves nothing.
                if !cleaned.trim().is_empty() || line.trim().is_empty() {
                    out.push_str(&cleaned);
                    out.push('\n');
                }
                continue;
            }
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

fn cleaned_line(line: &str, file: &str, is_mdx: bool, resolve: Resolve<'_>, left_out: &mut LeftOut) -> String {
    let mut text = replaced(&COMMENT, line, |_| String::new());
    if text.contains("{{") || text.contains("{%") || text.contains("{:") {
        text = replaced(&REF, &text, |found| found[1].to_owned());
        text = replaced(&SHORTCODE, &text, |found| leave_out(left_out, format!("shortcodes ({})", &found[1]), file));
        text = replaced(&RAW, &text, |_| String::new());
        text = replaced(&POST_URL, &text, |found| found[1].to_owned());
        text = replaced(&TAG, &text, |found| leave_out(left_out, format!("Liquid tags ({})", &found[1]), file));
        text = replaced(&BASE, &text, |_| String::new());
        text = replaced(&RELATIVE, &text, |found| found[1].to_owned());
        text = replaced(&OUTPUT, &text, |_| leave_out(left_out, "output of Liquid".to_owned(), file));
        text = replaced(&KRAMDOWN, &text, |_| leave_out(left_out, "attributes of kramdown".to_owned(), file));
    }
    if is_mdx {
        text = replaced(&COMPONENT, &text, |found| leave_out(left_out, format!("components of MDX ({})", &found[1]), file));
    }
    text = replaced(&IMAGE, &text, |found| {
        let (alt, to) = (&found[1], &found[2]);
        if to.starts_with("https://") || to.starts_with("http://") {
            return found[0].to_owned();
        }
        left_out.add("images", format!("{to} in {file}"));
        alt.to_owned()
    });
    replaced(&LINK, &text, |found| {
        let fragment = found.get(2).map_or("", |fragment| fragment.as_str());
        resolve(&found[1]).map_or_else(|| found[0].to_owned(), |link| format!("]({link}{fragment})"))
    })
}

fn leave_out(left_out: &mut LeftOut, what: String, file: &str) -> String {
    left_out.add(what, file);
    String::new()
}

/// Parts a text into blocks; `plain` keeps headings and images in the text.
pub fn parts(text: &str, plain: bool) -> Vec<Part> {
    let lines: Vec<&str> = text.lines().collect();
    // What is defined at its end belongs to all of a text.
    let whole = text.contains("[^") || DEFINITION.as_ref().is_some_and(|pattern| pattern.is_match(text));
    let (arena, mut parts, mut kept) = (Arena::new(), Vec::new(), String::new());
    let mut options = Options::default();
    options.extension.table = true;
    let mut next = 0;
    for node in parse_document(&arena, text, &options).children() {
        let (begin, end) = {
            let at = node.data().sourcepos;
            (at.start.line.saturating_sub(1), at.end.line.min(lines.len()))
        };
        let own = if plain || whole { None } else { block_of(node, lines.get(begin..end).unwrap_or_default()) };
        let until = if own.is_some() { begin } else { end };
        for line in lines.get(next..until).unwrap_or_default() {
            kept.push_str(line);
            kept.push('\n');
        }
        next = end.max(next);
        if own.is_some() || (!whole && kept.chars().count() > BLOCK) {
            flush(&mut kept, &mut parts);
        }
        parts.extend(own);
    }
    for line in lines.get(next..).unwrap_or_default() {
        kept.push_str(line);
        kept.push('\n');
    }
    flush(&mut kept, &mut parts);
    parts
}

fn flush(kept: &mut String, parts: &mut Vec<Part>) {
    let text = kept.trim_matches('\n').trim_end();
    if !text.is_empty() {
        parts.push(Part::Text(text.to_owned()));
    }
    kept.clear();
}

/// The block that a node is by itself.
fn block_of<'a>(node: &'a AstNode<'a>, lines: &[&str]) -> Option<Part> {
    let mut children = node.children();
    let (first, second) = (children.next(), children.next());
    match &node.data().value {
        NodeValue::Heading(heading) if second.is_none() => {
            let first = first?;
            let NodeValue::Text(text) = &first.data().value else { return None };
            Some(Part::Heading(heading.level, text.to_string()))
        }
        NodeValue::Paragraph if second.is_none() => {
            let first = first?;
            let NodeValue::Image(image) = &first.data().value else { return None };
            Some(Part::Image(image.url.clone(), first.collect_text()))
        }
        NodeValue::HtmlBlock(_) => Some(Part::Html(lines.join("\n"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(text: &str, file: &str) -> (String, Vec<String>) {
        let mut left_out = LeftOut::default();
        let resolve = |to: &str| (to == "other.md").then(|| "entry:ID".to_owned());
        let cleaned = cleaned(text, file, &resolve, &mut left_out);
        (cleaned, left_out.lines())
    }

    #[test]
    fn every_pattern_is_one() {
        assert!(ALL.iter().all(|pattern| pattern.is_some()));
    }

    #[test]
    fn what_a_generator_runs_goes_and_is_told() {
        let (text, told) =
            clean("A {{< youtube x >}} b\n{{% note %}}\nInside\n{{% /note %}}\n\n[o](other.md#x) [r]({{< ref \"other.md\" >}})\n", "a.md");
        assert_eq!(text, "A  b\nInside\n\n[o](entry:ID#x) [r](entry:ID)\n");
        assert_eq!(told, ["shortcodes (note): a.md", "shortcodes (youtube): a.md"]);
        let (text, told) = clean(
            "{% highlight ruby %}\nputs {{ 1 }}\n{% endhighlight %}\n{% include x.html %}\n{{ page.title }}{{ site.baseurl }}/a\n{: .big}\n",
            "a.md",
        );
        assert_eq!(text, "```ruby\nputs {{ 1 }}\n```\n/a\n");
        assert_eq!(told, ["Liquid tags (include): a.md", "attributes of kramdown: a.md", "output of Liquid: a.md"]);
        let (text, told) = clean("import X from './x'\n\n<Chart data={1} />\n\nText <Note>inside</Note>\n", "a.mdx");
        assert_eq!(text, "\n\nText inside\n");
        assert_eq!(told, ["components of MDX (Chart): a.mdx", "components of MDX (Note): a.mdx", "imports and exports of MDX: a.mdx"]);
        let (text, told) = clean("![Gull](./gull.png) ![Web](https://example.org/a.png)\n<!--more-->\n", "a.md");
        assert_eq!((text.as_str(), told), ("Gull ![Web](https://example.org/a.png)\n", vec!["images: ./gull.png in a.md".to_owned()]));
    }

    #[test]
    fn code_stays_as_it_is() {
        let code = "```\n{{< x >}} {% y %} <Z/> ![a](b.png)\n```\n~~~\n{{ z }}\n~~~\n";
        assert_eq!(clean(code, "a.mdx"), (code.to_owned(), Vec::new()));
    }

    #[test]
    fn a_text_is_parted_into_blocks() {
        let text = "Lead\n\n## Plain\n\nOne\n\nTwo\n\n## With *stars*\n\n![Gull](https://example.org/g.png)\n\n<figure>x</figure>\n";
        let wanted = [
            Part::Text("Lead".into()),
            Part::Heading(2, "Plain".into()),
            Part::Text("One\n\nTwo\n\n## With *stars*".into()),
            Part::Image("https://example.org/g.png".into(), "Gull".into()),
            Part::Html("<figure>x</figure>".into()),
        ];
        assert_eq!(parts(text, false), wanted);
        assert_eq!(parts(text, true).len(), 1);
        assert_eq!(parts("See [a].\n\n## B\n\n[a]: /x\n", false).len(), 1, "a definition holds for all of it");
        assert_eq!(parts("", false), []);
        let long = "word ".repeat(3_000) + "\n\n";
        assert!(parts(&long.repeat(9), true).iter().all(|part| matches!(part, Part::Text(text) if text.chars().count() < 60_000)));
    }
}

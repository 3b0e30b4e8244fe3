//! The prose of the help as Markdown, for agents and for whoever reads without a browser. It knows the few elements that the prose is written in;
//! what else there is, such as buttons and pictures, is left out.

/// Elements whose content is no prose.
const LEFT_OUT: [&str; 4] = ["button", "figure", "form", "label"];

/// A piece of HTML: text, or a tag with its attributes.
enum Piece<'h> {
    Text(&'h str),
    Open(&'h str, &'h str),
    Close(&'h str),
}

/// What is written, and where it stands.
#[derive(Default)]
struct Writer {
    out: String,
    /// The lists around, each with the number of its next item; 0 for one without numbers.
    lists: Vec<usize>,
    /// Where the links around lead.
    links: Vec<String>,
    /// Whether white space stays as it is.
    literal: bool,
    /// Cells of the row, and whether a row of this table was written.
    cells: usize,
    headed: bool,
    /// How many elements around are left out.
    skipped: usize,
}

/// Prose as Markdown; links that begin with `/` go to `url`.
pub fn of(html: &str, url: &str) -> String {
    let mut writer = Writer::default();
    for piece in pieces(html) {
        match piece {
            Piece::Open(name, _) if LEFT_OUT.contains(&name) => writer.skipped += 1,
            Piece::Close(name) if LEFT_OUT.contains(&name) => writer.skipped = writer.skipped.saturating_sub(1),
            _ if writer.skipped > 0 => {}
            Piece::Text(text) => writer.text(text),
            Piece::Open(name, attributes) => writer.open(name, attributes, url),
            Piece::Close(name) => writer.close(name),
        }
    }
    let lines: Vec<&str> = writer.out.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_owned() + "\n"
}

fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    html.split('<').enumerate().flat_map(|(number, part)| {
        let (tag, text) = if number == 0 { ("", part) } else { part.split_once('>').unwrap_or((part, "")) };
        let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        let tag = (!name.is_empty() && !name.starts_with('!'))
            .then(|| name.strip_prefix('/').map_or(Piece::Open(name, attributes), Piece::Close));
        tag.into_iter().chain((!text.is_empty()).then_some(Piece::Text(text)))
    })
}

impl Writer {
    fn text(&mut self, text: &str) {
        let text = ["&lt;<", "&gt;>", "&#60;<", "&#62;>", "&quot;\"", "&#34;\"", "&#39;'", "&#38;&", "&amp;&"].iter().fold(
            text.to_owned(),
            |text, one| {
                let (entity, letter) = one.split_at(one.len() - 1);
                text.replace(entity, letter)
            },
        );
        if self.literal {
            self.out.push_str(&text);
            return;
        }
        let begins = text.starts_with(char::is_whitespace) && !self.out.ends_with(char::is_whitespace) && !self.out.is_empty();
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if begins {
            self.out.push(' ');
        }
        self.out.push_str(&words);
        if !words.is_empty() && text.ends_with(char::is_whitespace) {
            self.out.push(' ');
        }
    }

    /// Begins a block: an empty line stands before it.
    fn block(&mut self) {
        let ends = self.out.trim_end().len();
        self.out.truncate(ends);
        if !self.out.is_empty() {
            self.out.push_str("\n\n");
        }
    }

    fn open(&mut self, name: &str, attributes: &str, url: &str) {
        match name {
            "h2" => {
                self.block();
                self.out.push_str("## ");
            }
            "p" | "table" | "caption" if self.lists.is_empty() => {
                self.block();
                self.headed = false;
            }
            "ul" | "ol" => {
                if self.lists.is_empty() {
                    self.block();
                }
                self.lists.push(usize::from(name == "ol"));
            }
            "li" => self.item(),
            "pre" => {
                self.block();
                self.out.push_str("```\n");
                self.literal = true;
            }
            "code" if !self.literal => self.out.push('`'),
            "b" if !self.literal => self.out.push_str("**"),
            "a" => {
                let to = attributes.split_once("href=\"").and_then(|(_, rest)| rest.split_once('"')).map_or("", |(to, _)| to);
                self.links.push(if to.starts_with('/') { format!("{url}{to}") } else { to.to_owned() });
                self.out.push('[');
            }
            "tr" => self.cells = 0,
            "td" | "th" => {
                self.cells += 1;
                self.out.push_str("| ");
            }
            _ => {}
        }
    }

    fn item(&mut self) {
        let depth = self.lists.len().saturating_sub(1);
        // The first one of a list begins where the block does.
        let is_first = depth == 0 && self.out.ends_with("\n\n");
        if !is_first {
            let ends = self.out.trim_end().len();
            self.out.truncate(ends);
            self.out.push_str(if ends == 0 { "" } else { "\n" });
        }
        self.out.push_str(&"  ".repeat(depth));
        match self.lists.last_mut() {
            Some(number @ 1..) => {
                self.out.push_str(&format!("{number}. "));
                *number += 1;
            }
            _ => self.out.push_str("- "),
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "h2" | "p" | "caption" | "table" if self.lists.is_empty() => self.out.push_str("\n\n"),
            "ul" | "ol" => {
                self.lists.pop();
            }
            "pre" => {
                self.literal = false;
                let ends = self.out.trim_end().len();
                self.out.truncate(ends);
                self.out.push_str("\n```\n\n");
            }
            "code" if !self.literal => self.out.push('`'),
            "b" if !self.literal => self.out.push_str("**"),
            "a" => {
                let to = self.links.pop().unwrap_or_default();
                self.out.push_str(&format!("]({to})"));
            }
            "td" | "th" => self.out.push(' '),
            "tr" => {
                self.out.push_str("|\n");
                if !self.headed {
                    self.out.push_str(&"| --- ".repeat(self.cells));
                    self.out.push_str("|\n");
                }
                self.headed = true;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn prose_is_told_in_markdown() {
        let html = "<h2 id=\"a\">One &amp; all</h2>\n<p>A <b>lost</b> key,\n  <a href=\"/help/b#x\">b</a>.</p>\n<ul>\n  <li>First <code>x &lt; 1</code></li>\n  \
                    <li>Second</li>\n</ul>\n<button>Copy</button><pre>a\n  b\n</pre>";
        let text = "## One & all\n\nA **lost** key, [b](https://x.example/help/b#x).\n\n- First `x < 1`\n- Second\n\n```\na\n  b\n```\n";
        assert_eq!(of(html, "https://x.example"), text);
    }

    #[test]
    fn tables_and_numbers_stay_what_they_are() {
        let html = "<table><thead><tr><th>Role</th><th>May</th></tr></thead><tbody><tr><td>Owner</td><td>All</td></tr></tbody></table><ol><li>One</li><li>Two</li></ol>";
        assert_eq!(of(html, ""), "| Role | May |\n| --- | --- |\n| Owner | All |\n\n1. One\n2. Two\n");
    }
}

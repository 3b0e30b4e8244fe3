//! Front matter: YAML between `---`, TOML between `+++`, or a JSON object, before the text of a file.

use serde_json::{Map, Value};

use crate::domain::time::Instant;

use super::{LeftOut, dates};

/// What a file says of itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Front {
    /// Title.
    pub title: Option<String>,
    /// When it was written.
    pub date: Option<Instant>,
    /// When it was last changed.
    pub updated: Option<Instant>,
    /// The last part of its address.
    pub slug: Option<String>,
    /// Whether it is a draft.
    pub draft: bool,
    /// Tags, and categories.
    pub tags: Vec<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The address of its image.
    pub image: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Its whole address, where that does not follow from its place.
    pub address: Option<String>,
    /// Addresses that it had before.
    pub aliases: Vec<String>,
}

/// Parts a file: what it says of itself, and its text.
///
/// # Errors
/// Why the front matter cannot be read.
pub fn part(file: &str) -> Result<(Map<String, Value>, &str), String> {
    let file = file.trim_start_matches('\u{feff}');
    if let Some((front, text)) = fenced(file, "---") {
        let read: Value = if front.trim().is_empty() {
            Value::Null
        } else {
            serde_saphyr::from_str(front).map_err(|error| reason(&error.to_string()))?
        };
        return object(read).map(|front| (front, text));
    }
    if let Some((front, text)) = fenced(file, "+++") {
        let read: toml::Table = front.parse().map_err(|error: toml::de::Error| reason(error.message()))?;
        return Ok((read.into_iter().map(|(name, value)| (name, of_toml(value))).collect(), text));
    }
    if file.starts_with('{') && !file.starts_with("{{") && !file.starts_with("{%") {
        let mut read = serde_json::Deserializer::from_str(file).into_iter::<Map<String, Value>>();
        let front = read.next().unwrap_or_else(|| Ok(Map::new())).map_err(|error| reason(&error.to_string()))?;
        return Ok((front, file.get(read.byte_offset()..).unwrap_or_default()));
    }
    Ok((Map::new(), file))
}

/// The first line of what a parser says.
fn reason(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// What stands between two lines of this fence, and what follows.
fn fenced<'f>(file: &'f str, fence: &str) -> Option<(&'f str, &'f str)> {
    let rest = file.strip_prefix(fence)?;
    let (first, _) = rest.split_once('\n')?;
    let begin = first.trim().is_empty().then_some(first.len() + 1)?;
    let mut at = begin;
    for line in rest.get(begin..)?.split_inclusive('\n') {
        if line.trim_end() == fence {
            return Some((&rest[begin..at], &rest[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

fn object(read: Value) -> Result<Map<String, Value>, String> {
    match read {
        Value::Object(map) => Ok(map),
        Value::Null => Ok(Map::new()),
        _ => Err("it is no list of names and values".to_owned()),
    }
}

/// A value of TOML, dates as texts.
fn of_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(items) => items.into_iter().map(of_toml).collect(),
        toml::Value::Table(members) => Value::Object(members.into_iter().map(|(name, value)| (name, of_toml(value))).collect()),
    }
}

/// Reads a file of settings by its ending.
pub fn settings(name: &str, text: &str) -> Map<String, Value> {
    let read = match name.rsplit('.').next() {
        Some("toml") => text.parse::<toml::Table>().ok().map(|table| of_toml(toml::Value::Table(table))),
        Some("yaml" | "yml") => serde_saphyr::from_str(text).ok(),
        _ => serde_json::from_str(text).ok(),
    };
    read.and_then(|read| object(read).ok()).unwrap_or_default()
}

impl Front {
    /// Takes what is known out of front matter; what is not, and what cannot be read, is left out.
    pub fn of(front: Map<String, Value>, file: &str, left_out: &mut LeftOut) -> Self {
        let mut known = Self::default();
        for (name, value) in front {
            let text = || text_of(&value);
            match name.to_ascii_lowercase().as_str() {
                "title" => known.title = text(),
                "date" | "pubdate" | "publishdate" | "pubdatetime" => known.date = date(&name, &value, file, left_out).or(known.date),
                "lastmod" | "updateddate" | "updated" | "last_modified_at" | "moddatetime" => {
                    known.updated = date(&name, &value, file, left_out)
                }
                "slug" => known.slug = text(),
                "draft" => known.draft |= value == true || value == "true",
                "published" => known.draft |= value == false || value == "false",
                "tags" | "tag" | "categories" | "category" => known.tags.extend(words(&value)),
                "description" | "summary" | "excerpt" | "subtitle" => known.description = known.description.or_else(text),
                "author" | "authors" => known.author = author(&value),
                "image" | "cover" | "heroimage" | "ogimage" | "thumbnail" => {
                    match text().filter(|link| link.starts_with("https://") || link.starts_with("http://")) {
                        Some(link) => known.image = Some(link),
                        None => left_out.add(format!("images of front matter ({name})"), file),
                    }
                }
                "lang" | "language" | "locale" => known.language = text(),
                "permalink" | "url" => known.address = text(),
                "aliases" | "redirect_from" => known.aliases.extend(list(&value)),
                // What only says how a generator draws the page, or what the place says already.
                "layout" | "type" | "linktitle" | "toc" => {}
                _ => left_out.add(format!("front matter {name:?}"), file),
            }
        }
        known.tags.dedup();
        known
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn list(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(text_of).collect(),
        other => text_of(other).into_iter().collect(),
    }
}

/// A list, or one text whose words are the items, as Jekyll has it.
fn words(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if text.contains(',') => {
            text.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
        }
        Value::String(text) => text.split_whitespace().map(str::to_owned).collect(),
        other => list(other),
    }
}

fn author(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => items.first().and_then(author),
        Value::Object(members) => members.get("name").and_then(text_of),
        other => text_of(other),
    }
}

fn date(name: &str, value: &Value, file: &str, left_out: &mut LeftOut) -> Option<Instant> {
    let read = text_of(value).and_then(|text| dates::read(&text));
    if read.is_none() {
        left_out.add(format!("dates that cannot be read ({name})"), file);
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str) -> (Front, String, Vec<String>) {
        let mut left_out = LeftOut::default();
        let (front, text) = part(file).expect("good");
        (Front::of(front, "a.md", &mut left_out), text.to_owned(), left_out.lines())
    }

    #[test]
    fn the_same_is_said_in_yaml_toml_and_json() {
        let yaml = "---\ntitle: Tides\ndate: 2024-01-02\ndraft: true\ntags: [sea, moon]\nweight: 3\n---\nText\n";
        let toml = "+++\ntitle = \"Tides\"\ndate = 2024-01-02\ndraft = true\ntags = [\"sea\", \"moon\"]\nweight = 3\n+++\nText\n";
        let json =
            "{\"title\": \"Tides\", \"date\": \"2024-01-02\", \"draft\": true, \"tags\": [\"sea\", \"moon\"], \"weight\": 3}\nText\n";
        let wanted = read(yaml);
        assert_eq!((wanted.0.title.as_deref(), wanted.0.tags.len(), wanted.0.draft, wanted.1.as_str()), (Some("Tides"), 2, true, "Text\n"));
        assert_eq!(wanted.2, ["front matter \"weight\": a.md"]);
        assert_eq!(read(toml), wanted);
        assert_eq!((read(json).0, read(json).2), (wanted.0, wanted.2));
    }

    #[test]
    fn jekyll_and_astro_have_their_own_names() {
        let (front, ..) =
            read("---\npublished: false\ntags: sea moon\ncategories: news\nredirect_from: /old\nauthors: [{name: Ann}]\nlang: fr\n---\n");
        assert_eq!(
            (front.draft, front.tags, front.aliases, front.author.as_deref()),
            (true, vec!["sea".into(), "moon".into(), "news".into()], vec!["/old".into()], Some("Ann"))
        );
        let (front, _, left_out) = read("---\npubDate: Jul 08 2022\nheroImage: ../a.png\nupdatedDate: soon\n---\n");
        assert_eq!(front.date.map(|at| at.to_string()).as_deref(), Some("2022-07-08T00:00:00.000Z"));
        assert_eq!(left_out, ["dates that cannot be read (updatedDate): a.md", "images of front matter (heroImage): a.md"]);
    }

    #[test]
    fn what_is_no_front_matter_is_text_and_what_is_broken_is_said() {
        for text in ["Just text\n", "--- not a fence\n", "---\nnever closed\n", "{{< shortcode >}}\n", "{% liquid %}\n", ""] {
            assert_eq!(part(text).expect("text"), (Map::new(), text), "{text}");
        }
        for text in ["---\n- a\n- b\n---\n", "---\na: [\n---\n", "+++\na =\n+++\n", "{\"a\": }\n"] {
            assert!(part(text).is_err(), "{text}");
        }
        let bomb = format!(
            "---\na: &a [x,x,x,x,x,x,x,x,x]\n{}---\n",
            (b'b'..b'k')
                .map(|c| format!("{0}: &{0} [{1}]\n", c as char, vec![format!("*{}", (c - 1) as char); 9].join(",")))
                .collect::<String>()
        );
        assert!(part(&bomb).is_err(), "what grows beyond measure is refused");
    }
}

//! Pages as a browser reads them (html5gum follows the WHATWG tokenizer), and what each template brings into a page.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use html5gum::{DefaultEmitter, Token, Tokenizer};

/// Shortest piece of a template by which it is known.
const PIECE: usize = 8;

/// The elements of pages, each with the names of its attributes.
pub type Shape = BTreeSet<String>;

/// A page, taken apart.
pub struct Tree {
    /// The elements, each with the names of its attributes.
    pub shape: Shape,
    /// All that is shown or stands in an attribute, decoded.
    pub text: String,
    /// Attributes: element, name, value.
    attributes: Vec<(String, String, String)>,
    /// Whether the last script has a text of its own.
    scripted: bool,
}

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

impl Tree {
    pub fn of(page: &str) -> Self {
        let mut emitter = DefaultEmitter::default();
        // As a browser does, so that the text of a title or a text area is read as text.
        emitter.naively_switch_states(true);
        let mut tree = Self { shape: Shape::new(), text: String::new(), attributes: Vec::new(), scripted: false };
        let mut inside = String::new();
        for Ok(token) in Tokenizer::new_with_emitter(page, emitter) {
            match token {
                Token::StartTag(tag) => {
                    inside = utf8(&tag.name);
                    let names: Vec<_> = tag.attributes.keys().map(|name| utf8(name)).collect();
                    tree.shape.insert(format!("{inside} {}", names.join(" ")));
                    for (name, value) in &tag.attributes {
                        let (name, value) = (utf8(name), utf8(value));
                        tree.text.push_str(&format!("\n{value}"));
                        tree.attributes.push((inside.clone(), name, value));
                    }
                }
                Token::EndTag(tag) => {
                    tree.shape.insert(format!("/{}", utf8(&tag.name)));
                    inside.clear();
                }
                Token::String(text) => {
                    tree.scripted |= inside == "script" && !text.is_empty();
                    tree.text.push_str(&utf8(&text));
                }
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        tree
    }

    /// Whether nothing of a name has become an element, an attribute, an address that runs, or a hole in a phrase.
    pub fn is_clean(&self) -> Result<(), String> {
        if let Some(tag) = self.shape.iter().find(|tag| tag.contains("zzhostile")) {
            return Err(format!("a name became <{tag}>"));
        }
        if self.scripted {
            return Err("a script has a text of its own".into());
        }
        for (element, name, value) in &self.attributes {
            let value: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
            let runs = ["javascript:", "data:", "vbscript:"].iter().any(|scheme| value.to_lowercase().starts_with(scheme));
            if name.starts_with("on") || (runs && ["href", "src", "action", "formaction"].contains(&name.as_str())) {
                return Err(format!("{name} of <{element}> runs {value}"));
            }
        }
        // Fluent writes so what it was not given.
        if let Some(at) = self.text.find("{$") {
            return Err(format!("a phrase has a hole: {}", self.text[at..].chars().take(60).collect::<String>()));
        }
        Ok(())
    }
}

/// Every template and the English words.
pub struct Templates {
    files: BTreeMap<String, String>,
    words: BTreeMap<String, String>,
}

impl Templates {
    pub fn read() -> Self {
        let (mut files, mut words) = (BTreeMap::new(), BTreeMap::new());
        collect(Path::new("templates"), "html", &mut files);
        let mut english = BTreeMap::new();
        collect(Path::new("templates/lang/en"), "ftl", &mut english);
        for line in english.values().flat_map(|text| text.lines()).filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())) {
            words.extend(line.split_once(" = ").map(|(key, words)| (key.to_owned(), words.to_owned())));
        }
        Self { files, words }
    }

    /// All but the frames, which every page shows, and the parts that pages are put together of.
    pub fn pages(&self) -> impl Iterator<Item = &str> {
        let part = |name: &str| name.starts_with("part/") || name.ends_with("/part.html");
        let frame = move |name: &str| part(name) || ["base/document.html", "base/layout.html", "base/gate.html"].contains(&name);
        self.files.keys().map(String::as_str).filter(move |name| !frame(name))
    }

    /// Whether a page shows something that only this template brings: a literal piece of it, or words that nothing else
    /// uses. `proof` stands in for a template that has neither; then it is this one alone that has it on its page.
    pub fn is_rendered(&self, template: &str, proof: &[&str], page: &str, text: &str) -> bool {
        if !proof.is_empty() {
            return proof.iter().all(|piece| page.contains(piece));
        }
        self.literals(template).iter().any(|piece| page.contains(piece)) || self.phrases(template).iter().any(|piece| text.contains(piece))
    }

    /// Whether a piece is in no other template.
    fn is_alone(&self, template: &str, piece: &str) -> bool {
        self.files.iter().all(|(name, text)| name == template || !text.contains(piece))
    }

    fn literals<'a>(&'a self, template: &str) -> Vec<&'a str> {
        let (mut rest, mut found) = (self.files[template].as_str(), Vec::new());
        while !rest.is_empty() {
            let tag = ["{{", "{%", "{#"].iter().filter_map(|open| rest.find(open)).min().unwrap_or(rest.len());
            found.push(rest[..tag].trim());
            let close = ["}}", "%}", "#}"].iter().filter_map(|close| rest[tag..].find(close)).min();
            rest = close.map_or("", |close| &rest[tag + close + 2..]);
        }
        found.into_iter().filter(|piece| piece.len() >= PIECE && self.is_alone(template, piece)).collect()
    }

    fn phrases<'a>(&'a self, template: &str) -> Vec<&'a str> {
        let keys = self.files[template].split("c.t(\"").skip(1).filter_map(|rest| rest.split('"').next());
        let mut found = Vec::new();
        for key in keys.filter(|key| self.is_alone(template, &format!("\"{key}\""))) {
            let words = self.words.get(key).map_or("", String::as_str);
            let pieces = words.split('{').map(|piece| piece.rsplit('}').next().unwrap_or_default().trim());
            found.extend(pieces.filter(|piece| {
                let others = self.words.iter().filter(|(other, _)| other.as_str() != key);
                piece.len() >= PIECE && self.is_alone(template, piece) && others.into_iter().all(|(_, words)| !words.contains(piece))
            }));
        }
        found
    }
}

fn collect(folder: &Path, kind: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, kind, found);
        } else if path.extension().is_some_and(|extension| extension == kind) {
            let name = path.strip_prefix("templates").unwrap().display().to_string();
            found.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

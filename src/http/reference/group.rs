//! The groups that the operations are told in: those of the document, and where one is large, one for each noun in it.

use serde_json::Value;

use super::operation::Operation;

/// With more operations than this a group is told noun by noun.
const LARGE: usize = 20;

/// With at least as many operations a noun of a large group is a group of its own.
const OWN: usize = 4;

/// What is written of the nouns that are groups of their own.
const NOUNS: [(&str, &str); 12] = [
    (
        "pages",
        "The pages of a website: what stands still, such as its front page, contact and terms. Each has texts in every language and content in blocks.",
    ),
    ("posts", "The posts of a website's blog, newest first, with their dates, tags and authors."),
    ("layouts", "Layouts: the header, the footer and the sections that pages share."),
    ("headers", "Headers, which stand above a page; a page names its own or has that of its layout."),
    ("footers", "Footers, which stand below a page; a page names its own or has that of its layout."),
    ("sidebars", "Sidebars, which stand beside the content of pages."),
    ("dialogs", "Dialogs, which open over a page."),
    ("articles", "The articles of a knowledge base, each in the categories that it names."),
    ("categories", "The tree of categories that articles are filed under."),
    ("redirects", "Where paths lead that no entry has: made by hand, or by a changed address."),
    ("viewer-auth", "How readers sign in to a website, and what they see before they have."),
    ("viewers", "The readers who may sign in to a website."),
];

/// The whole reference.
#[derive(Debug, Default)]
pub struct Reference {
    /// Its areas, in their order: name, and groups.
    pub areas: Vec<(String, Vec<Group>)>,
}

/// Operations that belong together.
#[derive(Debug)]
pub struct Group {
    /// Its word in the address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub lead: String,
    /// Its operations, in the order of the document.
    pub operations: Vec<Operation>,
}

impl Reference {
    /// That of a document.
    pub fn read(document: &Value) -> Self {
        let paths = document["paths"].as_object().into_iter().flatten();
        let all: Vec<Operation> = paths
            .flat_map(|(path, item)| item.as_object().into_iter().flatten().map(move |(method, one)| (path, method, one)))
            .map(|(path, method, one)| Operation::read(document, (path, method), one))
            .collect();
        let tags = document["tags"].as_array().into_iter().flatten();
        let tags: Vec<Tag> = tags.map(Tag::read).collect();
        let groups = |area: &Value| -> Vec<Group> {
            let named = area["tags"].as_array().into_iter().flatten().filter_map(Value::as_str);
            named.filter_map(|name| tags.iter().find(|tag| tag.name == name)).flat_map(|tag| tag.groups(&all)).collect()
        };
        let areas = document["x-tagGroups"].as_array().into_iter().flatten();
        Self { areas: areas.map(|area| (area["name"].as_str().unwrap_or_default().to_owned(), groups(area))).collect() }
    }

    /// All groups.
    pub fn groups(&self) -> impl Iterator<Item = &Group> {
        self.areas.iter().flat_map(|(_, groups)| groups)
    }

    /// The group of this word.
    pub fn group(&self, slug: &str) -> Option<&Group> {
        self.groups().find(|group| group.slug == slug)
    }

    /// The operations that tell every word, with their groups.
    pub fn search(&self, text: &str) -> Vec<(&Group, &Operation)> {
        let folded = text.to_lowercase();
        let words: Vec<&str> = folded.split_whitespace().collect();
        let in_group = |group| {
            let group: &Group = group;
            group.operations.iter().map(move |one| (group, one))
        };
        self.groups().flat_map(in_group).filter(|(_, one)| !words.is_empty() && one.tells(&words)).collect()
    }
}

impl Group {
    /// What the paths of all of its operations begin with, and go on after.
    pub fn base(&self) -> &str {
        let first = self.operations.first().map_or("", |one| one.path.as_str());
        let is_shared = |end: &usize| self.operations.iter().all(|one| one.path.starts_with(&first[..=*end]));
        let ends = first.match_indices('/').map(|(at, _)| at);
        &first[..ends.rev().find(is_shared).unwrap_or_default()]
    }
}

/// A tag of the document.
struct Tag {
    name: String,
    title: String,
    lead: String,
}

impl Tag {
    fn read(from: &Value) -> Self {
        let [name, title, lead] = ["name", "x-displayName", "description"].map(|word| from[word].as_str().unwrap_or_default().to_owned());
        Self { name, title, lead }
    }

    /// Its groups, those of its nouns first.
    fn groups(&self, all: &[Operation]) -> Vec<Group> {
        let own: Vec<&Operation> = all.iter().filter(|one| one.tag == self.name).collect();
        let mut nouns: Vec<&str> = Vec::new();
        for noun in own.iter().filter_map(|one| noun(&one.path)).filter(|_| own.len() > LARGE) {
            let of_it = own.iter().filter(|one| self::noun(&one.path) == Some(noun)).count();
            if of_it >= OWN && !nouns.contains(&noun) {
                nouns.push(noun);
            }
        }
        let slug = |noun: Option<&str>| [Some(&*self.name), noun].into_iter().flatten().collect::<Vec<_>>().join("-").replace('_', "-");
        let title =
            |noun: Option<&str>| noun.map_or_else(|| self.title.clone(), |noun| format!("{}: {}", self.title, noun.replace('-', " ")));
        let group = |noun: Option<&str>| {
            let is_here = |one: &&&Operation| self::noun(&one.path).filter(|noun| nouns.contains(noun)) == noun;
            let operations: Vec<Operation> = own.iter().filter(is_here).map(|one| (*one).clone()).collect();
            let written = noun.and_then(|noun| NOUNS.iter().find(|(of, _)| *of == noun)).map(|(_, lead)| (*lead).to_owned());
            let lead = written.unwrap_or_else(|| self.lead.clone());
            Group { slug: slug(noun), title: title(noun), lead, operations }
        };
        let groups = nouns.iter().map(|noun| Some(*noun)).chain([None]).map(group);
        groups.filter(|group| !group.operations.is_empty()).collect()
    }
}

/// The noun in the path of an app's content: `pages` in `/apps/website/{appId}/pages/{pageId}`.
fn noun(path: &str) -> Option<&str> {
    path.split_once("/{appId}/")?.1.split('/').next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::content::KINDS,
        http::api::{openapi, routes},
    };

    fn whole() -> (Value, Reference) {
        let document = openapi::document(&routes::all(KINDS), KINDS, "https://content.example.com");
        let reference = Reference::read(&document);
        (document, reference)
    }

    #[test]
    fn every_operation_of_the_document_is_told_once() {
        let (document, reference) = whole();
        let mut told: Vec<&str> = reference.groups().flat_map(|group| &group.operations).map(|one| one.id.as_str()).collect();
        let paths = document["paths"].as_object().into_iter().flatten();
        let mut all: Vec<&str> =
            paths.flat_map(|(_, item)| item.as_object().into_iter().flatten()).filter_map(|(_, one)| one["operationId"].as_str()).collect();
        told.sort_unstable();
        all.sort_unstable();
        assert_eq!(told, all);
        let mut slugs: Vec<_> = reference.groups().map(|group| &group.slug).collect();
        slugs.sort_unstable();
        slugs.dedup();
        assert_eq!(slugs.len(), reference.groups().count());
        assert!(reference.groups().all(|group| !group.title.is_empty() && !group.lead.is_empty()));
        let mut leads: Vec<_> = reference.groups().map(|group| &group.lead).collect();
        leads.sort_unstable();
        leads.dedup();
        assert_eq!(leads.len(), reference.groups().count(), "each has a sentence of its own");
        let pages = reference.group("website-pages").map(|group| group.operations.len());
        assert_eq!(pages, Some(5), "a noun of a large group is a group of its own");
    }

    #[test]
    fn what_is_looked_for_is_found_by_title_path_and_field() {
        let (_, reference) = whole();
        let found = |text: &str| reference.search(text).into_iter().map(|(_, one)| one.id.clone()).collect::<Vec<_>>();
        assert!(found("make page").contains(&"create_website_page".to_owned()));
        assert!(found("intosectionid").contains(&"move_block".to_owned()));
        assert!(found("/oauth/token").contains(&"issue_token".to_owned()));
        assert!(found("").is_empty() && found("zzzz").is_empty());
    }

    #[test]
    fn a_group_knows_what_all_its_paths_begin_with() {
        let (_, reference) = whole();
        let base = reference.group("website-pages").map(Group::base);
        assert_eq!(base, Some("/api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}"));
    }
}

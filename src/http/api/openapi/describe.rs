//! What the OpenAPI document says in sentences: of the API, of each group, and of each operation.

use serde_json::{Value, json};

use crate::http::api::route::Route;

/// Of the whole API.
pub(super) const API: &str = "\
The API of a Stele instance. Exchange an API key for an access token at /api/auth/token, or as an OAuth client at /oauth/token, then send \
it as a Bearer token. Lists go on by `after`: it takes what meta.next of the page before says. An error has a message for a person, a code \
for its status, and where there is one a reason as a word for programs.";

/// Each group: its word, its name, and what it is about.
const TAGS: [(&str, &str, &str); 23] = [
    ("auth", "Tokens", "From an API key to an access token."),
    ("me", "The caller", "The caller: a person or a service account, with what it reaches."),
    ("organizations", "Organizations", "Organizations, their policies, and their service accounts."),
    ("organization_members", "Members", "Who is in an organization, and as what."),
    ("project_members", "Members of projects", "Roles that were given in one project."),
    ("app_members", "Members of apps", "Roles that were given in one app."),
    ("invitations", "Invitations", "Who was asked to join, and has not answered yet."),
    ("api_keys", "API keys", "API keys: made, named, regenerated and revoked."),
    ("projects", "Projects", "Projects, and what is found in all of their apps."),
    ("project_apps", "Apps", "Apps of a project, their settings and their trash."),
    ("project_branding", "Brandings", "How what a project shows looks: colours, fonts, measures and logos."),
    ("project_domains", "Domains", "Names under which what is public of a project is reached."),
    ("webhooks", "Webhooks", "Addresses of other programs that are told what happens in a project."),
    ("website", "Website", "Pages and posts of a website, in each language of its project."),
    ("kb", "Knowledge base", "Articles of a knowledge base, the tree of their categories, and its landing page."),
    ("forms", "Forms", "Forms: what they ask, and what visitors have sent."),
    ("content_versions", "Versions", "What entries were: every change keeps a version, which can be compared and brought back."),
    ("project_files", "Files", "Files of a project: their bytes, what is said of them, their folders, and their own trash."),
    ("project_trash", "Trash", "What was deleted in a project: it comes back as it was, or goes for good."),
    ("builder", "Sections and blocks", "What entries consist of: sections, columns and blocks."),
    ("front_ends", "Front-ends", "What sites are built from: what has changed of what is published."),
    ("health", "Instance", "The instance itself."),
    ("oauth", "OAuth", "OAuth 2.0 for ordinary clients: RFC 6749 (client credentials), 7009, 7662, 8414 and 8693."),
];

/// The areas that the groups are shown in, as documentation tools know them (`x-tagGroups`).
const AREAS: [(&str, &[&str]); 3] = [
    ("Access", &["auth", "oauth", "me", "api_keys", "health"]),
    ("Content", &["website", "kb", "forms", "builder", "content_versions", "project_files", "project_trash", "front_ends"]),
    (
        "Organization",
        &[
            "organizations",
            "organization_members",
            "invitations",
            "projects",
            "project_apps",
            "project_branding",
            "project_domains",
            "webhooks",
            "project_members",
            "app_members",
        ],
    ),
];

/// The areas with their groups.
pub(super) fn areas() -> Value {
    AREAS.iter().map(|(name, tags)| json!({ "name": name, "tags": tags })).collect()
}

/// The groups in their order, each once.
pub(super) fn tags<'t>(of_routes: impl Iterator<Item = &'t str>) -> Vec<Value> {
    let mut all: Vec<&str> = Vec::new();
    for tag in of_routes {
        if !all.contains(&tag) {
            all.push(tag);
        }
    }
    let told = |tag: &str| match TAGS.iter().find(|(name, ..)| *name == tag) {
        Some((_, title, text)) => json!({ "name": tag, "x-displayName": title, "description": text }),
        None => json!({ "name": tag, "x-displayName": tag, "description": format!("Entries of {tag} apps.") }),
    };
    all.iter().map(|tag| told(tag)).collect()
}

/// Of an operation: its summary, what only it has, and what follows from how it works.
pub(super) fn operation(route: &Route) -> String {
    let mut text = format!("{}.", route.summary);
    let mut say = |sentence: &str| {
        text.push(' ');
        text.push_str(sentence);
    };
    if !route.about.is_empty() {
        say(route.about);
    }
    if let Some(spec) = route.listing {
        let filters: Vec<_> = spec.fields.iter().filter(|field| field.filter).map(|field| field.name).collect();
        if !filters.is_empty() {
            say(&format!("Only those of one {} where that is given.", filters.join(", ")));
        }
    }
    if route.secret {
        say("Its answer holds a secret, which no cache may keep.");
    }
    if route.repeatable {
        say("Under an Idempotency-Key it may be sent again, and makes one thing only.");
    }
    if route.versioned && route.method != "GET" {
        say("With If-Match nothing that was changed meanwhile is overwritten.");
    }
    say(if route.public { "Needs no token." } else { "Needs a token." });
    text
}

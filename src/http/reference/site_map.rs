//! `/llms.txt`: where an agent finds what as text (llmstxt.org).

use std::fmt::Write;

use crate::{http::console::help::page as help, service::i18n::Lang};

use super::group::Reference;

/// The list, for an instance at this address.
pub fn llms(url: &str, reference: &Reference) -> String {
    let help = help::all().map(|(page, key)| (page, Lang::En.t(key), Lang::En.t(&format!("{key}-lead"))));
    let mut out = format!(
        "# Stele\n\n> A content server that is reached by API keys: pages, posts and a knowledge base in several languages. Exchange a key for a \
         token at {url}/api/auth/token, then send it as a Bearer token.\n\n## API\n\n- [Reference]({url}/docs/index.md): every call\n- [OpenAPI \
         3.1]({url}/docs/openapi.json): the same for generators\n"
    );
    let _ = write!(out, "\n## Help\n\n");
    for (page, title, lead) in help {
        let _ = writeln!(out, "- [{title}]({url}/help/{page}.md): {lead}");
    }
    for (area, groups) in &reference.areas {
        let _ = write!(out, "\n## {area}\n\n");
        for group in groups {
            let _ = writeln!(out, "- [{}]({url}/docs/{}.md): {}", group.title, group.slug, group.lead);
        }
    }
    out
}

//! What comes out, whatever goes in: known elements, known attributes, links that run nothing; and each block as it should be.

use std::cell::Cell;

use html5gum::{Token, Tokenizer};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    clean,
    links::{Card, EntryQuery, Links, Nowhere},
    markdown,
    page::BYTES_MAX,
    tree::{Rendered, render},
};
use crate::domain::content::{blocks::BLOCKS, samples::LOCALES};

const ELEMENTS: &str = "a abbr acronym area article aside b bdi bdo blockquote br caption center cite code col colgroup data dd del details dfn div dl dt em fieldset figcaption \
    figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd label legend li map mark nav ol option p pre q rp rt rtc ruby s samp section select small span strike strong sub summary \
    sup table tbody td textarea th thead time tr track tt u ul var video wbr";

/// Fails for what a page of readers must not hold.
fn checked(html: &str) -> Result<(), String> {
    for token in Tokenizer::new(html).map(|token| token.unwrap_or_else(|error| match error {})) {
        let Token::StartTag(tag) = token else { continue };
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if !ELEMENTS.split_whitespace().any(|one| one == name) {
            return Err(format!("<{name}> in {html}"));
        }
        for (attribute, value) in &tag.attributes {
            let (attribute, value) =
                (String::from_utf8_lossy(attribute).into_owned(), String::from_utf8_lossy(value).trim().to_ascii_lowercase());
            if attribute.starts_with("on") || attribute == "style" || attribute == "srcdoc" {
                return Err(format!("{attribute} in {html}"));
            }
            let leads = matches!(attribute.as_str(), "href" | "src" | "cite" | "poster");
            let good = value.is_empty() || value.starts_with(['/', '#']) && !value.starts_with("//") && !value.starts_with("/\\");
            if leads && !good && !["http:", "https:", "mailto:", "tel:"].iter().any(|scheme| value.starts_with(scheme)) {
                return Err(format!("{attribute}={value} in {html}"));
            }
        }
    }
    Ok(())
}

fn rendered(blocks: &Value, locale: &str, links: &dyn Links) -> Rendered {
    let tree = json!([{"id": "s", "role": "hero", "styles": {"width": "wide"}, "columns": [{"id": "c", "blocks": blocks}]}]);
    render(&tree.to_string(), locale, &LOCALES, links).expect("a tree")
}

fn inside(block: Value, locale: &str) -> String {
    let html = rendered(&json!([block]), locale, &Nowhere).html;
    let from = html.find("data-id").and_then(|at| html[at..].find('>').map(|end| at + end + 1)).expect("a block");
    html[from..].strip_suffix("</div></div></div></section>").expect("the end").to_owned()
}

#[test]
fn every_block_renders_its_example() {
    for block in BLOCKS {
        let data: Value = serde_json::from_str(block.example).expect("JSON");
        let html = rendered(&json!([{"id": "x", "type": block.name, "data": data}]), "en", &Nowhere).html;
        assert!(html.contains(&format!("data-block=\"{}\" data-id=\"x\"", block.name)), "{html}");
        assert_eq!(checked(&html), Ok(()));
        assert!(!rendered(&json!([{"id": "x", "type": block.name, "data": {}}]), "en", &Nowhere).html.is_empty());
    }
    let wrong = json!([{"id": "x", "type": "poll", "data": {}}, {"id": "y", "type": "heading"}, 7]);
    assert!(!rendered(&wrong, "en", &Nowhere).html.contains("poll"), "what is not known is not shown");
}

#[test]
fn texts_are_those_of_the_language_and_fall_back() {
    let heading = json!({"id": "h", "type": "heading", "data": {"text": {"en": "Sea & sky", "fr": "Mer"}, "level": 3, "anchor": "sea"}});
    assert_eq!(inside(heading.clone(), "fr-CA"), "<h3 id=\"sea\">Mer</h3>");
    assert_eq!(inside(heading, "de"), "<h3 id=\"sea\">Sea &amp; sky</h3>");
}

#[test]
fn markdown_has_ids_of_its_block_and_a_table_of_contents() {
    let text =
        json!({"id": "b1", "type": "text", "data": {"markdown": "## Winds\n\nA[^1] <b>x</b> [j](javascript:x) [e](/e)\n\n[^1]: Note"}});
    let page = rendered(&json!([{"id": "h", "type": "heading", "data": {"text": "Top"}}, text]), "en", &Nowhere);
    let toc: Vec<_> = page.toc.iter().map(|heading| (heading.level, heading.id.as_str(), heading.text.as_str())).collect();
    assert_eq!(toc, [(2, "h", "Top"), (2, "b1-winds", "Winds")]);
    assert!(page.html.contains("id=\"b1-winds\"") && page.html.contains("fn-b1-1"), "{}", page.html);
    assert!(
        page.html.contains("&lt;b&gt;x") && page.html.contains("<a href=\"#\">j</a>") && page.html.contains("<a href=\"/e\">e</a>"),
        "{}",
        page.html
    );
}

#[test]
fn what_would_grow_without_bound_is_shown_as_it_is() {
    for source in
        [">".repeat(40_000), "- ".repeat(20_000), format!("{}\n{}\n{}", "|a".repeat(2_000), "|-".repeat(2_000), "|x\n".repeat(2_000))]
    {
        let mut out = String::new();
        markdown::render(&source, "b-", &Nowhere, &mut out, &mut Vec::new());
        assert!(out.starts_with("<pre class=\"plain\">") && out.len() < 5 * source.len() + 100, "{}", out.len());
    }
}

#[test]
fn html_that_would_grow_without_bound_is_shown_as_it_is() {
    let opened: String = (0..2_500).map(|n| format!("<b a={n}>")).collect();
    for source in [format!("<p>{opened}{}", "<p>x".repeat(6_000)), "<i>".repeat(16_000), "<table><td>".repeat(4_000), "<svg>".repeat(9_000)]
    {
        let mut out = String::new();
        clean::clean(&source, &Nowhere, &mut out);
        assert!(out.starts_with("<pre class=\"plain\">") && out.len() < 6 * source.len() + 100, "{}", out.len());
        assert_eq!(checked(&out), Ok(()));
    }
}

/// Finds one long sidebar, and counts how often it is asked for it.
struct Beside(Cell<usize>, String);

impl Links for Beside {
    fn entry(&self, _: uuid::Uuid) -> Option<String> {
        None
    }

    fn file(&self, _: uuid::Uuid) -> Option<String> {
        None
    }

    fn sidebar(&self, _: uuid::Uuid) -> Option<String> {
        self.0.set(self.0.get() + 1);
        Some(self.1.clone())
    }

    fn entries(&self, _: &EntryQuery) -> Vec<Card> {
        Vec::new()
    }
}

#[test]
fn a_page_has_a_length_whatever_stands_beside_it() {
    let texts: Vec<_> =
        (0..10).map(|n| json!({"id": format!("t{n}"), "type": "text", "data": {"markdown": "# So\n\n*a* ".repeat(4_000)}})).collect();
    let beside = Beside(Cell::new(0), json!([{"columns": [{"blocks": texts}]}]).to_string());
    let place =
        |n: usize, id: u128| json!({"id": format!("s{n}"), "type": "layoutSidebar", "data": {"sidebarId": uuid::Uuid::from_u128(id)}});
    let end = json!({"id": "end", "type": "heading", "data": {"text": "The end"}});
    for (distinct, asked) in [(false, 1..=1), (true, 2..=12)] {
        beside.0.set(0);
        let mut blocks: Vec<_> = (0..100).map(|n| place(n, if distinct { n as u128 } else { 7 })).collect();
        blocks.push(end.clone());
        let page = rendered(&json!(blocks), "en", &beside);
        assert!(page.html.len() < BYTES_MAX + 101 * 200, "{}", page.html.len());
        assert!(
            page.html.contains("<aside class=\"sidebar\">") && page.html.contains("data-id=\"s99\"></div>"),
            "the first is there, the last is not"
        );
        assert!(
            page.html.ends_with(
                "<div class=\"block block-heading left-out\" data-block=\"heading\" data-id=\"end\"></div></div></div></section>"
            )
        );
        assert!(asked.contains(&beside.0.get()), "{}", beside.0.get());
        assert_eq!(checked(&page.html), Ok(()));
    }
    let twice = rendered(
        &json!([place(0, 7), place(1, 7), end]),
        "en",
        &Beside(Cell::new(0), json!([{"columns": [{"blocks": [end]}]}]).to_string()),
    );
    assert_eq!((twice.html.matches("<aside").count(), twice.toc.len()), (2, 2), "{}", twice.html);
}

/// Finds whatever is asked for.
struct Everywhere;

impl Links for Everywhere {
    fn entry(&self, id: uuid::Uuid) -> Option<String> {
        Some(format!("/e/{id}"))
    }

    fn file(&self, id: uuid::Uuid) -> Option<String> {
        Some(format!("/files/{id}"))
    }

    fn sidebar(&self, id: uuid::Uuid) -> Option<String> {
        let again = json!({"id": "again", "type": "layoutSidebar", "data": {"sidebarId": id}});
        let heading = json!({"id": "side", "type": "heading", "data": {"text": "Beside"}});
        Some(json!([{"columns": [{"blocks": [heading, again]}]}]).to_string())
    }

    fn entries(&self, wanted: &EntryQuery) -> Vec<Card> {
        vec![Card { title: wanted.order.clone(), href: "/blog/a".into(), excerpt: "<x>".into() }; wanted.limit]
    }
}

#[test]
fn links_lead_where_they_are_said_to() {
    let id = "0190a1b2-0000-7000-8000-000000000001";
    let blocks = json!([
        {"id": "a", "type": "button", "data": {"label": "Go", "link": format!("entry:{id}#top")}},
        {"id": "b", "type": "image", "data": {"file": format!("file:{id}"), "alt": "A \"sea\""}},
        {"id": "c", "type": "text", "data": {"markdown": format!("[x](entry:{id}) ![y](file:{id}) [z](dialog:{id})")}},
        {"id": "d", "type": "html", "data": {"html": format!("<a href=\"entry:{id}\">h</a>")}},
        {"id": "e", "type": "layoutSidebar", "data": {"sidebarId": id}},
        {"id": "f", "type": "entries", "data": {"limit": 2}},
    ]);
    let html = rendered(&blocks, "en", &Everywhere).html;
    for part in [
        &format!("href=\"/e/{id}#top\""),
        &format!("<img src=\"/files/{id}\" alt=\"A &quot;sea&quot;\" loading=\"lazy\">"),
        &format!("<a href=\"/e/{id}\">x</a>"),
        &format!("href=\"#dialog-{id}\""),
        &format!("<a href=\"/e/{id}\" rel=\"noopener noreferrer\">h</a>"),
        "<aside class=\"sidebar\">",
        "<a href=\"/blog/a\">newest</a></h3><p>&lt;x&gt;</p>",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    assert_eq!(html.matches("<aside").count(), 1, "a sidebar holds no sidebar");
    assert_eq!(checked(&html), Ok(()));
}

/// Text that looks for holes.
fn hostile() -> impl Strategy<Value = String> {
    const PARTS: &[&str] = &[
        "<script>",
        "</script>",
        "<img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "[a](",
        ")",
        "![",
        "](",
        "data:text/html,x",
        "<a href=\"",
        "\">",
        "'",
        "\"",
        "<svg onload=x>",
        "`",
        "```\n",
        "\n",
        "\n\n",
        "| a | b |\n| - | - |\n",
        "> ",
        "- ",
        "1. ",
        "# ",
        "**",
        "[^1]",
        "[^1]: ",
        "&lt;",
        "&#x6a;avascript:",
        "//evil",
        "\\",
        "<!--",
        "-->",
        "<style>",
        "<iframe srcdoc=x>",
        "http://a.b",
        "www.a.b",
        "vbscript:x",
        "file:x",
        "entry:x",
        "<",
        ">",
        " ",
        "é",
        "\t",
    ];
    let part = prop_oneof![4 => prop::sample::select(PARTS).prop_map(str::to_owned), 1 => any::<String>()];
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

/// A tag that others are opened again by, or moved by, or hidden by.
fn hostile_tag() -> impl Strategy<Value = String> {
    const TAGS: &[&str] = &[
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<a href=/x>",
        "</a>",
        "<table>",
        "<tr><td>",
        "<td>",
        "</table>",
        "<font title='&&&&&&&&'>",
        "<i title=x><u>",
        "<nobr>",
        "<div>",
        "</div>",
        "<svg>",
        "<math><mi>",
        "<template>",
        "</template>",
        "<select><option>",
        "<button>",
        "<h1>",
        "<li>",
        "<code><br>",
        "x",
        "<!--",
        "-->",
        "<caption>",
        "<b a=1><table></b></table>",
        "<applet>",
        "<object><em>",
        "<textarea>",
        "<html x>",
        "<ruby><rt>",
    ];
    (prop::sample::select(TAGS), any::<bool>()).prop_map(|(tag, text)| if text { format!("{tag}x") } else { tag.to_owned() })
}

proptest! {
    #[test]
    fn markdown_becomes_what_may_be_shown(source in hostile()) {
        let mut out = String::new();
        markdown::render(&source, "b-", &Everywhere, &mut out, &mut Vec::new());
        prop_assert_eq!(checked(&out), Ok(()));
    }

    #[test]
    fn html_becomes_what_may_be_shown(source in hostile()) {
        let mut out = String::new();
        clean::clean(&source, &Everywhere, &mut out);
        prop_assert_eq!(checked(&out), Ok(()));
    }

    #[test]
    fn any_text_in_any_block_becomes_what_may_be_shown(text in hostile(), at in 0..BLOCKS.len()) {
        let block = BLOCKS[at];
        let mut data: Value = serde_json::from_str(block.example).expect("JSON");
        fill(&mut data, &text);
        let styles = json!({"width": text, "anchor": text, "visibility": {"phone": false}});
        let html = rendered(&json!([{"id": text, "type": block.name, "data": data, "styles": styles}]), "en", &Everywhere).html;
        prop_assert_eq!(checked(&html), Ok(()));
    }
}

/// Every text becomes this one.
fn fill(value: &mut Value, text: &str) {
    match value {
        Value::String(old) => text.clone_into(old),
        Value::Array(items) => items.iter_mut().for_each(|item| fill(item, text)),
        Value::Object(members) => members.values_mut().for_each(|member| fill(member, text)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn html_has_a_length_whatever_it_repeats(parts in prop::collection::vec((hostile_tag(), 1_usize..4_000), 1..6)) {
        let source: String = parts.iter().map(|(part, times)| part.repeat(*times)).collect();
        let source: String = source.chars().take(50_000).collect();
        let mut out = String::new();
        clean::clean(&source, &Nowhere, &mut out);
        prop_assert!(out.len() <= (1 << 20) + 6 * source.len() + 100, "{} of {}", out.len(), source.len());
        prop_assert_eq!(checked(&out), Ok(()));
    }
}

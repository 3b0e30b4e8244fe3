//! Every template that is a page, rendered with the real thing, while everything that people can type holds a text that tries
//! to break out of it.
//!
//! One server and one world. For each hostile text all names of the world are set to it past the server, which would refuse
//! some of them, and then every sample is asked for. A template without a sample fails the test.

mod files;
mod form_samples;
mod html;
mod samples;
mod webhook;
mod world;

use proptest::{
    prelude::{Just, Strategy, any, prop},
    prop_oneof,
    test_runner::{Config, TestRunner},
};

use html::{Shape, Templates, Tree};
use samples::{Request, Sample};
use world::World;

use crate::support::Page;

/// Further hostile texts that are put together by chance. Each takes a second or two.
const CASES: u32 = 4;

/// Ends of everything that a text may stand in, each with an element or an attribute of its own.
const NASTY: [&str; 20] = [
    "\"><zzhostile zzhostile=\"1",
    "'><zzhostile zzhostile='1",
    "\" zzhostile=\"1\" onload=\"zzhostile",
    "' zzhostile='1",
    " zzhostile=1 autofocus onfocus=zzhostile ",
    "<script>zzhostile</script>",
    "</title><zzhostile>",
    "</textarea><zzhostile>",
    "</option></select><zzhostile>",
    "</code></pre><zzhostile>",
    "</script></style><zzhostile>",
    "--><zzhostile><!--",
    "<![CDATA[<zzhostile>]]>",
    "{{ zzhostile }}{% zzhostile %}{# zzhostile #}{ $zzhostile }",
    "&lt;zzhostile&gt;&#60;zzhostile&#62;&quot;",
    "javascript:alert(1)//zzhostile",
    "\u{202e}<zzhostile>\u{2066}\u{200f}",
    "\u{1}\t\u{b}\u{c}<zzhostile\u{c}zzhostile\u{7f}=>\u{85}\u{2028}",
    "\r\n\r\n<zzhostile>\r\nSet-Cookie: zzhostile=1",
    "＜zzhostile＞\u{feff}\u{fffd}",
];

/// A text of some of these parts, or of anything, or very long.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => prop::sample::select(NASTY.to_vec()).prop_map(str::to_owned),
        1 => any::<String>().prop_map(|text| text.replace(['\0', '$'], "")),
        1 => Just("é<zzhostile>".repeat(60)),
    ];
    prop::collection::vec(part, 1..6).prop_map(|parts| parts.concat() + "<zzhostile>")
}

/// All samples there are.
fn samples() -> impl Iterator<Item = &'static Sample> {
    samples::SAMPLES.iter().chain(files::SAMPLES).chain(form_samples::SAMPLES).chain(webhook::SAMPLES)
}

/// Asks for every sample in a world that has its text; all elements of their pages. None may be new to `plain`.
fn walk(world: &World, templates: &Templates, plain: Option<&Shape>) -> Result<Shape, String> {
    let (mut shape, mut faults) = (Shape::new(), Vec::new());
    for sample in samples() {
        let asked = (sample.ask)(world);
        let page = world.send(&asked);
        let tree = Tree::of(&page.body);
        if let Err(fault) = judge(sample, templates, (&asked, &page), &tree, plain) {
            faults.push(format!("{}, {} {}: {fault}\n{}", sample.template, asked.method, asked.path, page.body));
        }
        shape.extend(tree.shape);
    }
    if faults.is_empty() { Ok(shape) } else { Err(format!("with {:?}:\n{}", world.text, faults.join("\n"))) }
}

/// What is wrong with a page.
fn judge(
    sample: &Sample,
    templates: &Templates,
    (asked, page): (&Request, &Page),
    tree: &Tree,
    plain: Option<&Shape>,
) -> Result<(), String> {
    if page.status != sample.status {
        return Err(format!("answered {}, not {}", page.status, sample.status));
    }
    if !templates.is_rendered(sample.template, sample.proof, &page.body, &tree.text) {
        return Err("does not show that template".into());
    }
    tree.is_clean()?;
    match plain {
        // Of a form that comes back each text has faults of its own.
        Some(plain) if sample.status != 422 && !tree.shape.is_subset(plain) => {
            Err(format!("has more than with plain names: {:?}", tree.shape.difference(plain).collect::<Vec<_>>()))
        }
        // Whoever is signed in sees at least their own name.
        Some(_) if asked.signed && sample.status == 200 && !tree.text.contains("zzhostile") => Err("shows no name at all".into()),
        _ => Ok(()),
    }
}

#[test]
fn no_name_breaks_out_of_any_template() {
    let templates = Templates::read();
    let missing: Vec<_> = templates.pages().filter(|page| !samples().any(|sample| sample.template == *page)).collect();
    assert!(missing.is_empty(), "these templates have no sample in tests/server/console/templates/: {missing:?}");
    let gone: Vec<_> = samples().map(|sample| sample.template).filter(|name| !templates.pages().any(|page| page == *name)).collect();
    assert!(gone.is_empty(), "these samples have no template: {gone:?}");
    let mut world = World::new();
    world.rename(world::PLAIN);
    let plain = walk(&world, &templates, None).unwrap_or_else(|fault| panic!("{fault}"));
    world.rename(&NASTY.concat());
    walk(&world, &templates, Some(&plain)).unwrap_or_else(|fault| panic!("{fault}"));
    let config = Config { cases: CASES, failure_persistence: None, max_shrink_iters: 8, ..Config::default() };
    let world = std::cell::RefCell::new(world);
    let tried = TestRunner::new(config).run(&text(), |text| {
        let mut world = world.borrow_mut();
        world.rename(&text);
        walk(&world, &templates, Some(&plain)).map(drop).map_err(proptest::test_runner::TestCaseError::fail)
    });
    tried.unwrap_or_else(|fault| panic!("{fault}"));
}

#[test]
fn a_name_that_breaks_out_is_seen() {
    for page in [
        "<p>\"><zzhostile></p>",
        "<p title=\"\" zzhostile=\"1\"></p>",
        "<textarea></textarea><zzhostile></textarea>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<p onclick=\"x()\">x</p>",
        "<p>At most {$n} days</p>",
        "<p>{{ name }}</p><script>1</script>",
    ] {
        assert!(Tree::of(page).is_clean().is_err(), "{page}");
    }
    for page in ["<p title=\"&#34; zzhostile\">&#60;zzhostile&#62;</p>", "<textarea>&#60;/textarea&#62;&#60;zzhostile&#62;</textarea>"] {
        assert_eq!(Tree::of(page).is_clean(), Ok(()), "{page}");
    }
}

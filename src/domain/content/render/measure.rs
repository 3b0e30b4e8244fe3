//! How large HTML by hand becomes once it is parsed, found out before anything is built of it.
//!
//! A parser opens every formatting element that was not closed again in each paragraph that follows (HTML, 13.2.4.3), so a short text can
//! become a tree without measure. Here the same parser runs over elements that are forgotten at once, a tag at a time, and only as long as
//! there is little of everything.

use std::{borrow::Cow, cell::Cell, cell::RefCell, collections::HashSet, rc::Rc};

use html5ever::{
    Attribute, ExpandedName, ParseOpts, Parser, QualName,
    interface::{ElementFlags, NodeOrText, QuirksMode, Tracer, TreeSink},
    local_name, ns, parse_fragment,
    tendril::{StrTendril, TendrilSink},
};

/// Most elements of a source.
const ELEMENTS_MAX: usize = 20_000;
/// Most elements that are open at a time; those that are opened again count twice.
const OPEN_MAX: usize = 256;
/// Most attributes of one element.
const ATTRIBUTES_MAX: usize = 256;
/// Most bytes of the tags of all elements, once they are written.
const BYTES_MAX: usize = 1 << 20;
/// What a tag has besides its name and attributes, with what the cleaner adds to a link.
const TAG: usize = 40;
/// What the longest reference to a character takes.
const ESCAPED: usize = 6;

/// What links of a source lead to; `None` when the source grows too much.
pub(super) fn links(html: &str) -> Option<HashSet<String>> {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let mut parser = parse_fragment(Meter::default(), ParseOpts::default(), context, Vec::new(), false);
    for piece in html.split_inclusive('>') {
        parser.process(StrTendril::from(piece));
        if !is_small(&parser) {
            return None;
        }
    }
    let meter = parser.finish();
    meter.is_small().then(|| meter.links.into_inner())
}

fn is_small(parser: &Parser<Meter>) -> bool {
    let builder = &parser.tokenizer.sink;
    let open = Open(Cell::new(0));
    builder.trace_handles(&open);
    open.0.get() <= OPEN_MAX && builder.sink.is_small()
}

/// Counts what the parser holds.
struct Open(Cell<usize>);

impl Tracer for Open {
    type Handle = Handle;

    fn trace_handle(&self, _: &Handle) {
        self.0.set(self.0.get() + 1);
    }
}

/// All that a parser asks about an element again.
#[derive(Debug)]
struct Node {
    name: QualName,
    holds_html: bool,
}

type Handle = Rc<Node>;

/// Counts what would be built.
#[derive(Debug, Default)]
struct Meter {
    elements: Cell<usize>,
    bytes: Cell<usize>,
    /// Most attributes of one element; those that come to the root element later are added up.
    attributes: Cell<usize>,
    roots: Cell<usize>,
    links: RefCell<HashSet<String>>,
}

impl Meter {
    fn is_small(&self) -> bool {
        self.elements.get() <= ELEMENTS_MAX
            && self.bytes.get() <= BYTES_MAX
            && self.attributes.get().max(self.roots.get()) <= ATTRIBUTES_MAX
    }

    fn count(&self, name: &QualName, attributes: &[Attribute]) {
        let held: usize = attributes.iter().map(|one| one.name.local.len() + TAG + attribute_length(&one.value)).sum();
        self.elements.set(self.elements.get() + 1);
        self.bytes.set(self.bytes.get() + 2 * name.local.len() + TAG + held);
        self.attributes.set(self.attributes.get().max(attributes.len()));
        let mut links = self.links.borrow_mut();
        for one in attributes.iter().filter(|one| matches!(&*one.name.local, "href" | "src" | "cite")) {
            if !links.contains(&*one.value) {
                links.insert(one.value.to_string());
            }
        }
    }
}

/// The bytes of a text as the value of an attribute; that of a space that does not break begins with 0xc2.
fn attribute_length(value: &str) -> usize {
    value.bytes().map(|b| if matches!(b, b'&' | b'<' | b'>' | b'"' | 0xc2) { ESCAPED } else { 1 }).sum()
}

impl TreeSink for Meter {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self {
        self
    }

    fn get_document(&self) -> Handle {
        Rc::new(Node { name: QualName::new(None, ns!(), local_name!("")), holds_html: false })
    }

    fn elem_name<'a>(&'a self, node: &'a Handle) -> ExpandedName<'a> {
        node.name.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> Handle {
        self.count(&name, &attributes);
        Rc::new(Node { name, holds_html: flags.mathml_annotation_xml_integration_point })
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.get_document()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.get_document()
    }

    fn get_template_contents(&self, _: &Handle) -> Handle {
        self.get_document()
    }

    fn same_node(&self, a: &Handle, b: &Handle) -> bool {
        Rc::ptr_eq(a, b)
    }

    fn add_attrs_if_missing(&self, _: &Handle, attributes: Vec<Attribute>) {
        self.roots.set(self.roots.get() + attributes.len());
    }

    fn is_mathml_annotation_xml_integration_point(&self, node: &Handle) -> bool {
        node.holds_html
    }

    // How the elements hang together is nothing to the parser.
    fn append(&self, _: &Handle, _: NodeOrText<Handle>) {}

    fn append_based_on_parent_node(&self, _: &Handle, _: &Handle, _: NodeOrText<Handle>) {}

    fn append_before_sibling(&self, _: &Handle, _: NodeOrText<Handle>) {}

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn remove_from_parent(&self, _: &Handle) {}

    fn reparent_children(&self, _: &Handle, _: &Handle) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn set_quirks_mode(&self, _: QuirksMode) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_small_is_read_and_what_grows_is_not() {
        let rows = |n: usize| format!("<table>{}</table>", "<tr><td><b>x</b><td><a href=/y>y</a></tr>".repeat(n));
        assert_eq!(links(&rows(1_000)).map(|found| found.into_iter().collect::<Vec<_>>()), Some(vec!["/y".to_owned()]));
        assert!(links(&"<p>x".repeat(10_000)).is_some(), "an end that goes without saying");
        assert!(links(&"<b>".repeat(100)).is_some() && links(&"</b></p></div><br>".repeat(2_000)).is_some());
        for source in [
            "<i>".repeat(16_000),
            "<div>".repeat(9_000),
            format!("<p>{}{}", "<b title=x>".repeat(3), "<i>".repeat(300)),
            format!("<p><a title=\"{}\">{}", "&quot;".repeat(5_000), "<p>x".repeat(1_000)),
            format!("<p {}>", (0..8_000).map(|n| format!("a{n} ")).collect::<String>()),
            (0..5_000).map(|n| format!("<html a{n}>")).collect(),
        ] {
            assert!(source.len() <= 60_000 && links(&source).is_none(), "{}", &source[..40]);
        }
    }
}

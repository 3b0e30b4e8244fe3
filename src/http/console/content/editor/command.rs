//! What a button of the editor says: a verb, and what it is about, as `up:` and the id of a block.

use serde_json::{Map, Value, json};

use crate::{
    domain::content::tree::{
        change::{BlockPlace, Edit, SectionPlace},
        neighbor::Direction,
    },
    http::console::base::form::Form,
    service::content::working::copy::Step,
};

/// What is to happen to the content, and what the page shows then.
pub(super) struct Command {
    pub(super) step: Option<Step>,
    pub(super) then: Then,
}

/// What the page shows.
pub(super) enum Then {
    /// The part that is open now, or was.
    Stay,
    /// This part.
    Open(String),
    /// What was made.
    OpenNew,
    /// No open part.
    Close,
    /// The blocks that can be added at a place.
    Offer(String),
    /// Another language.
    Language(String),
    /// Another language beside that of the page, or none.
    Beside(String),
    /// Another part of the page of a form.
    Tab(String),
    /// What a link may lead to.
    Links,
    /// Files of a sort for an input: the sort, a colon, and the input.
    Files(String),
}

impl Command {
    /// Reads the button that was pressed; none changes nothing.
    pub(super) fn of(form: &Form) -> Self {
        let pressed = form.text("do");
        let (verb, about) = pressed.split_once(':').unwrap_or((pressed, ""));
        let about = about.to_owned();
        let step = |step: Step, then: Then| Self { step: Some(step), then };
        let show = |then: Then| Self { step: None, then };
        match verb {
            "open" => show(Then::Open(about)),
            "close" => show(Then::Close),
            "offer" => show(Then::Offer(about)),
            "language" => show(Then::Language(about)),
            "beside" => show(Then::Beside(about)),
            "tab" => show(Then::Tab(about)),
            "links" => show(Then::Links),
            "files" => show(Then::Files(about)),
            "add" => step(Step::Edit(Edit::InsertBlock { block: new_block(&about), to: place(form.text("adding")) }), Then::OpenNew),
            "paste" => step(Step::Paste(place(form.text("adding"))), Then::OpenNew),
            "up" | "down" => step(Step::NudgeBlock(about, direction(verb)), Then::Stay),
            "move" => step(Step::Edit(Edit::MoveBlock { id: about, to: place(form.text("to")) }), Then::Stay),
            "duplicate" => step(Step::DuplicateBlock(about), Then::OpenNew),
            "copy" => step(Step::Copy(about), Then::Stay),
            "delete" => step(Step::Edit(Edit::DeleteBlock { id: about }), Then::Close),
            "section-up" | "section-down" => step(Step::NudgeSection(about, direction(verb)), Then::Stay),
            "section-move" => step(Step::Edit(Edit::MoveSection { id: about, place: section_place(form.text("to")) }), Then::Stay),
            "section-duplicate" => step(Step::DuplicateSection(about), Then::Stay),
            "section-copy" => step(Step::Copy(about), Then::Stay),
            "section-paste" => step(Step::PasteSection(section_place(&about)), Then::OpenNew),
            "section-delete" => step(Step::Edit(Edit::DeleteSection { id: about }), Then::Close),
            "section-add" => {
                step(Step::Edit(Edit::InsertSection { section: new_section(&about), place: SectionPlace::default() }), Then::Stay)
            }
            "column-add" => step(Step::Edit(Edit::InsertColumn { section: about }), Then::Stay),
            "column-delete" => step(Step::Edit(Edit::DeleteColumn { id: about }), Then::Stay),
            "undo" => step(Step::Undo, Then::Stay),
            _ => show(Then::Stay),
        }
    }
}

fn direction(verb: &str) -> Direction {
    if verb.ends_with("up") { Direction::Up } else { Direction::Down }
}

/// A block of this type that says nothing yet.
fn new_block(name: &str) -> Map<String, Value> {
    Map::from_iter([("type".to_owned(), json!(name))])
}

/// A section with this many empty columns.
fn new_section(columns: &str) -> Map<String, Value> {
    let count = columns.parse::<usize>().unwrap_or(1).clamp(1, 12);
    Map::from_iter([("columns".to_owned(), Value::Array(vec![json!({}); count]))])
}

/// Where a block goes: `after:` or `before:` and the id of a block, `column:` and that of a column.
fn place(word: &str) -> BlockPlace {
    let (verb, id) = word.split_once(':').unwrap_or_default();
    let id = Some(id.to_owned());
    match verb {
        "after" => BlockPlace { after: id, ..BlockPlace::default() },
        "before" => BlockPlace { before: id, ..BlockPlace::default() },
        "column" => BlockPlace { column: id, ..BlockPlace::default() },
        _ => BlockPlace::default(),
    }
}

fn section_place(word: &str) -> SectionPlace {
    let (verb, id) = word.split_once(':').unwrap_or_default();
    let id = Some(id.to_owned());
    match verb {
        "after" => SectionPlace { after: id, before: None },
        "before" => SectionPlace { after: None, before: id },
        _ => SectionPlace::default(),
    }
}

/// Changes the items of a form before it is read: `item-add`, `item-up`, `item-down` or `item-delete`, and the item's name.
pub(super) fn on_items(form: Form) -> Form {
    let pressed = form.text("do").to_owned();
    let Some((verb, name)) = pressed.strip_prefix("item-").and_then(|rest| rest.split_once(':')) else { return form };
    if verb == "add" {
        let next = (0..).find(|number| form.all(&format!("{name}.{number}.id")).is_empty()).unwrap_or(0_usize);
        return form.and(&format!("{name}.{next}.id"), "");
    }
    let Some((list, number)) = name.rsplit_once('.').and_then(|(list, number)| Some((list, number.parse::<usize>().ok()?))) else {
        return form;
    };
    let last = (number..).find(|n| form.all(&format!("{list}.{}.id", n + 1)).is_empty()).unwrap_or(number);
    let moved = |n: usize| match verb {
        "up" if number > 0 && n == number => Some(number - 1),
        "up" if n + 1 == number => Some(number),
        "down" if number < last && n == number => Some(number + 1),
        "down" if number < last && n == number + 1 => Some(number),
        "delete" if n == number => None,
        "delete" if n > number => Some(n - 1),
        _ => Some(n),
    };
    let prefix = format!("{list}.");
    form.renamed(|name| {
        let Some((n, rest)) = name.strip_prefix(&prefix).and_then(|rest| rest.split_once('.')) else { return Some(name.to_owned()) };
        let Ok(n) = n.parse() else { return Some(name.to_owned()) };
        moved(n).map(|n| format!("{prefix}{n}.{rest}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(pressed: &str) -> String {
        let form = Form::read(b"i.0.id=a&i.0.x=A&i.1.id=b&i.1.x=B&i.2.id=c&i.2.x=C").expect("a form").and("do", pressed);
        let form = on_items(form);
        let item = |n: usize| format!("{}{}", form.text(&format!("i.{n}.id")), form.text(&format!("i.{n}.x")));
        (0..4).map(item).collect::<Vec<_>>().join(" ").trim_end().to_owned()
    }

    #[test]
    fn items_move_go_and_are_added() {
        assert_eq!(after("item-up:i.1"), "bB aA cC");
        assert_eq!(after("item-up:i.0"), "aA bB cC");
        assert_eq!(after("item-down:i.1"), "aA cC bB");
        assert_eq!(after("item-down:i.2"), "aA bB cC");
        assert_eq!(after("item-delete:i.0"), "bB cC");
        assert_eq!(after("item-delete:i.2"), "aA bB");
        let form = on_items(Form::read(b"i.0.id=a").expect("a form").and("do", "item-add:i"));
        assert_eq!(form.all("i.1.id"), [""]);
    }

    #[test]
    fn a_button_says_what_happens() {
        let of = |pressed: &str, adding: &str| Command::of(&Form::default().and("do", pressed).and("adding", adding));
        let added = of("add:heading", "after:x");
        assert!(matches!(added.then, Then::OpenNew));
        assert!(matches!(added.step, Some(Step::Edit(Edit::InsertBlock { to, .. })) if to.after.as_deref() == Some("x")));
        assert!(matches!(of("section-down:s", "").step, Some(Step::NudgeSection(id, Direction::Down)) if id == "s"));
        assert!(matches!((of("", "").step, of("nonsense", "").then), (None, Then::Stay)));
    }
}

//! Cursors: where a list goes on after its last item, whatever was made or deleted meanwhile.
//!
//! A cursor holds the place of one item in one order of one list. The item itself may be gone by the time it is used.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::{
    error::Fault,
    spec::{Holds, Operand, Order, Spec},
    text,
};

/// Which list a cursor is of: that of one organization, project or app, and of one kind. The default is that of lists whose
/// cursors nobody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark([u8; 8]);

impl Mark {
    /// The mark of the list at this path.
    pub fn of(path: &str) -> Self {
        let mut mark = [0; 8];
        blake3::Hasher::new().update(path.to_ascii_lowercase().as_bytes()).finalize_xof().fill(&mut mark);
        Self(mark)
    }

    /// Its bytes.
    pub const fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// A place in a list, behind an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The list in which it is a place.
    pub list: Mark,
    /// The order in which it is a place.
    pub order: Order,
    /// The item's value there; none stands behind all others.
    pub value: Option<Operand>,
    /// The item's id, which parts those of one value.
    pub id: String,
}

impl Cursor {
    /// The text that a caller sends back.
    pub fn encode(&self) -> String {
        let value = match &self.value {
            None => Value::Null,
            Some(Operand::Text(text)) => json!(text),
            Some(Operand::Bool(flag)) => json!(i64::from(*flag)),
            Some(Operand::Instant(at)) => json!(at.micros()),
            Some(Operand::Int(number)) => json!(number),
        };
        URL_SAFE_NO_PAD.encode(json!([text::hex(&self.list.0), self.order.field, self.order.descending, value, self.id]).to_string())
    }

    /// Reads such a text, for this list in this order.
    ///
    /// # Errors
    /// The fault of `after`: it is no cursor, or one of another list or order.
    pub fn decode(text: &str, spec: &Spec, list: Mark, order: Order) -> Result<Self, Fault> {
        let malformed = || Fault::new("after", "malformed", "after must be what meta.next of this list said.");
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| malformed())?;
        let (mark, field, descending, value, id): (String, String, bool, Value, String) =
            serde_json::from_slice(&bytes).map_err(|_| malformed())?;
        if (mark, field.as_str(), descending) != (text::hex(&list.0), order.field, order.descending) {
            let message = "after is of another list, or of this one in another order; send the same sort with it.";
            return Err(Fault::new("after", "other_order", message));
        }
        let holds = spec.fields.iter().find(|one| one.name == order.field).map_or(Holds::Text, |field| field.holds);
        let value = match (value, holds) {
            (Value::Null, _) => None,
            (Value::String(text), Holds::Text | Holds::Word(_) | Holds::Id | Holds::Linked) if !text.contains('\0') => {
                Some(Operand::Text(text))
            }
            (Value::Number(number), Holds::Bool | Holds::Instant | Holds::Int) => {
                Some(Operand::Int(number.as_i64().ok_or_else(malformed)?))
            }
            _ => return Err(malformed()),
        };
        if id.contains('\0') { Err(malformed()) } else { Ok(Self { list, order, value, id }) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::spec::Field;

    const SPEC: Spec =
        Spec { fields: &[Field::sort("name", Holds::Text), Field::sort("createdAt", Holds::Instant)], search: &[], order: Order::NEWEST };
    const NAMES: Order = Order { field: "name", descending: false };

    fn code(text: &str, order: Order) -> Option<&'static str> {
        Cursor::decode(text, &SPEC, Mark::of("/pages"), order).err().map(|fault| fault.code)
    }

    #[test]
    fn only_a_cursor_of_this_order_is_one() {
        let place = |list, value| Cursor { list: Mark::of(list), order: NAMES, value: Some(value), id: "1".into() };
        let named = place("/pages", Operand::Text("a".into())).encode();
        assert_eq!(code(&named, NAMES), None);
        assert_eq!(code(&named, Order { descending: true, ..NAMES }), Some("other_order"));
        assert_eq!(code(&named, Order::NEWEST), Some("other_order"));
        assert_eq!(code(&place("/PAGES", Operand::Text("a".into())).encode(), NAMES), None);
        assert_eq!(code(&place("/posts", Operand::Text("a".into())).encode(), NAMES), Some("other_order"));
        let number = place("/pages", Operand::Int(1)).encode();
        for bad in ["", "x", "e30", "!", &number, &named[..named.len() - 2], &format!("{named}=")] {
            assert_eq!(code(bad, NAMES), Some("malformed"), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_was_encoded_is_read_back(value in prop::option::of("[^\0]{0,20}"), id in "[^\0]{0,40}") {
            let cursor = Cursor { list: Mark::default(), order: NAMES, value: value.map(Operand::Text), id };
            prop_assert_eq!(Cursor::decode(&cursor.encode(), &SPEC, Mark::default(), NAMES), Ok(cursor));
        }

        #[test]
        fn never_panics(text in ".{0,60}", bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = Cursor::decode(&text, &SPEC, Mark::default(), NAMES);
            let _ = Cursor::decode(&URL_SAFE_NO_PAD.encode(bytes), &SPEC, Mark::default(), NAMES);
        }
    }
}

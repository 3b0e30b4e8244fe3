//! What somebody has answered to a form that is drawn.

/// The answers so far, what is wrong with them, and the words around them. Fields are named by the ids of their blocks.
pub trait Answers {
    /// What the input of a field is called, if that is not its own name or its id.
    fn name(&self, _id: &str) -> Option<String> {
        None
    }

    /// What was typed or chosen; none if nobody has answered yet.
    fn values(&self, id: &str) -> Option<&[String]>;

    /// What is wrong with it.
    fn fault(&self, id: &str) -> Option<&str>;

    /// What is to be done with it once more, since a page cannot keep it: files are chosen again.
    fn again(&self, _id: &str) -> Option<&str> {
        None
    }

    /// What stands behind the label of what may be left out.
    fn optional(&self) -> &str;

    /// What begins all ids, where the form stands within another page.
    fn within(&self) -> &str {
        ""
    }
}

/// Nobody fills it in.
pub struct Unanswered;

impl Answers for Unanswered {
    fn values(&self, _: &str) -> Option<&[String]> {
        None
    }

    fn fault(&self, _: &str) -> Option<&str> {
        None
    }

    fn optional(&self) -> &str {
        ""
    }
}

//! How a command ends.

/// What went wrong, as a sentence for the operator.
pub type Outcome = Result<(), String>;

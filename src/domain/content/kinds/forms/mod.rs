//! The kinds of an app for forms.

pub mod form;

//! How files come in: with forms, in parts, and what goes wrong meanwhile.

mod late_part;
mod parts;
mod upload;

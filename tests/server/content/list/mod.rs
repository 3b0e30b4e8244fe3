//! Lists of entries: what is found in them, what they say of languages, and several entries at once.

mod find;
mod in_memory;
mod language;
mod several;

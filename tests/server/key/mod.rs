//! API keys and tokens: made, shown once, regenerated, limited, ended.

mod console;
mod expiry;
mod key;
mod lifecycle;
mod management;
mod page;
mod reminder;
mod restriction;
mod restriction_pages;
mod revocation;
mod scope;
mod token;
mod warnings;
mod ways;

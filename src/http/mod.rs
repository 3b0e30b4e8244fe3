//! Floor 4: adapters. They parse, call one operation, and render; they know no roles.

pub mod answers;
pub mod api;
pub mod assets;
pub mod body;
pub mod call;
pub mod client;
pub mod compress;
pub mod connections;
pub mod console;
pub mod cors;
pub mod document;
pub mod error;
pub mod etag;
pub mod hashing;
pub mod incoming;
pub mod oauth;
pub mod openapi;
pub mod origin;
pub mod outgoing;
mod paced;
pub mod room;
pub mod route;
pub mod router;
pub mod routes;
pub mod sandbox;
pub mod server;
pub mod state;

//! Floor 4: adapters. They parse, call one operation, and render; they know no roles.

pub mod api;
pub mod base;
pub mod branding;
pub mod console;
pub mod files;
pub mod form;
pub mod hosts;
pub mod mcp;
pub mod monitor;
pub mod oauth;
pub mod pages;
pub mod preview;
pub mod reference;
pub mod sandbox;
pub mod sending;
pub mod server;

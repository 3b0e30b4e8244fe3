//! `POST /mcp`: the Model Context Protocol, by which agents work with the content of an instance.
//!
//! `transport` is the only file that knows the library of the protocol: it hands each method with its params and its [`base::caller::Caller`] to
//! [`dispatch`], which answers JSON. The tools are data (`tools`): what a tool is called, takes and may do, and the function that runs it in one
//! transaction. They call the operations that the API calls, and name no kind: kinds and blocks come from their descriptors.

mod admission;
mod base;
mod dispatch;
mod prompts;
mod resources;
mod run;
mod tools;
mod transport;

pub use transport::mount;

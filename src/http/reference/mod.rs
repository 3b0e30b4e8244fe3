//! The reference of the API at `/docs`: pages for people, and the same as Markdown, both made of the OpenAPI document.

pub mod beyond;
pub mod example;
pub mod field;
pub mod group;
pub mod markdown;
pub mod operation;
pub mod page;
pub mod sample;
pub mod site_map;
pub mod trial;

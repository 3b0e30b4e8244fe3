//! What every page is made of: the request, the route, forms, and the frame around it.

pub mod chart;
pub mod chrome;
pub mod error;
pub mod form;
pub mod guard;
pub mod nav;
pub mod page;
pub mod pager;
pub mod place;
pub mod request;

//! What every page is made of: the request, the route, forms, and the frame around it.

pub mod chart;
pub mod chrome;
pub mod done;
pub mod error;
pub mod flash;
pub mod form;
pub mod guard;
pub mod kind;
pub mod link;
pub mod nav;
pub mod page_route;
pub mod pager;
pub mod request;
pub mod response;

//! Ways on which forms reach visitors: within a page, page after page, and with work for their browsers.

mod block;
mod captcha;
mod pages;

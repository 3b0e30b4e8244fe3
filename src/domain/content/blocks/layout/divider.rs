//! A line across.

use crate::domain::content::block::Block;
use crate::domain::content::render::{
    data::Data,
    page::{PLAIN, Page},
};

/// The block.
pub static BLOCK: Block = Block::new("divider", "minus", &[], "{}", render);

fn render(page: &mut Page<'_>, _: &Data<'_>) {
    page.open("hr", PLAIN);
}

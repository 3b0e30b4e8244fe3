//! What must be seen of a picture where it is cut.

/// Ten thousandths of the width and height of a picture, from its left upper corner on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FocalPoint {
    /// From the left, 0 to [`FocalPoint::WHOLE`].
    pub x: u32,
    /// From above.
    pub y: u32,
}

impl FocalPoint {
    /// All of a width or height.
    pub const WHOLE: u32 = 10_000;
}

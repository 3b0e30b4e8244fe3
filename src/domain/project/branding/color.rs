//! Colours, and how well one is read on another (WCAG 2.2, relative luminance and contrast ratio).

use std::fmt;

/// What text needs on its ground (WCAG 2.2, 1.4.3).
pub const TEXT: f64 = 4.5;
/// What large text needs, and the edge of what one types into (1.4.3, 1.4.11).
pub const LARGE: f64 = 3.0;

/// A colour: red, green and blue in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color(pub [u8; 3]);

impl Color {
    /// Black.
    pub const BLACK: Self = Self([0; 3]);
    /// White.
    pub const WHITE: Self = Self([255; 3]);

    /// The colour that `#rrggbb` stands for; none for anything else.
    pub fn from_hex(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        let [_, red, green, blue] = u32::from_str_radix(hex, 16).ok()?.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    /// Its relative luminance, from 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126_f64.mul_add(red, 0.7152_f64.mul_add(green, 0.0722 * blue))
    }

    /// The contrast of two colours, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// So many percent of `other` in this one.
    #[must_use]
    pub fn mixed(self, other: Self, percent: u16) -> Self {
        let part = |one: u8, two: u8| (u16::from(one) * (100 - percent) + u16::from(two) * percent + 50) / 100;
        Self(std::array::from_fn(|at| u8::try_from(part(self.0[at], other.0[at])).unwrap_or(u8::MAX)))
    }

    /// This colour, or the nearest one on the way to `other` that has so much contrast with each of the grounds; `other` where none has.
    #[must_use]
    pub fn toward(self, other: Self, grounds: &[Self], least: f64) -> Self {
        let reads = |color: &Self| grounds.iter().all(|ground| color.contrast(*ground) >= least);
        (0..100).step_by(4).map(|percent| self.mixed(other, percent)).find(reads).unwrap_or(other)
    }

    /// Black or white, whichever is read better on it. One of both always has [`TEXT`].
    #[must_use]
    pub fn opposite(self) -> Self {
        if self.contrast(Self::WHITE) >= self.contrast(Self::BLACK) { Self::WHITE } else { Self::BLACK }
    }
}

impl fmt::Display for Color {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(out, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn color(text: &str) -> Color {
        Color::from_hex(text).expect("a colour")
    }

    #[test]
    fn contrast_is_that_of_the_guideline() {
        // Known pairs: the extremes, the grey that just passes on white, and the one that just fails.
        for (one, two, ratio) in [
            ("#000000", "#ffffff", 21.0),
            ("#767676", "#ffffff", 4.54),
            ("#777777", "#ffffff", 4.48),
            ("#ff0000", "#ffffff", 4.0),
            ("#808080", "#808080", 1.0),
        ] {
            assert!((color(one).contrast(color(two)) - ratio).abs() < 0.005, "{one} on {two}: {}", color(one).contrast(color(two)));
            assert!((color(two).contrast(color(one)) - ratio).abs() < 0.005);
        }
    }

    #[test]
    fn what_stands_on_any_colour_is_read() {
        for n in 0..4096_u32 {
            let ground = Color([(n >> 8 & 15) as u8 * 17, (n >> 4 & 15) as u8 * 17, (n & 15) as u8 * 17]);
            assert!(ground.opposite().contrast(ground) >= TEXT, "{ground}");
            let moved = color("#1f5fae").toward(ground.opposite(), &[ground], TEXT);
            assert!(moved.contrast(ground) >= TEXT, "{moved} on {ground}");
        }
    }

    #[test]
    fn colours_are_read_and_written_in_one_form() {
        assert_eq!(color("#1F7a6d").to_string(), "#1f7a6d");
        for wrong in ["", "#", "#fff", "1f7a6d", "#1f7a6", "#1f7a6d0", "#1f7a6g", "#+f7a6d", "#1f7aé"] {
            assert_eq!(Color::from_hex(wrong), None, "{wrong}");
        }
        assert_eq!(color("#000000").mixed(Color::WHITE, 50).to_string(), "#808080");
        assert_eq!((Color::BLACK.mixed(Color::WHITE, 0), Color::BLACK.mixed(Color::WHITE, 100)), (Color::BLACK, Color::WHITE));
    }
}

//! Draws the smaller pictures of one. It is read once, and only if it has not too many pixels; each is then made of the next larger one.

use std::io::Cursor;

use fast_image_resize::{
    FilterType, PixelTrait, ResizeAlg, ResizeOptions, Resizer,
    images::{TypedImage, TypedImageRef},
    pixels::{U8x3, U8x4},
};
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, RgbImage, RgbaImage, metadata::Orientation};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::{
    focal::FocalPoint,
    variant::{Undrawn, Variant, fit, square},
};

/// Pictures of more pixels are not read: 64 million, a little more than the largest that telephones take.
pub const PIXELS_MAX: u64 = 64 << 20;
/// Most bytes of a picture while it is read.
const BYTES_MAX: u64 = 256 << 20;
/// How good they look, of 100: from here on more bytes are hardly seen.
const QUALITY: f32 = 78.0;

/// A smaller picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Which one.
    pub variant: Variant,
    /// Its width in pixels.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// WebP.
    pub bytes: Vec<u8>,
}

/// All smaller pictures of one that is JPEG, PNG, WebP or GIF: with the way up that it says, in the colours of sRGB, and with nothing else of what
/// stands in it. Of one that moves only the thumbnail, which stands still.
///
/// # Errors
/// It has too many pixels, or cannot be read.
pub fn draw(bytes: &[u8], focal: Option<FocalPoint>) -> Result<Vec<Drawn>, Undrawn> {
    let unread = |_| Undrawn::Unreadable;
    let mut limits = Limits::default();
    limits.max_alloc = Some(BYTES_MAX);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| Undrawn::Unreadable)?;
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(undrawn)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX || decoder.total_bytes() > BYTES_MAX {
        return Err(Undrawn::TooLarge);
    }
    let (up, profile) = (decoder.orientation().map_err(unread)?, decoder.icc_profile().map_err(unread)?);
    let picture = DynamicImage::from_decoder(decoder).map_err(undrawn)?;
    let canvas = Canvas::of(picture).resized(fit((width, height), Variant::Large.side()))?;
    all(canvas.turned(up)?.coloured(profile.as_deref()), width.max(height), focal, moves(bytes))
}

fn undrawn(error: image::ImageError) -> Undrawn {
    if matches!(error, image::ImageError::Limits(_)) { Undrawn::TooLarge } else { Undrawn::Unreadable }
}

/// Whether a picture moves: every GIF counts as one.
fn moves(bytes: &[u8]) -> bool {
    let says = |mark: &[u8]| bytes[..bytes.len().min(4096)].windows(mark.len()).any(|window| window == mark);
    bytes.starts_with(b"GIF8") || (bytes.starts_with(b"RIFF") && says(b"ANIM")) || (bytes.starts_with(b"\x89PNG") && says(b"acTL"))
}

/// All that are smaller than a picture whose longer side has so many pixels, the largest first.
fn all(mut canvas: Canvas, longer: u32, focal: Option<FocalPoint>, moves: bool) -> Result<Vec<Drawn>, Undrawn> {
    let thumbnail = canvas.cropped(focal, Variant::Thumbnail.side())?;
    let mut drawn = Vec::with_capacity(Variant::ALL.len());
    for variant in [Variant::Large, Variant::Medium, Variant::Small] {
        if !moves && longer > variant.side() {
            let size = fit((canvas.width, canvas.height), variant.side());
            canvas = canvas.resized(size)?;
            drawn.push(canvas.encode(variant)?);
        }
    }
    drawn.push(thumbnail.encode(Variant::Thumbnail)?);
    Ok(drawn)
}

/// Pixels of these, of another size. The kind of pixel is a type: the program holds no code for kinds that it does not have.
fn scale<P: PixelTrait>((pixels, from): (&[u8], (u32, u32)), to: (u32, u32), options: &ResizeOptions) -> Option<Vec<u8>> {
    let from = TypedImageRef::<P>::from_buffer(from.0, from.1, pixels).ok()?;
    let mut scaled = vec![0; to.0 as usize * to.1 as usize * P::size()];
    let mut onto = TypedImage::<P>::from_buffer(to.0, to.1, &mut scaled).ok()?;
    Resizer::new().resize_typed(&from, &mut onto, options).ok()?;
    Some(scaled)
}

/// Pixels of three bytes, or of four where some can be seen through.
struct Canvas {
    width: u32,
    height: u32,
    is_clear: bool,
    pixels: Vec<u8>,
}

impl Canvas {
    fn of(picture: DynamicImage) -> Self {
        let (width, height, is_clear) = (picture.width(), picture.height(), picture.color().has_alpha());
        let pixels = if is_clear { picture.into_rgba8().into_raw() } else { picture.into_rgb8().into_raw() };
        Self { width, height, is_clear, pixels }
    }

    fn resized(self, (width, height): (u32, u32)) -> Result<Self, Undrawn> {
        if (width, height) == (self.width, self.height) {
            return Ok(self);
        }
        let options = ResizeOptions::new();
        self.scaled((width, height), options)
    }

    /// The square of it around what must be seen, with no more than so many pixels on a side.
    fn cropped(&self, focal: Option<FocalPoint>, most: u32) -> Result<Self, Undrawn> {
        let (left, top, side) = square((self.width, self.height), focal);
        let options = ResizeOptions::new().crop(left.into(), top.into(), side.into(), side.into());
        self.scaled((side.min(most), side.min(most)), options)
    }

    fn scaled(&self, size: (u32, u32), options: ResizeOptions) -> Result<Self, Undrawn> {
        let (from, options) = ((self.width, self.height), options.resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3)));
        let scaled = if self.is_clear {
            scale::<U8x4>((&self.pixels, from), size, &options)
        } else {
            scale::<U8x3>((&self.pixels, from), size, &options)
        };
        Ok(Self { width: size.0, height: size.1, is_clear: self.is_clear, pixels: scaled.ok_or(Undrawn::Unreadable)? })
    }

    fn turned(self, up: Orientation) -> Result<Self, Undrawn> {
        if up == Orientation::NoTransforms {
            return Ok(self);
        }
        let (width, height) = (self.width, self.height);
        let picture = if self.is_clear {
            RgbaImage::from_raw(width, height, self.pixels).map(DynamicImage::from)
        } else {
            RgbImage::from_raw(width, height, self.pixels).map(DynamicImage::from)
        };
        let mut picture = picture.ok_or(Undrawn::Unreadable)?;
        picture.apply_orientation(up);
        Ok(Self::of(picture))
    }

    /// In the colours of sRGB, where a profile says that they are meant otherwise. One that cannot be read, and one of inks, says nothing.
    fn coloured(mut self, profile: Option<&[u8]>) -> Self {
        let meant = profile.and_then(|profile| ColorProfile::new_from_slice(profile).ok());
        let Some(meant) = meant.filter(|meant| meant.color_space == DataColorSpace::Rgb) else { return self };
        let layout = if self.is_clear { Layout::Rgba } else { Layout::Rgb };
        let Ok(change) = meant.create_transform_8bit(layout, &ColorProfile::new_srgb(), layout, TransformOptions::default()) else {
            return self;
        };
        let mut changed = vec![0; self.pixels.len()];
        if change.transform(&self.pixels, &mut changed).is_ok() {
            self.pixels = changed;
        }
        self
    }

    fn encode(&self, variant: Variant) -> Result<Drawn, Undrawn> {
        let layout = if self.is_clear { webp::PixelLayout::Rgba } else { webp::PixelLayout::Rgb };
        let encoder = webp::Encoder::new(&self.pixels, layout, self.width, self.height);
        let bytes = encoder.encode_simple(false, QUALITY).map_err(|_| Undrawn::Unreadable)?.to_vec();
        Ok(Drawn { variant, width: self.width, height: self.height, bytes })
    }
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Rgb};

    use super::*;

    fn written(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        picture.into().write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    fn sizes(drawn: &[Drawn]) -> Vec<(Variant, u32, u32)> {
        drawn.iter().map(|one| (one.variant, one.width, one.height)).collect()
    }

    #[test]
    fn each_is_smaller_than_the_picture_itself() {
        let wide = written(RgbImage::new(700, 350), ImageFormat::Png);
        assert_eq!(sizes(&draw(&wide, None).unwrap()), [(Variant::Small, 640, 320), (Variant::Thumbnail, 320, 320)]);
        let tiny = written(RgbaImage::new(20, 10), ImageFormat::Png);
        assert_eq!(sizes(&draw(&tiny, None).unwrap()), [(Variant::Thumbnail, 10, 10)]);
        let moving = written(RgbaImage::new(700, 350), ImageFormat::Gif);
        assert_eq!(sizes(&draw(&moving, None).unwrap()), [(Variant::Thumbnail, 320, 320)]);
    }

    #[test]
    fn the_thumbnail_shows_what_must_be_seen() {
        let half = RgbImage::from_fn(200, 100, |x, _| if x < 100 { Rgb([250, 0, 0]) } else { Rgb([0, 0, 250]) });
        let bytes = written(half, ImageFormat::Png);
        let middle = |x| {
            let drawn = draw(&bytes, Some(FocalPoint { x, y: 5_000 })).unwrap();
            let seen = image::load_from_memory(&drawn[0].bytes).unwrap().into_rgb8();
            seen.get_pixel(50, 50).0
        };
        let (left, right) = (middle(0), middle(10_000));
        assert!(left[0] > 200 && left[2] < 50 && right[2] > 200 && right[0] < 50, "{left:?} {right:?}");
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        assert_eq!(draw(b"nothing", None), Err(Undrawn::Unreadable));
        let whole = written(RgbImage::new(700, 350), ImageFormat::Jpeg);
        assert_eq!(draw(&whole[..200], None), Err(Undrawn::Unreadable));
        let mut wide = written(RgbImage::new(1, 1), ImageFormat::Gif);
        wide[6..10].copy_from_slice(&[0xff; 4]);
        assert_eq!(draw(&wide, None), Err(Undrawn::TooLarge));
    }
}

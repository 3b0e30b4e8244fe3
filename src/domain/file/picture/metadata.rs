//! What cameras and programs write into pictures beside what is seen: where it was taken, by whom, with what. It is taken out as pictures come in,
//! and what is seen stays as it is, bit by bit. What a browser needs stays, too: the colours that are meant (ICC), and which way is up.

use image::metadata::Orientation;
use img_parts::{Bytes, Error, ImageEXIF, jpeg, png, riff::RiffContent, webp};

use crate::domain::file::media_type::SVG;

use super::{boxes, gif};

/// Pictures of more bytes are not looked into.
pub const BYTES_MAX: u64 = 64 * 1024 * 1024;

/// What stays of a JPEG beside its data: the mark of the format, and how its colours are stored.
const JPEG_MARKS: [(u8, &[u8]); 3] =
    [(jpeg::markers::APP0, b"JFIF\0"), (jpeg::markers::APP2, b"ICC_PROFILE\0"), (jpeg::markers::APP14, b"Adobe")];
/// The chunks of a PNG that say how it looks, beside those without which it cannot be read.
const PNG_LOOKS: [&[u8; 4]; 15] =
    [b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"cICP", b"mDCV", b"cLLI", b"sBIT", b"tRNS", b"bKGD", b"pHYs", b"hIST", b"acTL", b"fcTL", b"fdAT"];
/// The chunks of a WebP that are its picture.
const WEBP_LOOKS: [[u8; 4]; 7] =
    [webp::CHUNK_VP8X, webp::CHUNK_VP8, webp::CHUNK_VP8L, webp::CHUNK_ALPH, webp::CHUNK_ANIM, webp::CHUNK_ANMF, webp::CHUNK_ICCP];
/// In the head of a WebP: that it has EXIF, and XMP.
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

/// A picture that was looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// Its bytes, where something was taken out of them.
    pub bytes: Option<Vec<u8>>,
    /// Whether it is shown turned by a quarter: its width is its height.
    pub is_turned: bool,
}

/// Whether something can be taken out of bytes that begin so: of JPEG, PNG, WebP, GIF, HEIC and AVIF.
pub fn is_known(head: &[u8]) -> bool {
    boxes::is_picture(head)
        || head.starts_with(b"GIF8")
        || head.starts_with(b"\xff\xd8\xff")
        || head.starts_with(b"\x89PNG\r\n\x1a\n")
        || (head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP"))
}

/// Types that are looked into; what is in pictures, films and recordings of others stays as it is.
pub const CLEANED: [&str; 7] = ["image/jpeg", "image/png", "image/webp", "image/gif", "image/heic", "image/heif", "image/avif"];

/// Whether a file of this type may say where, when and by whom it was made, since nobody has looked into it.
pub fn may_tell(mime_type: &str) -> bool {
    let of_camera = ["image/", "video/", "audio/"].iter().any(|begin| mime_type.starts_with(begin));
    of_camera && mime_type != SVG && !CLEANED.contains(&mime_type)
}

/// A picture without what is not seen of it. One that cannot be read stays as it is.
pub fn clean(bytes: Vec<u8>) -> Cleaned {
    if bytes.first() == Some(&b'G') || boxes::is_picture(&bytes) {
        return Cleaned { bytes: unturned(&bytes).filter(|cleaned| *cleaned != bytes), is_turned: false };
    }
    let bytes = Bytes::from(bytes);
    let read = match bytes.first() {
        Some(0xff) => of_jpeg(bytes.clone()),
        Some(0x89) => of_png(bytes.clone()),
        _ => of_webp(bytes.clone()),
    };
    let Ok((cleaned, up)) = read else { return Cleaned { bytes: None, is_turned: false } };
    let is_turned = up.is_some_and(|up| up.to_exif() >= 5);
    Cleaned { bytes: (cleaned != bytes).then(|| cleaned.into()), is_turned }
}

/// The same of those whose way up is not said in EXIF; none where it cannot be read.
fn unturned(bytes: &[u8]) -> Option<Vec<u8>> {
    if !boxes::is_picture(bytes) {
        return gif::cleaned(bytes);
    }
    let mut cleaned = bytes.to_vec();
    boxes::clean(&mut cleaned).map(|()| cleaned)
}

/// The way up that is said in EXIF, unless it is as it is stored.
fn way_up(exif: Option<Bytes>) -> Option<Orientation> {
    exif.and_then(|exif| Orientation::from_exif_chunk(&exif)).filter(|up| *up != Orientation::NoTransforms)
}

/// EXIF that says which way is up and nothing else: one directory with one entry (TIFF 6.0, section 2).
fn saying(up: Orientation) -> Bytes {
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([up.to_exif(), 0, 0, 0, 0, 0, 0]);
    exif.into()
}

fn of_jpeg(bytes: Bytes) -> Result<(Bytes, Option<Orientation>), Error> {
    let mut picture = jpeg::Jpeg::from_bytes(bytes)?;
    let up = way_up(picture.exif());
    let stays = |segment: &jpeg::JpegSegment| match segment.marker() {
        mark @ jpeg::markers::APP0..=jpeg::markers::APP15 => {
            JPEG_MARKS.iter().any(|(known, begin)| *known == mark && segment.contents().starts_with(begin))
        }
        mark => mark != jpeg::markers::COM,
    };
    picture.segments_mut().retain(stays);
    if let Some(up) = up {
        picture.set_exif(Some(saying(up)));
    }
    let scans: usize = picture.segments().iter().map(|segment| segment.len_with_entropy() - segment.len()).sum();
    let whole = picture.encoder().bytes();
    let begin = whole.len().saturating_sub(scans);
    Ok((whole.slice(..begin + end_of_jpeg(&whole[begin..])), up))
}

/// Where the picture ends in what follows the head of its first scan. Cameras append further pictures and films, with metadata of their own.
fn end_of_jpeg(scans: &[u8]) -> usize {
    let mut at = 0;
    while let Some(mark) = scans[at..].iter().position(|byte| *byte == 0xff).map(|found| at + found + 1) {
        match scans.get(mark) {
            Some(&jpeg::markers::EOI) => return mark + 1,
            // A byte of data, a fill byte, or a place to begin again: none has a length.
            Some(0 | 0xff | jpeg::markers::RST0..=jpeg::markers::RST7) => at = mark,
            // Tables and the head of the next scan, in which 0xff may be anything.
            Some(_) => match scans.get(mark + 1..mark + 3) {
                Some(&[high, low]) => at = (mark + 1 + usize::from(u16::from_be_bytes([high, low]))).min(scans.len()),
                _ => break,
            },
            None => break,
        }
    }
    scans.len()
}

fn of_png(bytes: Bytes) -> Result<(Bytes, Option<Orientation>), Error> {
    let mut picture = png::Png::from_bytes(bytes)?;
    let up = way_up(picture.exif());
    // A chunk without which the picture cannot be read has a capital first (PNG 5.4).
    picture.chunks_mut().retain(|chunk| chunk.kind()[0].is_ascii_uppercase() || PNG_LOOKS.contains(&&chunk.kind()));
    if let Some(up) = up {
        picture.set_exif(Some(saying(up)));
    }
    Ok((picture.encoder().bytes(), up))
}

fn of_webp(bytes: Bytes) -> Result<(Bytes, Option<Orientation>), Error> {
    let mut picture = webp::WebP::from_bytes(bytes)?;
    let up = way_up(picture.exif());
    picture.chunks_mut().retain(|chunk| WEBP_LOOKS.contains(&chunk.id()));
    if let Some(head) = picture.chunks_mut().iter_mut().find(|chunk| chunk.id() == webp::CHUNK_VP8X)
        && let RiffContent::Data(data) = head.content_mut()
    {
        let mut said = data.to_vec();
        if let Some(flags) = said.first_mut() {
            *flags = (*flags & !(HAS_EXIF | HAS_XMP)) | if up.is_some() { HAS_EXIF } else { 0 };
        }
        *data = said.into();
    }
    if let Some(up) = up {
        picture.chunks_mut().push(img_parts::riff::RiffChunk::new(webp::CHUNK_EXIF, RiffContent::Data(saying(up))));
    }
    Ok((picture.encoder().bytes(), up))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(format: image::ImageFormat) -> Vec<u8> {
        let mut out = std::io::Cursor::new(Vec::new());
        image::DynamicImage::from(image::RgbImage::from_fn(9, 5, |x, y| image::Rgb([x as u8 * 20, y as u8 * 40, 7])))
            .write_to(&mut out, format)
            .unwrap();
        out.into_inner()
    }

    /// EXIF with a way up, and words that nobody is to read.
    fn exif(up: Orientation) -> Bytes {
        [&saying(up)[..], b"48.8584 N 2.2945 E"].concat().into()
    }

    fn holds(bytes: &[u8], part: &[u8]) -> bool {
        bytes.windows(part.len()).any(|window| window == part)
    }

    #[test]
    fn of_a_jpeg_only_what_is_seen_stays_and_the_way_up() {
        let plain = sample(image::ImageFormat::Jpeg);
        assert_eq!(clean(plain.clone()), Cleaned { bytes: None, is_turned: false }, "there is nothing to take out");
        let mut picture = jpeg::Jpeg::from_bytes(plain.clone().into()).unwrap();
        picture.set_exif(Some(exif(Orientation::Rotate90)));
        picture.segments_mut().insert(0, jpeg::JpegSegment::new_with_contents(jpeg::markers::COM, Bytes::from_static(b"48.8584 N")));
        let mut bytes = picture.encoder().bytes().to_vec();
        bytes.extend_from_slice(b"\xff\xd8\xff\xe1 48.8584 N: a film");
        let cleaned = clean(bytes);
        let (bytes, plain) = (cleaned.bytes.unwrap(), jpeg::Jpeg::from_bytes(plain.into()).unwrap());
        assert!(cleaned.is_turned && !holds(&bytes, b"48.8584"));
        assert_eq!(clean(bytes.clone()), Cleaned { bytes: None, is_turned: true }, "once is enough");
        let mut again = jpeg::Jpeg::from_bytes(bytes.into()).unwrap();
        again.set_exif(None);
        assert_eq!(again, plain, "what is seen is the same");
    }

    #[test]
    fn of_a_png_and_a_webp_too() {
        let mut picture = png::Png::from_bytes(sample(image::ImageFormat::Png).into()).unwrap();
        picture.set_exif(Some(exif(Orientation::NoTransforms)));
        picture.chunks_mut().insert(1, png::PngChunk::new(*b"tEXt", Bytes::from_static(b"GPS\x0048.8584 N")));
        let cleaned = clean(picture.encoder().bytes().to_vec());
        assert_eq!(cleaned, Cleaned { bytes: Some(sample(image::ImageFormat::Png)), is_turned: false });
        let mut picture = webp::WebP::from_bytes(sample(image::ImageFormat::WebP).into()).unwrap();
        let kind = picture.kind();
        picture.set_exif(Some(exif(Orientation::FlipVertical)));
        let bytes = picture.encoder().bytes().to_vec();
        assert!(holds(&bytes, b"48.8584"), "{kind:?}");
        let cleaned = clean(bytes);
        let bytes = cleaned.bytes.unwrap();
        assert!(!cleaned.is_turned && !holds(&bytes, b"48.8584"));
        assert_eq!(way_up(webp::WebP::from_bytes(bytes.into()).unwrap().exif()), Some(Orientation::FlipVertical));
    }

    #[test]
    fn what_nobody_looks_into_is_told_by_its_type() {
        for (kind, may) in [
            ("image/jpeg", false),
            ("image/heic", false),
            ("image/svg+xml", false),
            ("image/tiff", true),
            ("video/mp4", true),
            ("text/plain", false),
        ] {
            assert_eq!(may_tell(kind), may, "{kind}");
        }
    }

    #[test]
    fn what_cannot_be_read_stays_as_it_is() {
        for bytes in [
            b"GIF89a".to_vec(),
            b"\0\0\0\x0cftypheic\0\0\0\x20meta".to_vec(),
            b"\xff\xd8\xff".to_vec(),
            b"\x89PNG\r\n\x1a\n\0\0".to_vec(),
            b"RIFF\xff\xff\xff\xffWEBP".to_vec(),
            Vec::new(),
        ] {
            assert_eq!(clean(bytes), Cleaned { bytes: None, is_turned: false });
        }
        assert_eq!((end_of_jpeg(b"\x01\xff"), end_of_jpeg(b"\xff\xc4\xff"), end_of_jpeg(b"\xff\xc4\0\x03\xff\xff\xd9x")), (2, 3, 7));
    }
}

//! What is not seen of a GIF: comments, and what programs write beside the picture (GIF89a, appendix; XMP, part 3).

/// What a block of an application is for that changes how a picture is seen: how often it is shown, and its colours.
const SEEN: [&[u8]; 3] = [b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];
/// What begins a block: an extension, a picture, the end.
const EXTENSION: u8 = 0x21;
const PICTURE: u8 = 0x2c;
const END: u8 = 0x3b;
/// Extensions: a comment, and one of an application.
const COMMENT: u8 = 0xfe;
const APPLICATION: u8 = 0xff;
/// Bytes of the head, and where in it the colours of all pictures are said.
const HEAD: usize = 13;
const COLORS_AT: usize = 10;

/// The picture without them; none where it cannot be read.
pub(super) fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    let begin = HEAD + colors(*bytes.get(COLORS_AT)?);
    let (mut kept, mut at) = (bytes.get(..begin)?.to_vec(), begin);
    loop {
        let from = at;
        let (end, stays) = match *bytes.get(at)? {
            END => {
                kept.push(END);
                return Some(kept);
            }
            EXTENSION => {
                let (label, first) = (*bytes.get(at + 1)?, usize::from(*bytes.get(at + 2)?));
                let is_seen = || bytes.get(at + 3..at + 3 + first).is_some_and(|name| SEEN.contains(&name));
                (behind(bytes, at + 2)?, label != COMMENT && (label != APPLICATION || is_seen()))
            }
            PICTURE => (behind(bytes, at + 11 + colors(*bytes.get(at + 9)?))?, true),
            _ => return None,
        };
        at = end;
        if stays {
            kept.extend_from_slice(bytes.get(from..at)?);
        }
    }
}

/// Bytes of the colours that a byte of flags says.
const fn colors(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Where blocks end that begin there, each with its length before it.
fn behind(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let long = usize::from(*bytes.get(at)?);
        at += 1 + long;
        if long == 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sample() -> Vec<u8> {
        let mut out = std::io::Cursor::new(Vec::new());
        image::DynamicImage::new_rgb8(9, 5).write_to(&mut out, image::ImageFormat::Gif).unwrap();
        out.into_inner()
    }

    #[test]
    fn comments_and_what_programs_write_go_and_all_else_stays() {
        let plain = sample();
        assert_eq!(cleaned(&plain).as_ref(), Some(&plain));
        let begin = HEAD + colors(plain[COLORS_AT]);
        let comment = b"\x21\xfe\x0948.8584 N\0";
        let xmp = [b"\x21\xff\x0bXMP DataXMP\x05<x:xm\x05p GPS\0".as_slice()].concat();
        let repeats = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
        let full = [&plain[..begin], comment, &xmp, repeats, &plain[begin..], b"behind the end"].concat();
        assert_eq!(cleaned(&full), Some([&plain[..begin], repeats, &plain[begin..]].concat()));
        assert_eq!(cleaned(&full[..full.len() - 20]), None);
    }

    proptest! {
        #[test]
        fn nothing_breaks_on_any_bytes(tail in prop::collection::vec(any::<u8>(), 0..200)) {
            let bytes = [b"GIF89a".as_slice(), &tail].concat();
            if let Some(once) = cleaned(&bytes) {
                prop_assert_eq!(cleaned(&once), Some(once));
            }
        }
    }
}

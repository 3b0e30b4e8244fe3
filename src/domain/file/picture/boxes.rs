//! What is not seen of HEIC and AVIF: EXIF and XMP. They are boxes in boxes (ISO/IEC 14496-12), in which places are said by numbers of bytes (ISO/IEC
//! 23008-12), so nothing is taken out of them: what is not to be read is overwritten with zeros, and all else stays where it is. Which way is up is
//! said outside of EXIF there.

/// Boxes that hold boxes in which something may be that is not seen.
const HOLD: [&[u8; 4]; 4] = [b"moov", b"trak", b"mdia", b"minf"];
/// What a box of the program is that holds XMP.
const XMP: [u8; 16] = [0xbe, 0x7a, 0xcf, 0xcb, 0x97, 0xa9, 0x42, 0xe8, 0x9c, 0x71, 0x99, 0x94, 0x91, 0xe3, 0xaf, 0xac];
/// The name of a box that says nothing.
const FREE: &[u8; 4] = b"free";

/// Formats of pictures among those that are boxes, by the brand in their first one.
const PICTURES: [&[u8; 4]; 12] =
    [b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"miaf", b"MiHE"];

/// A box: its name, where it begins, and where what is in it begins and ends.
#[derive(Clone, Copy)]
struct BoxSpan {
    name: [u8; 4],
    begin: usize,
    inside: usize,
    end: usize,
}

/// Whether bytes that begin so are such a picture.
pub(super) fn is_picture(head: &[u8]) -> bool {
    head.get(4..8) == Some(b"ftyp") && head.get(8..12).is_some_and(|brand| PICTURES.iter().any(|known| *known == brand))
}

/// Takes out what is not seen; none where it cannot be read, and then nothing is to be made of the bytes.
pub(super) fn clean(bytes: &mut [u8]) -> Option<()> {
    for one in within(bytes, 0, bytes.len())? {
        match &one.name {
            b"meta" => items(bytes, one)?,
            b"uuid" if bytes.get(one.inside..one.inside + 16) == Some(&XMP) => forget(bytes, one)?,
            b"moov" => around(bytes, one, 0)?,
            _ => {}
        }
    }
    Some(())
}

/// What stands around the pictures of one that moves.
fn around(bytes: &mut [u8], of: BoxSpan, deep: u8) -> Option<()> {
    for one in within(bytes, of.inside, of.end)? {
        match &one.name {
            b"udta" | b"meta" => forget(bytes, one)?,
            name if HOLD.contains(&name) && deep < 4 => around(bytes, one, deep + 1)?,
            _ => {}
        }
    }
    Some(())
}

fn forget(bytes: &mut [u8], one: BoxSpan) -> Option<()> {
    bytes.get_mut(one.begin + 4..one.begin + 8)?.copy_from_slice(FREE);
    bytes.get_mut(one.inside..one.end)?.fill(0);
    Some(())
}

/// The boxes between two places.
fn within(bytes: &[u8], from: usize, to: usize) -> Option<Vec<BoxSpan>> {
    let (mut all, mut at) = (Vec::new(), from);
    while at + 8 <= to {
        let (short, name) = (number(bytes, at, 4)?, bytes.get(at + 4..at + 8)?.try_into().ok()?);
        let (inside, long) = match short {
            0 => (at + 8, to - at),
            1 => (at + 16, number(bytes, at + 8, 8)?),
            long => (at + 8, long),
        };
        let end = at.checked_add(long).filter(|end| *end <= to && *end >= inside)?;
        all.push(BoxSpan { name, begin: at, inside, end });
        at = end;
    }
    Some(all)
}

/// A number of so many bytes.
fn number(bytes: &[u8], at: usize, long: usize) -> Option<usize> {
    let digits = bytes.get(at..at.checked_add(long)?)?;
    digits.iter().try_fold(0_usize, |number, digit| number.checked_mul(256)?.checked_add(usize::from(*digit)))
}

/// Numbers one after the other.
struct ByteReader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl ByteReader<'_> {
    fn next(&mut self, long: usize) -> Option<usize> {
        let found = number(self.bytes, self.at, long)?;
        self.at += long;
        Some(found)
    }
}

/// Overwrites the items of a picture that are not seen.
fn items(bytes: &mut [u8], meta: BoxSpan) -> Option<()> {
    // What is in it stands behind its version and flags.
    let all = within(bytes, meta.inside + 4, meta.end)?;
    let named = |name: &[u8; 4]| all.iter().copied().find(|one| one.name == *name);
    let Some(info) = named(b"iinf") else { return Some(()) };
    let hidden = hidden(bytes, info)?;
    if hidden.is_empty() {
        return Some(());
    }
    let data = named(b"idat").map(|data| data.inside);
    for (from, to) in places(bytes, named(b"iloc")?, &hidden, data)? {
        bytes.get_mut(from..to)?.fill(0);
    }
    Some(())
}

/// The numbers of the items that hold EXIF or XMP.
fn hidden(bytes: &[u8], info: BoxSpan) -> Option<Vec<usize>> {
    let version = number(bytes, info.inside, 1)?;
    let entries = info.inside + 4 + if version == 0 { 2 } else { 4 };
    let mut found = Vec::new();
    for one in within(bytes, entries, info.end)?.into_iter().filter(|one| one.name == *b"infe") {
        let version = number(bytes, one.inside, 1)?;
        let long = if version < 3 { 2 } else { 4 };
        let (id, kind) = (number(bytes, one.inside + 4, long)?, bytes.get(one.inside + 6 + long..one.inside + 10 + long)?);
        if version >= 2 && (kind == b"Exif" || kind == b"mime") {
            found.push(id);
        }
    }
    Some(found)
}

/// Where the bytes of these items are.
fn places(bytes: &[u8], location: BoxSpan, wanted: &[usize], data: Option<usize>) -> Option<Vec<(usize, usize)>> {
    let mut read = ByteReader { bytes: bytes.get(..location.end)?, at: location.inside };
    let version = read.next(1)?;
    read.next(3)?;
    let (sizes, more) = (read.next(1)?, read.next(1)?);
    let (of_offset, of_length, of_base) = (sizes >> 4, sizes & 15, more >> 4);
    let of_index = if version == 0 { 0 } else { more & 15 };
    let count = read.next(if version < 2 { 2 } else { 4 })?;
    let mut found = Vec::new();
    for _ in 0..count {
        let id = read.next(if version < 2 { 2 } else { 4 })?;
        let method = if version == 0 { 0 } else { read.next(2)? & 15 };
        read.next(2)?;
        let base = read.next(of_base)?;
        for _ in 0..read.next(2)? {
            read.next(of_index)?;
            let (offset, long) = (read.next(of_offset)?, read.next(of_length)?);
            if !wanted.contains(&id) {
                continue;
            }
            let begin = match method {
                0 => 0,
                1 => data?,
                _ => return None,
            };
            let from = begin.checked_add(base)?.checked_add(offset)?;
            // Without a length it would be all of the file.
            found.push((from, from.checked_add(long).filter(|_| long > 0)?));
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn boxed(name: &[u8; 4], inside: &[u8]) -> Vec<u8> {
        [(inside.len() as u32 + 8).to_be_bytes().as_slice(), name, inside].concat()
    }

    fn entry(id: u16, kind: &[u8; 4]) -> Vec<u8> {
        boxed(b"infe", &[[2, 0, 0, 0].as_slice(), &id.to_be_bytes(), &[0, 0], kind, b"\0application/rdf+xml\0"].concat())
    }

    /// A picture with an item that is seen, EXIF in the file, and XMP in the box of small data.
    fn picture(brand: &[u8; 4]) -> Vec<u8> {
        let first = boxed(b"ftyp", &[brand.as_slice(), b"\0\0\0\0mif1"].concat());
        let info = boxed(b"iinf", &[[0, 0, 0, 0, 0, 3].as_slice(), &entry(1, b"av01"), &entry(2, b"Exif"), &entry(3, b"mime")].concat());
        let located = |offset: u32| {
            let place = |id: u16, method: u16, offset: u32, long: u32| {
                [id.to_be_bytes().as_slice(), &method.to_be_bytes(), &[0, 0, 0, 1], &offset.to_be_bytes(), &long.to_be_bytes()].concat()
            };
            let all = [place(1, 0, offset, 4), place(2, 0, offset + 4, 9), place(3, 1, 2, 5)].concat();
            boxed(b"iloc", &[[1, 0, 0, 0, 0x44, 0, 0, 3].as_slice(), &all].concat())
        };
        let meta = |offset| boxed(b"meta", &[[0; 4].as_slice(), &info, &located(offset), &boxed(b"idat", b"..<xmp..")].concat());
        let data = (first.len() + meta(0).len() + 8) as u32;
        let uuid = boxed(b"uuid", &[XMP.as_slice(), b"<x:xmpmeta>"].concat());
        [first, meta(data), boxed(b"mdat", b"seen48.8584 Nalso"), uuid, boxed(b"moov", &boxed(b"trak", &boxed(b"udta", b"Paris")))].concat()
    }

    #[test]
    fn what_is_not_seen_is_overwritten_and_nothing_moves() {
        for brand in [b"avif", b"heic"] {
            let full = picture(brand);
            assert!(is_picture(&full));
            let mut bytes = full.clone();
            clean(&mut bytes).expect("it can be read");
            let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
            assert!(holds(b"seen\0\0\0\0\0\0\0\0\0also") && holds(b"..\0\0\0\0\0."), "{bytes:?}");
            assert!([b"48.8584".as_slice(), b"<xmp", b"xmpmeta", b"Paris"].iter().all(|part| !holds(part)));
            assert_eq!(bytes.len(), full.len());
            let once = bytes.clone();
            clean(&mut bytes).expect("it can still be read");
            assert_eq!(bytes, once);
        }
        assert!(!is_picture(&boxed(b"ftyp", b"isom\0\0\0\0")) && !is_picture(b"\0\0\0\x18ftyp"));
    }

    proptest! {
        #[test]
        fn nothing_breaks_on_bytes_that_were_changed(changes in prop::collection::vec((0_usize..400, any::<u8>()), 0..12)) {
            let mut bytes = picture(b"heic");
            for (at, byte) in changes {
                let long = bytes.len();
                bytes[at % long] = byte;
            }
            let long = bytes.len();
            clean(&mut bytes);
            prop_assert_eq!(bytes.len(), long);
        }
    }
}

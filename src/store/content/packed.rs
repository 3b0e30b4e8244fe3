//! Versions as they are packed: zstd, by itself or with the text of a keyframe as its dictionary. The engine sees bytes and a word.

use crate::{
    domain::{
        Error, Result,
        content::version::{snapshot::Snapshot, upkeep::Packing},
    },
    store::error::StoreError,
};

/// Level of zstd: higher ones take longer and save little.
const LEVEL: i32 = 3;
/// What stands between the fields and the content; JSON holds none.
const BETWEEN: char = '\0';

/// How a version is packed, as its row says.
pub(super) fn packing(codec: &str, keyframe: Option<i64>) -> std::result::Result<Packing, StoreError> {
    match (codec, keyframe) {
        ("plain", None) => Ok(Packing::Plain),
        ("zstd", None) => Ok(Packing::Alone),
        ("zstd-keyframe", Some(version)) => Ok(Packing::Against(version)),
        _ => Err(StoreError::Shape("versions", "codec")),
    }
}

/// The word and the number that its row says it by.
pub(super) const fn columns_of(packing: Packing) -> (&'static str, Option<i64>) {
    match packing {
        Packing::Plain => ("plain", None),
        Packing::Alone => ("zstd", None),
        Packing::Against(version) => ("zstd-keyframe", Some(version)),
    }
}

/// The text of a version.
pub(super) fn text(held: &Snapshot) -> String {
    format!("{}{BETWEEN}{}", held.fields, held.content)
}

/// The version of a text.
pub(super) fn snapshot(text: &str) -> Result<Snapshot> {
    let (fields, content) = text.split_once(BETWEEN).ok_or_else(broken)?;
    Ok(Snapshot { fields: fields.to_owned(), content: content.to_owned() })
}

/// Packs a text, against that of a keyframe if there is one. Its length comes first.
pub(super) fn pack(text: &str, keyframe: Option<&str>) -> Result<Vec<u8>> {
    let packed = zstd::bulk::Compressor::with_dictionary(LEVEL, keyframe.unwrap_or_default().as_bytes())
        .and_then(|mut to| to.compress(text.as_bytes()))
        .map_err(|error| Error::Internal(format!("a version could not be packed: {error}")))?;
    let length = u32::try_from(text.len()).map_err(|_| Error::Internal("a version is too long to be packed".into()))?;
    Ok([&length.to_le_bytes(), packed.as_slice()].concat())
}

/// The text again.
pub(super) fn unpack(packed: &[u8], keyframe: Option<&str>) -> Result<String> {
    let (length, packed) = packed.split_first_chunk::<4>().ok_or_else(broken)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| broken())?;
    let text = zstd::bulk::Decompressor::with_dictionary(keyframe.unwrap_or_default().as_bytes())
        .and_then(|mut from| from.decompress(packed, length))
        .map_err(|_| broken())?;
    String::from_utf8(text).map_err(|_| broken())
}

fn broken() -> Error {
    StoreError::Shape("versions", "packed").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_comes_back_and_is_small_beside_its_keyframe() {
        let tree = |n: usize| {
            let block =
                |at: usize| format!(r#"{{"id":"{at:08x}","type":"text","data":{{"markdown":"Line {at} of many, {}"}}}}"#, at * 7919 % 1000);
            format!("[{}]", (0..200).map(block).collect::<Vec<_>>().join(",")).replace("Line 7 ", &format!("Line seven, {n} "))
        };
        let version = |n| Snapshot { fields: format!(r#"{{"title":"Été {n}"}}"#), content: tree(n) };
        let (key, other) = (text(&version(1)), text(&version(2)));
        let (alone, beside) = (pack(&key, None).unwrap(), pack(&other, Some(&key)).unwrap());
        assert!(alone.len() < key.len() / 2 && beside.len() < alone.len() / 5, "{} {} {}", key.len(), alone.len(), beside.len());
        assert_eq!(snapshot(&unpack(&alone, None).unwrap()).unwrap(), version(1));
        assert_eq!(snapshot(&unpack(&beside, Some(&key)).unwrap()).unwrap(), version(2));
        for (bytes, keyframe) in [(&beside[..], None), (&beside[..9], Some(key.as_str())), (&[][..], None), (&[255; 8][..], None)] {
            assert!(unpack(bytes, keyframe).is_err());
        }
        assert!(snapshot("no text of a version").is_err());
    }
}

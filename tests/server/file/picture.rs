//! Pictures: what is taken out of them, which way they are up, and the smaller ones that are made of them.

use std::{io::Cursor, sync::Arc, time::Duration};

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, metadata::Orientation};
use img_parts::{Bytes, ImageEXIF, ImageICC, jpeg::Jpeg};
use moxcms::ColorProfile;
use reqwest::blocking::Client;
use serde_json::{Value, json};
use stele::{
    config::Config,
    domain::access::Role,
    jobs,
    service::file::blob::bytes::{Blobs, Bounds},
};

use super::Form;
use crate::support::{SetClock, Site, Visitor};

/// Words that stand in the metadata of a picture, and nowhere else.
const WHERE: &[u8] = b"48.8584 N 2.2945 E";

impl Site {
    /// Waits until the server has made the smaller pictures that are to be made. Two that draw one file leave what one of them made to be dropped later.
    pub fn draw(&self) {
        let rows = self.raw();
        while rows.query_row("SELECT EXISTS (SELECT 1 FROM files WHERE variants_due IS NOT NULL)", [], |row| row.get(0)).unwrap() {
            std::thread::yield_now();
        }
    }

    fn picture(&self, bytes: &[u8]) -> Value {
        self.upload(&Form::default().field("isPublic", "true").file("photo.jpg", "image/jpeg", bytes)).remove(0)
    }

    fn told(&self, file: &Value) -> Value {
        self.ask("GET", &self.one(file), None).body
    }

    fn one(&self, file: &Value) -> String {
        format!("{}/{}", self.files(), file["id"].as_str().unwrap())
    }

    fn bytes(&self, url: &Value) -> Vec<u8> {
        let answer = self.fetch(url.as_str().unwrap(), &[]);
        assert_eq!(answer.status().as_u16(), 200, "{url}");
        answer.bytes().unwrap().to_vec()
    }
}

/// A picture as it is sent.
pub fn written(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.into().write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// A picture of four colours: red, green, and below them blue and white.
pub fn four(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => Rgb([220, 20, 20]),
        (false, true) => Rgb([20, 220, 20]),
        (true, false) => Rgb([20, 20, 220]),
        (false, false) => Rgb([240, 240, 240]),
    })
}

/// The colours of the four corners, as letters.
fn corners(bytes: &[u8]) -> String {
    let seen = image::load_from_memory(bytes).unwrap().into_rgb8();
    let (right, low) = (seen.width() * 3 / 4, seen.height() * 3 / 4);
    let letter = |x, y| match seen.get_pixel(x, y).0.map(|shade| shade > 128) {
        [true, false, false] => 'r',
        [false, true, false] => 'g',
        [false, false, true] => 'b',
        [true, true, true] => 'w',
        _ => '?',
    };
    let (left, high) = (seen.width() / 4, seen.height() / 4);
    [(left, high), (right, high), (left, low), (right, low)].map(|(x, y)| letter(x, y)).iter().collect()
}

/// EXIF with a way up, and with a place and the words for it in a directory of its own.
fn exif(up: Orientation) -> Bytes {
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([up.to_exif(), 0, 0, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0]);
    exif.extend([0, 1, 0, 1, 0, 2, 0, 0, 0, WHERE.len() as u8, 0, 0, 0, 56, 0, 0, 0, 0]);
    exif.extend(WHERE);
    exif.into()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// A PNG of this size with so many bytes of nothing in it.
fn png(width: u32, height: u32, depth: u8, nothing: usize) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::copy(&mut std::io::Read::take(std::io::repeat(0), nothing as u64), &mut packed).unwrap();
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, 0, 0, 0, 0]].concat();
    let chunk = |kind: &[u8; 4], data: &[u8]| {
        let told = [&kind[..], data].concat();
        let sum = crc32fast::hash(&told).to_be_bytes();
        [&(data.len() as u32).to_be_bytes()[..], &told, &sum].concat()
    };
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &head), chunk(b"IDAT", &packed.finish().unwrap()), chunk(b"IEND", b"")].concat()
}

#[test]
fn whichever_way_a_camera_was_held_each_smaller_picture_is_the_right_way_up() {
    let site = Site::new();
    let ways = [1, 2, 3, 4, 5, 6, 7, 8].map(|way| Orientation::from_exif(way).unwrap());
    let files = ways.map(|up| {
        let mut stored = DynamicImage::from(four(720, 400));
        stored.apply_orientation(match up {
            Orientation::Rotate90 => Orientation::Rotate270,
            Orientation::Rotate270 => Orientation::Rotate90,
            // Each of the others undoes itself.
            other => other,
        });
        let mut picture = Jpeg::from_bytes(written(stored, ImageFormat::Jpeg).into()).unwrap();
        picture.set_exif(Some(exif(up)));
        site.picture(&picture.encoder().bytes())
    });
    site.draw();
    for (file, up) in files.iter().zip(ways) {
        let told = site.told(file);
        assert_eq!((&told["width"], &told["height"], &told["compressionStatus"]), (&json!(720), &json!(400), &json!("complete")), "{up:?}");
        assert_eq!(told["variants"].as_object().unwrap().keys().collect::<Vec<_>>(), ["thumbnail", "small"]);
        let (small, thumbnail) = (&told["variants"]["small"], &told["variants"]["thumbnail"]);
        assert_eq!((&small["width"], &small["height"]), (&json!(640), &json!(356)), "{up:?}");
        assert_eq!((&thumbnail["width"], &thumbnail["height"]), (&json!(320), &json!(320)), "{up:?}");
        for made in [small, thumbnail] {
            let bytes = site.bytes(&made["url"]);
            assert_eq!((corners(&bytes).as_str(), json!(bytes.len())), ("rgbw", made["sizeBytes"].clone()), "{up:?}");
        }
        let served = Jpeg::from_bytes(site.bytes(&told["url"]).into()).unwrap();
        let said = served.exif().and_then(|exif| Orientation::from_exif_chunk(&exif)).unwrap_or(Orientation::NoTransforms);
        assert_eq!(said, up, "the picture itself says so still");
    }
}

#[test]
fn where_a_photo_was_taken_is_told_to_nobody_and_its_colours_stay() {
    let site = Site::new();
    let profile = ColorProfile::new_display_p3().encode().unwrap();
    let plain = written(RgbImage::from_pixel(800, 800, Rgb([200, 100, 50])), ImageFormat::Jpeg);
    let mut picture = Jpeg::from_bytes(plain.into()).unwrap();
    picture.set_icc_profile(Some(profile.clone().into()));
    let meant = picture.clone().encoder().bytes().to_vec();
    picture.set_exif(Some(exif(Orientation::NoTransforms)));
    let bytes = picture.encoder().bytes().to_vec();
    assert!(holds(&bytes, WHERE));
    let whole = site.picture(&bytes);
    // In parts, too.
    let started = site.ask("POST", &site.uploads(), Some(&json!({ "filename": "parts.jpg", "sizeBytes": bytes.len() })));
    let upload = format!("{}/{}", site.uploads(), started.body["id"].as_str().unwrap());
    let part = format!("{}/api{upload}/parts/1", site.server.url);
    assert_eq!(Client::new().put(part).bearer_auth(&site.token).body(bytes.clone()).send().unwrap().status(), 200);
    let parts = site.ask("POST", &format!("{upload}/finish"), None);
    assert_eq!(parts.status, 201, "{}", parts.body);
    assert_eq!((&parts.body["hash"], &parts.body["sizeBytes"]), (&whole["hash"], &json!(meant.len())), "the same is kept once");
    site.draw();
    let told = site.told(&whole);
    let served = site.bytes(&told["url"]);
    assert!(served == meant && !holds(&served, WHERE) && !holds(&served, b"Exif"));
    assert_eq!(Jpeg::from_bytes(served.into()).unwrap().icc_profile().unwrap(), profile);
    let small = site.bytes(&told["variants"]["small"]["url"]);
    assert!(!holds(&small, WHERE) && !holds(&small, b"ICCP"));
    let [red, green, blue] = image::load_from_memory(&small).unwrap().into_rgb8().get_pixel(300, 300).0;
    // The same colour in sRGB, in which it has other numbers.
    assert!(red.abs_diff(213) < 6 && green.abs_diff(94) < 6 && blue.abs_diff(36) < 8, "{red} {green} {blue}");
}

#[test]
fn a_picture_with_too_many_pixels_is_never_read() {
    let site = Site::new();
    let header = site.picture(&png(30_000, 30_000, 8, 0));
    let bomb = site.picture(&png(9_000, 9_000, 1, 9_000 * 1_126));
    let damaged = site.picture(&written(four(700, 400), ImageFormat::Jpeg)[..300]);
    let heic = site.picture(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x08mdat\xff\xfe");
    let text = site.save("a.txt", "a");
    site.draw();
    for (file, why) in [(&header, "too_large"), (&bomb, "too_large"), (&damaged, "unreadable")] {
        let told = site.told(file);
        assert_eq!((&told["compressionStatus"], &told["compressionFault"]), (&json!("failed"), &json!(why)));
        assert!(told.get("variants").is_none());
        assert_eq!(site.bytes(&told["url"]).len() as u64, file["sizeBytes"].as_u64().unwrap(), "it is kept all the same");
        let none = format!("{}?variant=thumbnail", told["url"].as_str().unwrap());
        assert_eq!(site.fetch(&none, &[]).status().as_u16(), 404);
    }
    assert_eq!(site.told(&header)["width"], 30_000);
    for other in [&heic, &text] {
        let told = site.told(other);
        assert!(told.get("variants").is_none() && told.get("compressionStatus").is_none(), "{told}");
    }
    assert_eq!(heic["mimeType"], "image/heif");
}

#[test]
fn other_bytes_and_another_focal_point_make_them_anew() {
    let site = Site::new();
    let wide = RgbImage::from_fn(900, 300, |x, _| if x < 300 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) });
    let file = site.picture(&written(wide, ImageFormat::Jpeg));
    site.draw();
    let first = site.told(&file);
    let url = |told: &Value, name: &str| told["variants"][name]["url"].as_str().unwrap_or_default().to_owned();
    assert_eq!(corners(&site.bytes(&json!(url(&first, "thumbnail")))), "bbbb");
    site.change(&site.one(&file), &json!({ "focalPoint": { "x": 0.1, "y": 0.5 } }));
    site.draw();
    let focused = site.told(&file);
    assert_eq!(
        (url(&focused, "small"), corners(&site.bytes(&json!(url(&focused, "thumbnail"))))),
        (url(&first, "small"), "rrrr".to_owned())
    );
    assert_ne!(url(&focused, "thumbnail"), url(&first, "thumbnail"));
    // Nothing of before is handed out with what is there now.
    let replaced = site.form(
        &format!("{}/content", site.one(&file)),
        &Form::default().file("new.png", "image/png", &written(four(700, 700), ImageFormat::Png)),
    );
    assert_eq!((replaced.status, &replaced.body["compressionStatus"], replaced.body.get("variants")), (200, &json!("pending"), None));
    assert_eq!(replaced.body["url"], file["url"]);
    site.draw();
    let told = site.told(&file);
    let (thumbnail, large) = (site.bytes(&json!(url(&told, "thumbnail"))), site.bytes(&told["url"]));
    assert_eq!((corners(&thumbnail), corners(&large)), ("rgbw".to_owned(), "rgbw".to_owned()));
    let answer = site.fetch(&url(&told, "thumbnail"), &[]);
    assert_eq!(answer.headers()["cache-control"], "public, max-age=31536000, s-maxage=3600, immutable");
    assert_eq!((&answer.headers()["content-type"], answer.headers()["etag"].len()), (&"image/webp".parse().unwrap(), 66));
    assert!(answer.headers()["content-disposition"].to_str().unwrap().contains("filename=\"photo-thumbnail.webp\""));
    // An old address has what is there now, and says that it does not last.
    let old = site.fetch(&url(&first, "thumbnail"), &[]);
    assert_eq!((old.status().as_u16(), old.headers()["cache-control"].to_str().unwrap()), (200, "public, no-cache"));
}

#[test]
fn whoever_may_not_see_a_file_sees_no_smaller_picture_of_it() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let file = site.upload(&Form::default().file("a.png", "image/png", &written(four(400, 400), ImageFormat::Png))).remove(0);
    site.draw();
    let thumbnail = site.told(&file)["variants"]["thumbnail"]["url"].as_str().unwrap().to_owned();
    let status = |url: &str, headers: &[(&str, &str)]| site.fetch(url, headers).status().as_u16();
    assert_eq!((status(&thumbnail, &[]), status(&thumbnail, &[("authorization", &format!("Bearer {}", site.token))])), (404, 200));
    let sealed = site.ask("POST", &format!("{}/link", site.one(&file)), Some(&json!({ "expiresIn": 60 })));
    let sealed = format!("{}&variant=thumbnail", sealed.body["url"].as_str().unwrap());
    let there = site.fetch(&sealed, &[]);
    assert_eq!((there.status().as_u16(), &there.headers()["content-type"]), (200, &"image/webp".parse().unwrap()));
    assert_eq!(status(&sealed.replace("thumbnail", "huge"), &[]), 404);
    clock.pass(Duration::from_secs(61));
    assert_eq!(status(&sealed, &[]), 404, "its time is over");
    site.change(&site.one(&file), &json!({ "isPublic": true }));
    assert_eq!(status(&thumbnail, &[]), 200);
}

#[test]
fn they_go_with_their_file() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let file = site.picture(&written(four(700, 700), ImageFormat::Png));
    site.draw();
    assert_eq!(site.rows("file_variants"), 2);
    site.ask("DELETE", &site.one(&file), None);
    let gone = site.ask("DELETE", &format!("{}/trash/{}", site.files(), file["id"].as_str().unwrap()), Some(&json!({ "type": "file" })));
    assert_eq!((gone.status, site.rows("file_variants")), (200, 0));
    clock.pass(Duration::from_secs(3_601));
    site.server.once(&jobs::files::job(&site.server.store, None));
    assert_eq!((site.rows("blobs"), site.rows("blob_chunks")), (0, 0));
}

#[test]
fn they_lie_in_the_folder_where_files_do() {
    let here = tempfile::tempdir().unwrap();
    let site = Site::as_set(Config { files_dir: Some(here.path().to_owned()), ..Config::default() });
    let file = site.picture(&written(four(700, 700), ImageFormat::Png));
    site.draw();
    let small = site.told(&file)["variants"]["small"].clone();
    assert_eq!(json!(site.bytes(&small["url"]).len()), small["sizeBytes"]);
    assert_eq!(site.rows("blob_chunks"), 0);
}

#[test]
fn what_a_server_that_ended_had_begun_is_begun_again_three_times_at_most() {
    let site = Site::new();
    // Texts, which no job has in hand, passed off as pictures.
    let (twice, often) = (site.save("a.txt", "a"), site.save("b.txt", "b"));
    site.alter_all(
        "UPDATE files SET mime_type = 'image/png', variants_state = 'processing', variants_due = 0,
             variants_tries = CASE filename WHEN 'a.txt' THEN 1 ELSE 3 END",
    );
    let files = Arc::new(Blobs::new(site.server.store.clone(), Bounds::default(), None));
    site.server.once(&jobs::pictures::job(&site.server.store, files));
    for (file, why) in [(&twice, "unreadable"), (&often, "gave_up")] {
        let told = site.told(file);
        assert_eq!((&told["compressionStatus"], &told["compressionFault"]), (&json!("failed"), &json!(why)));
    }
}

#[test]
fn what_programs_write_into_a_gif_goes_and_of_other_types_people_are_told() {
    let site = Site::new();
    let plain = written(four(9, 5), ImageFormat::Gif);
    let begin = 13 + if plain[10] & 0x80 == 0 { 0 } else { 3 << ((plain[10] & 7) + 1) };
    let full = [&plain[..begin], b"\x21\xfe\x0948.8584 N\0", &plain[begin..]].concat();
    let file = site.upload(&Form::default().field("isPublic", "true").file("a.gif", "image/gif", &full)).remove(0);
    assert!(site.fetch(file["url"].as_str().unwrap(), &[]).bytes().unwrap() == plain, "what is seen is the same");
    let raw = site.upload(&Form::default().file("a.tif", "image/tiff", b"II*\0\x08\0\0\0\0\0\0\0\0\xff")).remove(0);
    assert_eq!(raw["mimeType"], "image/tiff");
    let editor = Visitor::new(&site.server, &site.here, "Ed", Role::Editor);
    let tells = |file: &Value| {
        let page = format!("/o/acme/p/site/files/{}", file["id"].as_str().unwrap());
        editor.get(&page).is(200).text.contains("It may say where, when and by whom it was made")
    };
    assert_eq!((tells(&raw), tells(&file)), (true, false));
}

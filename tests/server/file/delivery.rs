//! Files at their addresses: tags, ranges, who may see them, and what happens meanwhile.

use std::{io::Read, time::Duration};

use serde_json::{Value, json};
use stele::{
    domain::access::{Access, Role},
    jobs,
};

use super::{Form, noise};
use crate::support::{SetClock, Site, machine, tenant};

fn public(site: &Site, bytes: &[u8]) -> Value {
    site.upload(&Form::default().field("isPublic", "true").file("a.bin", "x/y", bytes)).remove(0)
}

fn url(file: &Value) -> &str {
    file["url"].as_str().unwrap()
}

#[test]
fn a_part_of_a_file_is_what_was_asked_for() {
    let site = Site::new();
    let bytes = noise(600_000);
    let file = public(&site, &bytes);
    let get = |range: &str| {
        let answer = site.fetch(url(&file), &[("range", range)]);
        let told = answer.headers().get("content-range").map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        (answer.status().as_u16(), told, answer.bytes().unwrap())
    };
    for (range, from, to) in [
        ("bytes=0-1", 0, 2),
        ("bytes=262143-262144", 262_143, 262_145),
        ("bytes=-3", 599_997, 600_000),
        ("bytes=599999-", 599_999, 600_000),
        ("bytes=100-999999999", 100, 600_000),
    ] {
        let (status, told, part) = get(range);
        assert_eq!((status, told), (206, format!("bytes {from}-{}/600000", to - 1)), "{range}");
        assert_eq!(part.as_ref(), &bytes[from..to], "{range}");
    }
    for range in ["bytes=600000-", "bytes=-0", "bytes=99999999999999999999-"] {
        let (status, told, part) = get(range);
        assert_eq!((status, told.as_str(), part.len()), (416, "bytes */600000", 0), "{range}");
    }
    let attack = format!("bytes={}", vec!["0-"; 1_000].join(","));
    for range in ["bytes=5-2", "lines=1-2", "bytes=0-1,4-5", &attack] {
        assert_eq!(get(range).0, 200, "{range}");
    }
}

#[test]
fn a_tag_tells_whether_the_bytes_are_the_same() {
    let site = Site::new();
    let file = public(&site, &noise(300_000));
    let tag = format!("\"{}\"", file["hash"].as_str().unwrap());
    let whole = site.fetch(url(&file), &[]);
    assert_eq!((whole.headers()["etag"].to_str().unwrap(), whole.headers()["accept-ranges"].to_str().unwrap()), (tag.as_str(), "bytes"));
    assert_eq!(site.fetch(url(&file), &[("if-none-match", &tag)]).status().as_u16(), 304);
    assert_eq!(site.fetch(url(&file), &[("if-none-match", "\"other\"")]).status().as_u16(), 200);
    let part = |if_range: &str| site.fetch(url(&file), &[("range", "bytes=0-1"), ("if-range", if_range)]).status().as_u16();
    assert_eq!((part(&tag), part("\"other\""), part(&format!("W/{tag}")), part("Sat, 28 Nov 2026 00:00:00 GMT")), (206, 200, 200, 200));
    let head = site.fetch_as("HEAD", url(&file), &[]);
    assert_eq!(
        (head.status().as_u16(), head.headers()["content-length"].to_str().unwrap(), head.headers()["etag"].to_str().unwrap()),
        (200, "300000", tag.as_str())
    );
    let head = site.fetch_as("HEAD", url(&file), &[("range", "bytes=0-9")]);
    assert_eq!((head.status().as_u16(), head.headers()["content-length"].to_str().unwrap()), (206, "10"));
    assert_eq!(head.bytes().unwrap().len(), 0);
    let lasting = |query: &str| site.fetch(&format!("{}{query}", url(&file)), &[]).headers()["cache-control"].to_str().unwrap().to_owned();
    let version = &file["hash"].as_str().unwrap()[..16];
    let kept = "public, max-age=31536000, s-maxage=3600, immutable";
    assert_eq!(lasting(&format!("?v={version}")), kept, "caches of many ask again: it may become private");
    assert_eq!((lasting(""), lasting("?v=0123456789abcdef")), ("public, no-cache".to_owned(), "public, no-cache".to_owned()));
    let download = site.fetch(&format!("{}?download=1", url(&file)), &[]);
    assert!(download.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
}

#[test]
fn a_private_file_needs_a_token_or_a_sealed_address() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let file = site.save("secret.txt", "hush");
    let status = |url: &str, headers: &[(&str, &str)]| site.fetch(url, headers).status().as_u16();
    let bearer = |token: &str| format!("Bearer {token}");
    let viewer = site.server.token(&machine(&site.server, site.here.org, Role::Viewer, Access::Read, None).secret);
    let stranger = tenant(&site.server, "elsewhere");
    let stranger = site.server.token(&machine(&site.server, stranger.org, Role::Admin, Access::Full, None).secret);
    let elsewhere = machine(&site.server, site.here.org, Role::Admin, Access::Full, Some(vec![site.here.other]));
    let elsewhere = site.server.token(&elsewhere.secret);
    assert_eq!(status(url(&file), &[]), 404);
    assert_eq!(status(url(&file), &[("authorization", &bearer(&viewer))]), 200);
    assert_eq!(status(url(&file), &[("authorization", &bearer(&stranger))]), 404);
    assert_eq!(status(url(&file), &[("authorization", &bearer(&elsewhere))]), 404);
    assert_eq!(status(url(&file), &[("authorization", "Bearer x")]), 404, "which tells nobody that it is there");
    let link = |seconds: u32| {
        let path = format!("{}/{}/link", site.files(), file["id"].as_str().unwrap());
        let made = site.ask("POST", &path, Some(&json!({ "expiresIn": seconds })));
        assert_eq!(made.status, 200, "{}", made.body);
        made.body["url"].as_str().unwrap().to_owned()
    };
    let sealed = link(60);
    let there = site.fetch(&sealed, &[]);
    assert_eq!(there.headers()["cache-control"].to_str().unwrap(), "private, max-age=31536000, immutable");
    assert_eq!(there.text().unwrap(), "hush");
    let other = site.save("other.txt", "other");
    let moved = sealed.replace(file["id"].as_str().unwrap(), other["id"].as_str().unwrap());
    let longer = sealed.replace("until=", "until=9");
    for forged in [&moved, &longer, &sealed.replace("seal=", "seal=A"), &format!("{}?seal=x&until=1", url(&file))] {
        assert_eq!(status(forged, &[]), 404, "{forged}");
    }
    clock.pass(Duration::from_secs(61));
    assert_eq!(status(&sealed, &[]), 404, "its time is over");
    assert_eq!(status(&link(604_800), &[]), 200);
    let path = format!("{}/{}/link", site.files(), file["id"].as_str().unwrap());
    for seconds in [0, 604_801] {
        let refused = site.ask("POST", &path, Some(&json!({ "expiresIn": seconds })));
        assert_eq!((refused.status, &refused.body["errors"][0]["code"]), (400, &json!("out_of_range")));
    }
    site.change(&format!("{}/{}", site.files(), file["id"].as_str().unwrap()), &json!({ "isPublic": true }));
    assert_eq!((status(url(&file), &[]), status(&url(&file).replace("secret.txt", "anything"), &[])), (200, 200));
    for nowhere in ["/files/x/a.txt", "/files/0190f4a2-0000-7000-8000-000000000000/a.txt", "/files/"] {
        assert_eq!(status(&format!("http://stele.test{nowhere}"), &[]), 404, "{nowhere}");
    }
}

#[test]
fn what_is_read_with_a_token_counts_for_its_key() {
    let site = Site::new();
    let file = site.save("secret.txt", "hush");
    let viewer = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
    let limited = json!({ "requestsPerMinute": 5 });
    site.change(&format!("/organizations/{}/api-keys/{}", site.here.org, viewer.key), &limited);
    let bearer = format!("Bearer {}", site.server.token(&viewer.secret));
    let asked: Vec<_> = (0..8).map(|_| site.fetch(url(&file), &[("authorization", &bearer)]).status().as_u16()).collect();
    let admitted = asked.iter().take_while(|status| **status == 200).count();
    assert!((3..=5).contains(&admitted) && asked[admitted..].iter().all(|status| *status == 429), "{asked:?}");
}

#[test]
fn what_is_deleted_is_gone_at_once_but_whoever_reads_it_reads_on() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let bytes = noise(5_000_000);
    let file = public(&site, &bytes);
    let mut reading = site.fetch(url(&file), &[]);
    let mut begin = [0; 1_000];
    reading.read_exact(&mut begin).unwrap();
    site.ask("DELETE", &format!("{}/{}", site.files(), file["id"].as_str().unwrap()), None);
    assert_eq!(site.fetch(url(&file), &[]).status().as_u16(), 404);
    let erased = site.ask("DELETE", &format!("{}/trash/{}", site.files(), file["id"].as_str().unwrap()), Some(&json!({ "type": "file" })));
    assert_eq!(erased.status, 200);
    clock.pass(Duration::from_secs(3_000));
    site.server.once(&jobs::files::job(&site.server.store, None));
    let mut whole = begin.to_vec();
    reading.read_to_end(&mut whole).unwrap();
    assert!(whole == bytes, "{} bytes came", whole.len());
}

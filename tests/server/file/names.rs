//! Names and types that lie: a file is what its bytes are, and its name leads nowhere.

use serde_json::json;

use super::Form;
use crate::support::Site;

#[test]
fn a_name_from_elsewhere_is_cleaned_and_kept_as_it_was() {
    let site = Site::new();
    let long = "n".repeat(300);
    for (sent, original, name) in [
        ("../../etc/passwd", "passwd", "passwd"),
        ("C:\\\\fakepath\\\\photo.jpg", "photo.jpg", "photo.jpg"),
        ("a\u{202e}gpj.exe", "agpj.exe", "agpj.exe"),
        ("مرحبا.txt", "مرحبا.txt", "مرحبا.txt"),
        ("CON.txt", "CON.txt", "_CON.txt"),
        (".htaccess", ".htaccess", "htaccess"),
        ("a b%2Fc?.txt", "a b%2Fc?.txt", "a-b-2Fc-.txt"),
        (long.as_str(), &long[..255], &long[..200]),
    ] {
        let made = site.upload(&Form::default().field("isPublic", "true").file(sent, "text/plain", b"a")).remove(0);
        assert_eq!((&made["originalFilename"], &made["filename"]), (&json!(original), &json!(name)), "{sent}");
        let there = site.fetch(made["url"].as_str().unwrap(), &[]);
        assert_eq!(there.status().as_u16(), 200, "{}", made["url"]);
        let told = there.headers()["content-disposition"].to_str().unwrap().to_owned();
        assert!(told.starts_with("inline; filename=\"") && told.is_ascii(), "{told}");
    }
    let saved = site.saved(&json!({ "filename": "a/b/../c.txt", "content": "a" }));
    assert_eq!((&saved["filename"], &saved["originalFilename"]), (&json!("a-b-..-c.txt"), &json!("a/b/../c.txt")));
}

#[test]
fn a_file_is_what_its_bytes_are() {
    let site = Site::new();
    for (name, kind, bytes, found, shown) in [
        ("a.png", "image/png", b"<html><script>alert(1)</script>".as_slice(), "text/html", "attachment"),
        ("a.jpg", "image/jpeg", b"<?xml version='1.0'?><svg onload='alert(1)'/>", "image/svg+xml", "attachment"),
        ("a.html", "text/html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01", "image/png", "inline"),
        ("a.js", "text/javascript", b"alert(1)", "text/javascript", "inline"),
        ("a.pdf", "application/pdf", b"%PDF-1.7\n\xff", "application/pdf", "attachment"),
        ("a.xhtml", "application/xhtml+xml", b"<x:html xmlns:x='http://www.w3.org/1999/xhtml'/>", "text/html", "attachment"),
        ("a.gif", "image/gif", b"\x00\x01\x02\xff", "application/octet-stream", "attachment"),
    ] {
        let made = site.upload(&Form::default().field("isPublic", "true").file(name, kind, bytes)).remove(0);
        assert_eq!(made["mimeType"], found, "{name}");
        let there = site.fetch(made["url"].as_str().unwrap(), &[]);
        let header = |name: &str| there.headers()[name].to_str().unwrap().to_owned();
        assert!(header("content-disposition").starts_with(shown), "{name}");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert!(header("content-security-policy").starts_with("sandbox; default-src 'none'"), "{name}");
        if name == "a.js" {
            assert_eq!(header("content-type"), "text/plain; charset=utf-8", "no page takes it for a script");
        }
    }
}

//! Databases of the versions that were released, as `tests/fixtures/make` kept them: each later version takes them over whole.

use std::{fs, io, path::Path};

use flate2::read::GzDecoder;
use serde_json::Value;

use crate::support::{Home, Server};

/// Whether all that was there is there still; an answer may hold more than it did.
fn holds(now: &Value, then: &Value) -> bool {
    match (now, then) {
        (Value::Object(now), Value::Object(then)) => then.iter().all(|(name, value)| now.get(name).is_some_and(|now| holds(now, value))),
        (Value::Array(now), Value::Array(then)) => now.len() == then.len() && now.iter().zip(then).all(|(now, then)| holds(now, then)),
        _ => now == then,
    }
}

#[test]
fn a_database_of_each_released_version_is_taken_over_with_its_keys_and_its_content() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut versions: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    versions.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    assert!(!versions.is_empty());
    for version in versions {
        let home = Home::new();
        let mut packed = GzDecoder::new(fs::File::open(version.with_extension("db.gz")).unwrap());
        io::copy(&mut packed, &mut fs::File::create(home.data()).unwrap()).unwrap();
        let told: Value = serde_json::from_slice(&fs::read(&version).unwrap()).unwrap();
        let mut server = Server::serve(&home, &told);
        assert_eq!(server.api.get("/whoami", &server.token()).unwrap().status, 200, "{version:?}");
        let token = server.api.exchange(server.text("personalKey")).unwrap().token();
        for (path, then) in told["answers"].as_object().unwrap() {
            let now = server.api.get(path, &token).unwrap();
            assert!(now.status == 200 && holds(&now.body, then), "{version:?} {path}: {then} became {now:?}");
        }
        server.terminate();
        server.ended();
        home.check();
    }
}

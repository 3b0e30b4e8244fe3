//! A backup that an operator downloads: who may, what it holds, what is noted, and what stays behind.

use std::{fs, time::Duration};

use reqwest::blocking::Client;
use stele::{config::Config, domain::access::Role};

use crate::support::{Server, SetClock, Visitor, tenant};

const PAGE: &str = "/instance/backups";

#[test]
fn an_operator_who_typed_the_password_lately_downloads_a_backup_and_nothing_stays_behind() {
    let dir = tempfile::tempdir().unwrap();
    let (file, clock) = (dir.path().join("stele.db"), SetClock::new());
    // What a kill left behind.
    fs::write(dir.path().join("stele.db.download-0123456789abcdef.part"), "half").unwrap();
    let config = Config { data: file.clone(), backups: Some((dir.path().join("kept"), Duration::from_secs(3600), 2)), ..Config::default() };
    let server = Server::start_clocked_as(&file, clock.clone(), config);
    let here = tenant(&server, "acme");
    let (operator, admin) = (Visitor::owner(&server, &here), Visitor::new(&server, &here, "Anna", Role::Admin));
    for answer in [admin.get(PAGE), admin.post(PAGE, &[])] {
        answer.is(404);
    }
    let request = Client::new().post(format!("{}{PAGE}", server.url)).header("Cookie", &operator.cookie);
    let answer = request.header("Sec-Fetch-Site", "same-origin").send().unwrap();
    let head = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!((answer.status().as_u16(), head("content-type").as_str()), (200, "application/vnd.sqlite3"));
    assert_eq!(
        (head("content-disposition").as_str(), head("cache-control").as_str()),
        ("attachment; filename=\"stele-20300101T000000Z.db\"", "no-store")
    );
    let length: usize = head("content-length").parse().unwrap();
    let copy = answer.bytes().unwrap();
    assert_eq!(copy.len(), length);
    let put = dir.path().join("copy.db");
    fs::write(&put, &copy).unwrap();
    let raw = rusqlite::Connection::open(&put).unwrap();
    let count = |table: &str| raw.query_row(&format!("SELECT COUNT(*) FROM {table}"), [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!((count("sessions"), count("signing_keys"), count("organizations")), (0, 0, 1));
    let names = fs::read_dir(dir.path()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let left: Vec<_> = names.filter(|name| name.contains("download")).collect();
    assert!(left.is_empty(), "{left:?}");
    let page = operator.get(PAGE).is(200).text;
    assert!(page.contains("<b>Olga Owner</b> downloaded a backup"), "{page}");
    clock.pass(Duration::from_secs(11 * 60));
    assert_eq!(operator.post(PAGE, &[]).is(303).to, "/confirm?next=%2Finstance%2Fbackups", "the password first, then the page again");
}

//! What one address has sent is printed and erased on the command line, while a server has the database.

use serde_json::Value;

use super::{
    ran, refused, served,
    webhook::{form, submitted},
};

#[test]
fn what_an_address_has_sent_is_printed_and_erased_beside_a_running_server() {
    let (home, mut server) = served();
    let token = server.token();
    let form = form(&server, &token);
    for address in ["ann@example.org", "bo@example.org"] {
        submitted(&server, &form, address);
    }
    let slug = |path: &str| server.api.get(path, &token).unwrap().text("slug").to_owned();
    let (org, project) = (slug(&server.org()), slug(&format!("{}/projects/{}", server.org(), server.text("projectId"))));
    let asked = |what: &'static str| ["sender", what, "ANN@example.org", "--org", &org, "--project", &project].map(str::to_owned);
    let run = |what| ran(&home, &asked(what).each_ref().map(String::as_str), "");
    let told: Value = serde_json::from_str(&run("export")).unwrap();
    assert_eq!(told["data"]["message"], "ann@example.org");
    assert_eq!(run("erase"), "submissions erased: 1");
    assert_eq!(run("export"), "");
    let nowhere = ["sender", "erase", "ann@example.org", "--org", &org, "--project", "nowhere"];
    assert!(refused(&home, &nowhere, "").contains("no project"));
    server.terminate();
    server.ended();
    let bytes = std::fs::read(home.data()).unwrap();
    let stands = |word: &str| bytes.windows(word.len()).any(|part| part == word.as_bytes());
    assert!(!stands("ann@example.org") && stands("bo@example.org"));
}

//! The page that answers a form leads on: nothing on it leads to an address that only takes forms.

use std::collections::BTreeSet;

use stele::{
    domain::access::{Access, Role},
    http::pages,
};

use crate::support::{Server, ShownPage, Visitor, machine, tenant};

/// An id of nothing.
const NOTHING: &str = "0190f4a2-0000-7000-8000-000000000000";
const PAGES: &str = "/o/acme/p/site/website/web/pages";
const MEMBERS: &str = "/o/acme/p/site/members";
const INVITATIONS: &str = "/o/acme/settings/invitations";
const ENTRY: &str = "/o/{org}/p/{project}/{type}/{app}/{kind}/{entry}";

/// What no form of the console takes, but for those that ask for nothing.
const WRONG: [(&str, &str); 10] = [
    ("name", ""),
    ("role", "nobody"),
    ("project", ""),
    ("email", "no address"),
    ("typed", "no"),
    ("version", "0"),
    ("status", "published"),
    ("appType", "none"),
    ("locale", ""),
    ("days", "x"),
];

/// Forms that change for good what the others are about: they are sent last.
const LAST: [&str; 12] =
    ["delete", "disable", "end", "remove", "revoke", "cancel", "trash", "sign-out", "end-others", "regenerate", "empty", "erase"];

/// The part of the path that stands before `/word"` and after `below`.
fn one(list: &ShownPage, below: &str, word: &str) -> String {
    let (before, _) = list.text.split_once(&format!("/{word}\"")).expect("a form");
    before.rsplit('"').next().unwrap().strip_prefix(below).unwrap().trim_matches('/').to_owned()
}

/// The values of this attribute, unescaped.
fn values<'a>(text: &'a str, before: &'a str) -> impl Iterator<Item = String> + 'a {
    let found = text.split(before).skip(1).filter_map(|rest| rest.split('"').next());
    found.map(|value| value.replace("&#38;", "&").replace("&amp;", "&"))
}

/// Everywhere that one can go from this page: links, forms that narrow a list, and where theme and language lead back to.
fn ways(page: &ShownPage, asked: &str) -> BTreeSet<String> {
    let narrowing =
        page.text.split("<form ").skip(1).filter_map(|rest| rest.split('>').next()).filter(|tag| tag.contains("method=\"get\""));
    let narrowing = narrowing.map(|tag| values(tag, "action=\"").next().unwrap_or_else(|| asked.to_owned()));
    let all = values(&page.text, " href=\"").chain(values(&page.text, "name=\"next\" value=\"")).chain(narrowing);
    let all = all.map(|to| if to.starts_with('?') { format!("{asked}{to}") } else { to });
    all.filter(|to| to.starts_with('/') && !to.starts_with("/static")).collect()
}

#[test]
fn nothing_on_the_answer_to_a_form_leads_to_an_address_that_only_takes_forms() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let owner = Visitor::owner(&server, &here);
    let member = Visitor::new(&server, &here, "Edith Editor", Role::Editor).member.unwrap().to_string();
    let made = machine(&server, here.org, Role::Viewer, Access::Read, None);
    // One that was accepted cannot be sent again: the list then says so.
    owner.invite("acme", "nora@new.example", "editor");
    let accepted = one(&owner.get(INVITATIONS).is(200), INVITATIONS, "resend");
    let link = owner.get(&format!("{INVITATIONS}/{accepted}/link")).is(200).text;
    let token = link.split("token=").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let joined = [("token", token), ("name", "Nora"), ("password", "a long passphrase")];
    Visitor::nobody(&server).post("/invitations/accept", &joined).is(303);
    owner.invite("acme", "nina@new.example", "editor");
    owner.post(&format!("{MEMBERS}/new"), &[("email", &format!("editor-{}@person.example", here.org)), ("role", "viewer")]).is(303);
    let write = || owner.post(&format!("{PAGES}/new"), &[("name", "One"), ("slug", "one")]).is(303).to;
    let written = |to: String| to.split('?').next().unwrap().rsplit('/').next().unwrap().to_owned();
    let trashed = written(write());
    owner.post(&format!("{PAGES}/{trashed}/trash"), &[]).is(303);
    // The address of what lies in the trash is taken, so it stays there.
    let entry = written(write());
    let here = [
        ("{org}", "acme".into()),
        ("{project}", "site".into()),
        ("{type}", "website".into()),
        ("{app}", "web".into()),
        ("{kind}", "pages".into()),
        ("{account}", made.account.to_string()),
        ("{id}", here.app.to_string()),
        ("{key}", made.key.to_string()),
        ("{invitation}", accepted),
        ("{tag}", "fr".into()),
    ];
    let project_member = one(&owner.get(MEMBERS).is(200), MEMBERS, "role");
    let mut pages: Vec<_> = pages::all().into_iter().filter(|page| page.method == "POST").collect();
    pages.sort_by_key(|page| LAST.iter().any(|word| page.path.ends_with(&format!("/{word}"))));
    let (mut known, mut drawn) = (BTreeSet::new(), BTreeSet::new());
    for page in pages {
        let mut asked = page.path.replace("{member}", if page.path.contains("/p/") { &project_member } else { &member });
        asked = asked.replace("{entry}", if page.path.ends_with("/restore") { &trashed } else { &entry });
        here.iter().for_each(|(name, value)| asked = asked.replace(name, value));
        while let (Some(from), Some(to)) = (asked.find('{'), asked.find('}')) {
            asked.replace_range(from..=to, NOTHING);
        }
        // Somebody who has to sign in first comes back to a page.
        let to = Visitor::nobody(&server).post(&asked, &[]).to;
        let next = to.strip_prefix("/sign-in?next=").map(|next| next.replace("%2F", "/"));
        // A session of their own: some of the forms end it. One item on each page: so lists have more pages than one.
        let visitor = Visitor::of(&server, owner.id);
        let answer = visitor.post(&format!("{asked}?pageSize=1"), &WRONG);
        if matches!(answer.status, 200 | 412 | 422) {
            drawn.insert(page.path);
        }
        let visitor = Visitor::of(&server, owner.id);
        for way in ways(&answer, &asked).into_iter().chain(next) {
            if known.insert(way.clone()) {
                assert_ne!(visitor.get(&way).status, 405, "{asked} ({}) leads to {way}", answer.status);
            }
        }
    }
    for path in [
        "/o/{org}/settings/invitations/{invitation}/resend",
        "/o/{org}/settings/members/{member}/role",
        "/o/{org}/settings/accounts/{account}/projects",
        "/o/{org}/settings/accounts/{account}/projects/{project}/role",
        "/o/{org}/p/{project}/members/{member}/role",
        "/o/{org}/p/{project}/settings/apps",
        &format!("{ENTRY}/status"),
        &format!("{ENTRY}/restore"),
    ] {
        assert!(drawn.contains(path), "{path} was not drawn again");
    }
    assert!(known.contains(&format!("{INVITATIONS}?pageSize=1&page=2")), "the list of the link has a second page: {known:?}");
}

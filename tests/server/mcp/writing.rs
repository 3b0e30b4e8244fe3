//! What an agent writes: one language at a time, nothing lost, nothing public by the way, and a way back from each.

use serde_json::{Value, json};
use stele::{
    domain::{
        access::{Access, Role},
        content::document::TextEdit,
        id::EntryId,
    },
    service::{
        content::document::{EditOutcome, EditPlan, EditRequest, How, change, plan_change},
        key::token::living_key,
    },
};

use super::{
    agent::{Agent, stored},
    reading::{about, agent},
};
use crate::support::{Site, machine};

fn entry(site: &Site, id: &str) -> Value {
    let found = site.get(&format!("{}/{id}", site.pages()));
    assert_eq!(found.status, 200, "{}", found.body);
    found.body
}

fn blocks(entry: &Value) -> &Vec<Value> {
    entry["content"][0]["columns"][0]["blocks"].as_array().unwrap()
}

/// Does what an answer says undoes it.
fn undo(agent: &Agent, answer: &str) -> String {
    let (_, call) = answer.split_once("Undo: ").unwrap_or_else(|| panic!("{answer}"));
    let (tool, arguments) = call.trim().split_once(' ').unwrap();
    agent.done(tool, serde_json::from_str(arguments).unwrap_or_else(|error| panic!("{error}: {arguments}")))
}

#[test]
fn a_new_entry_is_a_draft() {
    let site = Site::new();
    let agent = agent(&site);
    let markdown = "::heading level=1\nBonjour\n::faq\n- question: Gratuit ?\n  answer: Oui\n";
    let made = agent.done("create_entry", json!({"kind": "website_page", "title": "Accueil été", "locale": "fr", "markdown": markdown}));
    let id = stored(&made).split(' ').nth(1).unwrap().to_owned();
    let now = entry(&site, &id);
    assert_eq!(
        (&now["status"], &now["slug"], &now["title"]),
        (&json!("draft"), &json!("accueil-ete"), &json!({"fr": "Accueil été"})),
        "{now}"
    );
    assert_eq!(blocks(&now)[0]["data"], json!({"text": {"fr": "Bonjour"}, "level": 1}));
    assert!(made.contains("/preview/") && stored(&made).contains("| draft | version 1 | fr"), "{made}");
    let twice = agent.done("create_entry", json!({"kind": "website_page", "title": "Accueil été"}));
    assert!(stored(&twice).contains("/accueil-ete-2"), "{twice}");
    assert!(agent.done("create_entry", json!({"kind": "website_page", "title": "Dry", "dry_run": true})).starts_with("Dry run"));
    assert!(agent.done("list_entries", json!({"kind": "website_page"})).starts_with("2 of 2"), "a dry run stores nothing");
    for (tool, asked, why) in [
        ("create_entry", json!({"kind": "website_page", "title": "x", "slug": "accueil-ete"}), "accueil-ete"),
        ("publish", json!({"id": id, "version": 1, "at": "2001-01-01T00:00:00Z"}), "future"),
        ("update_entry", json!({"id": id, "version": 1, "fields": {"slug": "accueil-ete-2"}}), "accueil-ete-2"),
    ] {
        let real = agent.refused(tool, asked.clone());
        let mut dry = asked;
        dry["dry_run"] = json!(true);
        assert_eq!(agent.refused(tool, dry), real, "a dry run is refused as the change would be");
        assert!(real.contains(why), "{real}");
    }
    let dry = agent.done("trash_entry", json!({"id": id, "version": 1, "dry_run": true}));
    assert!(dry.starts_with("Dry run") && dry.contains("In the trash:") && !dry.contains("Undo:"), "{dry}");
    assert!(agent.done("list_entries", json!({"kind": "website_page"})).starts_with("2 of 2"), "nor does it take anything away");
    undo(&agent, &made);
    assert_eq!(site.get(&format!("{}/{id}", site.pages())).status, 404);
    let always = agent.refused("create_entry", json!({"kind": "website_dialog", "title": "Hello"}));
    assert!(always.contains("live: true") && always.contains("Nothing was changed"), "{always}");
    let tree = agent.refused("create_entry", json!({"kind": "website_page", "title": "x", "fields": {"content": []}}));
    assert!(tree.contains("fields.content"), "{tree}");
    let fault = agent.refused("create_entry", json!({"kind": "website_page", "title": "x", "markdown": "::heading\nx\n::unknown\n"}));
    assert!(fault.contains("line 3"), "{fault}");
    let taken = agent.refused("create_entry", json!({"kind": "website_page", "title": "x", "slug": "accueil-ete-2"}));
    assert!(taken.contains("accueil-ete-2"), "{taken}");
}

#[test]
fn a_text_is_changed_in_one_language_and_nothing_else_is() {
    let site = Site::new();
    let id = &about(&site)["id"].as_str().unwrap().to_owned();
    let before = entry(&site, id);
    let agent = agent(&site);
    let edits = json!([
        {"block": "b1", "old": "About us", "new": "About  you"},
        {"field": "title", "old": "About", "new": "Of"},
        {"old": "small servers", "new": "big boats"},
    ]);
    let dry = agent.done("edit_text", json!({"id": id, "version": 1, "edits": edits, "dry_run": true}));
    assert!(dry.contains("Dry run") && entry(&site, id) == before, "{dry}");
    let done = agent.done("edit_text", json!({"id": id, "version": 1, "edits": edits.to_string()}));
    assert!(done.contains("text (en): About") && done.contains("[-small-]{+big+}") && done.contains("Now: version 2, draft."), "{done}");
    let after = entry(&site, id);
    let mut wanted = before.clone();
    wanted["title"]["en"] = json!("Of us");
    wanted["content"][0]["columns"][0]["blocks"][0]["data"]["text"]["en"] = json!("About  you");
    wanted["content"][0]["columns"][0]["blocks"][1]["data"]["markdown"]["en"] = json!("We build big boats.");
    wanted["updatedAt"] = after["updatedAt"].clone();
    assert_eq!(after, wanted, "ids, order, the other language, and each sign as it was sent");
    let french = json!([{"block": "b2", "field": "markdown", "old": "", "new": "Nous bâtissons."}]);
    let done = agent.done("edit_text", json!({"id": id, "version": 2, "locale": "fr", "edits": french}));
    assert!(done.contains("markdown (fr): nothing -> Nous bâtissons."), "{done}");
    let now = entry(&site, id);
    assert_eq!(blocks(&now)[1]["data"]["markdown"], json!({"en": "We build big boats.", "fr": "Nous bâtissons."}));
    undo(&agent, &done);
    assert_eq!(blocks(&entry(&site, id))[1]["data"]["markdown"], json!({"en": "We build big boats."}));
    for (edit, part) in [
        (json!({"old": "nowhere", "new": "x"}), "edits[0].old: old does not occur"),
        (json!({"block": "b9", "old": "x", "new": "x"}), "edits[0].block: There is nothing with the id"),
        (json!({"block": "b1", "old": "", "new": "x"}), "There is a text already"),
        (json!({"new": "x", "text": "y"}), "edits[0].text: There is no argument"),
    ] {
        let text = agent.refused("edit_text", json!({"id": id, "version": 4, "edits": [edit]}));
        assert!(text.contains(part) && text.contains("Nothing was changed"), "{text}");
    }
    let same = agent.done("edit_text", json!({"id": id, "version": 4, "edits": [{"block": "b1", "old": "About", "new": "About"}]}));
    assert!(same.contains("stays at version 4"), "{same}");
}

#[test]
fn a_document_that_was_read_is_written_back_without_a_version() {
    let site = Site::new();
    let id = &about(&site)["id"].as_str().unwrap().to_owned();
    let before = entry(&site, id);
    let agent = agent(&site);
    for locale in ["en", "fr"] {
        let read = agent.done("read_entry", json!({"id": id, "locale": locale, "second_locale": "en"}));
        for text in [stored(&read), &read[read.find("<<<").unwrap()..]] {
            let same = agent.done("write_document", json!({"id": id, "version": 1, "locale": locale, "markdown": text}));
            assert!(same.contains("stays at version 1"), "{same}");
        }
    }
    assert_eq!(entry(&site, id), before);
    let one = agent.done("write_document", json!({"id": id, "version": 1, "markdown": "::text b2\nNew\n::divider\n"}));
    assert!(one.contains("block divider") && one.contains("added"), "{one}");
    let now = entry(&site, id);
    assert_eq!(blocks(&now).iter().map(|block| block["type"].as_str().unwrap()).collect::<Vec<_>>(), ["heading", "text", "divider"]);
    let gone = agent.done("write_document", json!({"id": id, "version": 2, "markdown": "", "delete": ["b1"]}));
    assert_eq!(blocks(&entry(&site, id)).len(), 2, "{gone}");
    let other = stored(&agent.done("read_entry", json!({"id": id}))).to_owned();
    let text = agent.refused("write_document", json!({"id": id, "version": 3, "locale": "fr", "markdown": other}));
    assert!(text.contains("was read in en"), "{text}");
    let long = agent.refused("write_document", json!({"id": id, "version": 3, "markdown": "x".repeat(50_001)}));
    assert!(long.contains("at most 50000"), "{long}");
}

#[test]
fn blocks_are_changed_all_or_none() {
    let site = Site::new();
    let id = about(&site)["id"].as_str().unwrap().to_owned();
    let agent = agent(&site);
    let ops = json!([
        {"op": "insert", "type": "quote", "data": {"text": "Oui"}, "locale": "fr", "before": "b1"},
        {"op": "update", "block": "b1", "data": {"level": 2}},
        {"op": "move", "block": "b2", "before": "b1"},
    ]);
    let done = agent.done("edit_blocks", json!({"id": id, "version": 1, "ops": ops}));
    let now = entry(&site, &id);
    let kinds: Vec<_> = blocks(&now).iter().map(|block| block["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["quote", "text", "heading"], "{done}");
    assert_eq!((&blocks(&now)[0]["data"], &blocks(&now)[2]["data"]["level"]), (&json!({"text": {"fr": "Oui"}}), &json!(2)));
    for (op, part) in [
        (json!({"op": "update", "block": "b1", "data": {"level": 9}}), "ops[0]: data.level"),
        (json!({"op": "insert", "type": "unknown"}), "ops[0]: block.type"),
        (json!({"op": "delete", "block": "b9"}), "ops[0].block"),
        (json!({"op": "remove", "block": "b1"}), "ops[0].op must be one of"),
    ] {
        let text = agent.refused("edit_blocks", json!({"id": id, "version": 2, "ops": [op]}));
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(entry(&site, &id), now);
}

#[test]
fn fields_are_changed_and_taken_back() {
    let site = Site::new();
    let id = &about(&site)["id"].as_str().unwrap().to_owned();
    let before = entry(&site, id);
    let agent = agent(&site);
    let fields = json!({"title": "À propos", "slug": "a-propos", "seo": {"title": "Nous"}, "tags": ["x"]});
    let done = agent.done("update_entry", json!({"id": id, "version": 1, "locale": "fr", "fields": fields}));
    let now = entry(&site, id);
    assert_eq!((&now["title"], &now["slug"]), (&json!({"en": "About us", "fr": "À propos"}), &json!("a-propos")));
    assert_eq!((&now["seo"]["title"], &now["tags"]), (&json!({"fr": "Nous"}), &json!(["x"])));
    undo(&agent, &done);
    let back = entry(&site, id);
    assert_eq!((&back["title"], &back["slug"], &back["tags"]), (&before["title"], &before["slug"], &before["tags"]), "{done}");
    for (fields, part) in [
        (json!({"status": "published"}), "status is changed by publish"),
        (json!({"content": []}), "content is changed by edit_text"),
        (json!({"size": 1}), "size"),
        (json!({"title": 7}), "title"),
    ] {
        let text = agent.refused("update_entry", json!({"id": id, "version": 3, "fields": fields}));
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn what_is_public_changes_only_on_purpose() {
    let site = Site::new();
    let id = about(&site)["id"].as_str().unwrap().to_owned();
    let agent = agent(&site);
    let published = agent.done("publish", json!({"id": id, "version": 1}));
    assert!(published.contains("Now: version 2, published.") && entry(&site, &id)["status"] == "published", "{published}");
    assert!(agent.done("publish", json!({"id": id, "version": 2})).starts_with("It was so already"));
    let edit = json!([{"block": "b1", "old": "About us", "new": "Us"}]);
    let refused = agent.refused("edit_text", json!({"id": id, "version": 2, "edits": edit}));
    assert!(refused.contains("live: true"), "{refused}");
    let done = agent.done("edit_text", json!({"id": id, "version": 2, "edits": edit, "live": true}));
    undo(&agent, &done);
    assert_eq!(blocks(&entry(&site, &id))[0]["data"]["text"]["en"], "About us");
    assert!(agent.refused("trash_entry", json!({"id": id, "version": 2})).contains("changed since the version"));
    let gone = agent.done("trash_entry", json!({"id": id, "version": 4}));
    assert_eq!(site.get(&format!("{}/{id}", site.pages())).status, 404);
    assert!(agent.refused("restore", json!({"id": id})).contains("live: true"), "it was published");
    undo(&agent, &gone);
    let taken = agent.done("unpublish", json!({"id": id, "version": 4}));
    assert_eq!(entry(&site, &id)["status"], "draft", "{taken}");
    let later = agent.done("publish", json!({"id": id, "version": 5, "at": "2100-01-01"}));
    assert!(later.contains("publishes itself at 2100-01-01"), "{later}");
    let never = agent.done("unpublish", json!({"id": id, "version": 6}));
    assert!(undo(&agent, &never).contains("publishes itself at 2100-01-01"), "the moment comes back, too");
    let now = agent.done("publish", json!({"id": id, "version": 8}));
    assert!(now.contains("then publish with at 2100-01-01") && undo(&agent, &now).contains("draft"), "{now}");
    assert!(agent.refused("publish", json!({"id": id, "version": 10, "at": "2020-01-01"})).contains("future"));
}

#[test]
fn two_agents_meet() {
    let site = Site::new();
    let id = about(&site)["id"].as_str().unwrap().to_owned();
    let (one, two) = (agent(&site), agent(&site));
    let edit = |agent: &Agent, block: &str, old: &str, new: &str| {
        agent.call("edit_text", json!({"id": id, "version": 1, "edits": [{"block": block, "old": old, "new": new}]}))
    };
    assert!(!edit(&one, "b1", "About", "All about").1);
    let (text, refused) = edit(&two, "b2", "small", "large");
    assert!(!refused && text.contains("both changes are in it") && text.contains("version 3"), "{text}");
    let now = entry(&site, &id);
    assert_eq!(
        (&blocks(&now)[0]["data"]["text"]["en"], &blocks(&now)[1]["data"]["markdown"]["en"]),
        (&json!("All about us"), &json!("We build large servers."))
    );
    let (text, refused) = edit(&two, "b1", "About", "Nothing of");
    assert!(refused && stored(&text).contains("yours: Nothing of us") && stored(&text).contains("theirs: All about us"), "{text}");
    assert!(text.contains("with version 3") && entry(&site, &id) == now, "{text}");
    let ahead = two.refused("edit_text", json!({"id": id, "version": 9, "edits": [{"old": "x", "new": "y"}]}));
    assert!(ahead.contains("at version 3"), "{ahead}");
}

#[test]
fn the_activity_names_owner_key_client_and_tool() {
    let site = Site::new();
    let id = about(&site)["id"].as_str().unwrap().to_owned();
    let made = machine(&site.server, site.here.org, Role::Editor, Access::Write, Some(vec![site.here.project]));
    let agent = Agent::new(&site.server, &made.secret);
    agent.done("edit_text", json!({"id": id, "version": 1, "edits": [{"block": "b1", "old": "About", "new": "Secret"}]}));
    let sql = "SELECT actor_name || ' ' || metadata FROM activities WHERE resource_id = ?1 AND action = 'entry.updated'";
    let line: String = site.raw().query_row(sql, [&id], |row| row.get(0)).unwrap();
    let facts: Value = serde_json::from_str(line.split_once(' ').unwrap().1).unwrap();
    assert!(line.starts_with("editor "), "{line}");
    assert_eq!(facts, json!({"tool": "edit_text", "client": "test-agent 1.0", "key": made.key.to_string()}), "and nothing of the content");
}

#[test]
fn a_key_that_only_reads_writes_nothing() {
    let site = Site::new();
    let id = &about(&site)["id"].as_str().unwrap().to_owned();
    let before = entry(&site, id);
    let read = machine(&site.server, site.here.org, Role::Admin, Access::Read, Some(vec![site.here.project]));
    let agent = Agent::new(&site.server, &read.secret);
    for (tool, arguments) in [
        ("create_entry", json!({"kind": "website_page", "title": "x"})),
        ("edit_text", json!({"id": id, "version": 1, "edits": [{"old": "About us", "new": "x"}]})),
        ("write_document", json!({"id": id, "version": 1, "markdown": "x"})),
        ("edit_blocks", json!({"id": id, "version": 1, "ops": [{"op": "delete", "block": "b1"}]})),
        ("update_entry", json!({"id": id, "version": 1, "fields": {"title": "x"}})),
        ("publish", json!({"id": id, "version": 1})),
        ("unpublish", json!({"id": id, "version": 1})),
        ("trash_entry", json!({"id": id, "version": 1})),
        ("restore", json!({"id": id, "version": 1})),
    ] {
        let text = agent.refused(tool, arguments);
        assert!(text.contains("does not include the permission entry:write"), "{tool}: {text}");
        assert!(!agent.tools().contains(&tool.to_owned()), "{tool}");
    }
    assert_eq!(entry(&site, id), before);
}

#[test]
fn ids_that_begin_alike_are_not_mixed_up() {
    let site = Site::new();
    let block = |id: &str| json!({"id": id, "type": "text", "data": {"markdown": id}});
    let content = json!([{"columns": [{"blocks": [block("abcdefgh-1"), block("abcdefgh-2")]}]}]);
    let id = site.make(&site.pages(), &json!({"name": "x", "slug": "x", "status": "draft", "content": content}))["id"].clone();
    let agent = agent(&site);
    let text = agent.refused("edit_blocks", json!({"id": id, "version": 1, "ops": [{"op": "delete", "block": "abcdefgh"}]}));
    assert!(text.contains("2 ids begin with"), "{text}");
    let read = agent.done("read_entry", json!({"id": id}));
    assert!(stored(&read).contains("::text abcdefgh-1\n"), "{read}");
}

#[test]
fn a_journey_over_mcp_alone() {
    let site = Site::new();
    about(&site);
    let agent = agent(&site);
    let found = agent.done("search", json!({"query": "small servers"}));
    let line = stored(&found).lines().next().unwrap();
    let id = line.split(' ').nth(1).unwrap();
    let read = agent.done("read_entry", json!({"id": id}));
    let version: i64 = read.split("| version ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    agent.done("edit_text", json!({"id": id, "version": version, "edits": [{"old": "small servers", "new": "quiet servers"}]}));
    let lacking = agent.done("translation_status", json!({"locale": "fr", "id": id}));
    assert!(stored(&lacking).contains("%% missing in fr: markdown; en: We build quiet servers."), "{lacking}");
    let french = json!([{"block": "b2", "field": "markdown", "old": "", "new": "Nous bâtissons des serveurs silencieux."}]);
    agent.done("edit_text", json!({"id": id, "version": version + 1, "locale": "fr", "edits": french}));
    assert!(agent.done("translation_status", json!({"locale": "fr", "id": id})).starts_with("0 texts of the content"));
    let published = agent.done("publish", json!({"id": id, "version": version + 2}));
    assert_eq!(entry(&site, id)["status"], "published");
    undo(&agent, &published);
    assert_eq!(entry(&site, id)["status"], "draft");
    let history = agent.done("history", json!({"id": id}));
    assert!(history.starts_with("5 of 5 versions") && stored(&history).contains("| publish |"), "{history}");
    let compared = agent.done("history", json!({"id": id, "from": 1, "to": 2}));
    assert!(stored(&compared).contains("[-small-]{+quiet+}"), "{compared}");
    let back = agent.done("restore", json!({"id": id, "version": 1}));
    assert!(back.contains("Version 1 came back"), "{back}");
    assert_eq!(blocks(&entry(&site, id))[1]["data"]["markdown"], json!({"en": "We build small servers."}));
}

#[test]
fn a_change_that_is_named_is_made_once() {
    let site = Site::new();
    let id = about(&site)["id"].as_str().unwrap().to_owned();
    let agent = agent(&site);
    let send = |old: &str, new: &str| {
        let arguments = json!({"id": id, "version": 1, "edits": [{"block": "b1", "old": old, "new": new}]});
        let answer =
            agent.send(&agent.message("tools/call", json!({"name": "edit_text", "arguments": arguments})), &[("idempotency-key", "one")]);
        let body: Value = answer.json().unwrap();
        (body["result"]["content"][0]["text"].as_str().unwrap().to_owned(), body["result"]["isError"] == true)
    };
    let first = send("About", "Of");
    assert!(!first.1 && first.0.contains("version 2"), "{}", first.0);
    let again = send("About", "Of");
    let plain = |text: &str| text.lines().filter(|line| !line.contains("stored ")).collect::<Vec<_>>().join("\n");
    assert_eq!(plain(&again.0), plain(&first.0));
    assert!(agent.done("history", json!({"id": id})).starts_with("2 of 2 versions"));
    let other = send("us", "you");
    assert!(other.1 && other.0.contains("was used for another request"), "{}", other.0);
}

#[test]
fn what_was_planned_is_stored_while_the_entry_is_as_it_was_and_is_worked_out_anew_else() {
    let site = Site::new();
    let id: EntryId = about(&site)["id"].as_str().unwrap().parse().unwrap();
    let (key, at) = (site.admin.key, (site.here.org, site.here.project));
    let actor = site.server.store.read_now(|tx| living_key(tx, key)).unwrap().unwrap();
    let edit = |block: &str, old: &str, new: &str| {
        EditRequest::Texts(vec![TextEdit { block: Some(block.into()), field: None, old: old.into(), new: new.into() }])
    };
    let how = |seen| How { seen, locale: None, live: false };
    let plan = |asked: &EditRequest, seen| site.server.store.read_now(|tx| plan_change(tx, &actor, at, id, asked, how(seen))).unwrap();
    let change = |asked: &EditRequest, plan: EditPlan, seen| {
        let (asked, actor) = (asked.clone(), actor.clone());
        match site.server.write(move |tx| change(tx, &actor, at, id, (&asked, Some(&plan)), how(seen))) {
            EditOutcome::Changed(done) => done,
            EditOutcome::Open(open) => panic!("{open:?}"),
        }
    };
    let texts = || {
        let now = entry(&site, &id.to_string());
        (blocks(&now)[0]["data"]["text"]["en"].clone(), blocks(&now)[1]["data"]["markdown"]["en"].clone())
    };
    let (heading, text) = (edit("b1", "About", "Of"), edit("b2", "small", "quiet"));
    let (first, second) = (plan(&heading, 1), plan(&text, 1));
    assert!(!change(&heading, first, 1).merged);
    assert!(change(&text, second, 1).merged, "it was planned over a version that is not the last any more");
    assert_eq!(texts(), (json!("Of us"), json!("We build quiet servers.")));
    let other = plan(&edit("b1", "Of", "All about"), 3);
    change(&edit("b2", "quiet", "loud"), other, 3);
    assert_eq!(texts(), (json!("All about us"), json!("We build quiet servers.")), "what was planned is stored as it is");
}

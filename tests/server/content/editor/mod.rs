//! The editor: what is typed is kept in a working copy, buttons change the tree, and saving meets what others have saved.

use serde_json::{Value, json};
use stele::domain::access::Role;

use crate::support::{ShownPage, Site, Visitor};

mod aside;
mod link;
mod publishing;
mod settled;

const PAGES: &str = "/o/acme/p/site/website/web/pages";

struct Desk<'a> {
    site: &'a Site,
    id: String,
    at: String,
}

impl<'a> Desk<'a> {
    /// A page whose content has one heading, `h`, and one text, `t`, in one column.
    fn new(site: &'a Site) -> Self {
        let content = json!([{"id": "s", "columns": [{"id": "c", "blocks": [
            {"id": "h", "type": "heading", "data": {"text": {"en": "Sea", "fr": "Mer"}, "level": 2}},
            {"id": "t", "type": "text", "data": {"markdown": "Plain"}},
        ]}]}]);
        let body = json!({"name": "Tides", "slug": "tides", "status": "draft", "title": "High tide", "content": content});
        Self::of(site, &body)
    }

    fn of(site: &'a Site, body: &Value) -> Self {
        let id = site.make(&site.pages(), body)["id"].as_str().unwrap().to_owned();
        Self { site, at: format!("{PAGES}/{id}"), id }
    }

    fn stored(&self) -> Value {
        self.site.get(&format!("{}/{}", self.site.pages(), self.id)).body
    }

    /// The blocks of the stored content, by their ids.
    fn blocks(&self) -> String {
        shape(&self.stored()["content"])
    }

    /// Presses a button of the page that somebody looks at.
    fn press(&self, who: &Visitor<'_>, page: &ShownPage, button: &str, typed: &[(&str, &str)]) -> ShownPage {
        let version = page.hidden("version");
        let mut form = vec![("version", version.as_str()), ("locale", "en"), ("do", button)];
        form.extend(typed);
        let answer = who.post(&format!("{}/draft", self.at), &form).is(303);
        who.get(answer.to.split('#').next().unwrap()).is(200)
    }

    fn save(&self, who: &Visitor<'_>, page: &ShownPage, typed: &[(&str, &str)]) -> ShownPage {
        let version = page.hidden("version");
        let mut form = vec![("version", version.as_str()), ("locale", "en")];
        form.extend(typed);
        who.post(&self.at, &form)
    }
}

fn shape(content: &Value) -> String {
    let ids = |part: &Value, held: &str| part[held].as_array().cloned().unwrap_or_default();
    let column =
        |column: &Value| ids(column, "blocks").iter().map(|block| block["type"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ");
    let section = |section: &Value| ids(section, "columns").iter().map(column).collect::<Vec<_>>().join("|");
    content.as_array().unwrap().iter().map(section).collect::<Vec<_>>().join(" / ")
}

#[test]
fn what_is_typed_is_kept_and_is_the_entry_when_it_is_saved() {
    let site = Site::new();
    let desk = Desk::new(&site);
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let page = editor.get(&desk.at).is(200);
    let before = desk.stored();
    let page = desk.press(&editor, &page, "open:h", &[("title", "Low tide")]);
    assert!(page.text.contains("name=\"data.text\" value=\"Sea\"") && page.text.contains(">Low tide</textarea>"), "{}", page.text);
    let page = desk.press(&editor, &page, "", &[("open", "h"), ("data.text", "Ocean"), ("data.level", "3")]);
    assert_eq!(desk.stored(), before, "nobody else sees it");
    let other = Visitor::owner(&site.server, &site.here);
    assert!(!other.get(&desk.at).is(200).text.contains("Ocean"));
    assert!(editor.get(&format!("{}?open=h", desk.at)).text.contains("value=\"Ocean\""));
    desk.save(&editor, &page, &[]).is(303);
    let now = desk.stored();
    let heading = &now["content"][0]["columns"][0]["blocks"][0];
    assert_eq!(heading["data"], json!({"text": {"en": "Ocean", "fr": "Mer"}, "level": 3}));
    assert_eq!(
        now["content"][0]["columns"][0]["blocks"][1], before["content"][0]["columns"][0]["blocks"][1],
        "what nobody touched is the same"
    );
    assert_eq!(now["title"]["en"], json!("Low tide"));
    let versions = site.get(&format!("{}/content-versions?contentType=website_page&contentId={}", site.project(), desk.id));
    assert_eq!(versions.body["meta"]["total"], json!(2), "one save is one version");
    assert!(!editor.get(&desk.at).text.contains("/discard\""));
    // What was on its way meanwhile says the same once more.
    let page = desk.press(&editor, &page, "", &[("title", "Low tide"), ("open", "h"), ("data.text", "Ocean"), ("data.level", "3")]);
    assert!(!page.text.contains("/discard\""), "{}", page.text);
}

#[test]
fn blocks_and_sections_come_go_and_move_by_buttons() {
    let site = Site::new();
    let desk = Desk::new(&site);
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let page = editor.get(&desk.at).is(200);
    let page = desk.press(&editor, &page, "offer:after:h", &[]);
    assert!(page.text.contains("value=\"add:quote\"") && page.hidden("adding") == "after:h");
    let page = desk.press(&editor, &page, "add:quote", &[("adding", "after:h")]);
    let open = page.hidden("open");
    let page = desk.press(&editor, &page, &format!("down:{open}"), &[("open", &open), ("data.text", "So it goes")]);
    let page = desk.press(&editor, &page, "duplicate:h", &[]);
    let page = desk.press(&editor, &page, "section-add:2", &[]);
    let page = desk.press(&editor, &page, "section-up:s", &[]);
    desk.save(&editor, &page, &[]).is(303);
    assert_eq!(desk.blocks(), "heading heading text quote / |");
    let stored = desk.stored();
    let blocks = &stored["content"][0]["columns"][0]["blocks"];
    assert_eq!(blocks[1]["data"], blocks[0]["data"], "a duplicate has every language");
    assert_ne!(blocks[1]["id"], blocks[0]["id"]);
    // Deleted and taken back.
    let page = editor.get(&desk.at).is(200);
    let version = page.hidden("version");
    let gone = editor.post(&format!("{}/draft", desk.at), &[("version", &version), ("locale", "en"), ("do", "delete:t")]).is(303);
    assert!(gone.next(&editor).text.contains(&format!("action=\"{}/undo\"", desk.at)));
    editor.post(&format!("{}/undo", desk.at), &[("undo", "on")]).is(303);
    assert!(editor.get(&desk.at).text.contains("data-block=\"t\""));
}

#[test]
fn blocks_and_whole_sections_are_copied_into_other_entries() {
    let site = Site::new();
    let desk = Desk::new(&site);
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let page = desk.press(&editor, &editor.get(&desk.at), "copy:t", &[]);
    let body = json!({"name": "Other", "slug": "other", "content": [{"id": "s", "columns": [{"id": "c"}]}]});
    let there = Desk::of(&site, &body);
    let open = there.press(&editor, &editor.get(&there.at), "offer:column:c", &[]);
    assert!(open.text.contains("value=\"paste\"") && !open.text.contains("section-paste:"));
    let pasted = there.press(&editor, &open, "paste", &[("adding", "column:c")]);
    there.save(&editor, &pasted, &[]).is(303);
    assert_eq!(there.stored()["content"][0]["columns"][0]["blocks"][0]["data"], json!({"markdown": "Plain"}));
    // A section goes with all that it holds, in every language, and as a new one.
    let version = page.hidden("version");
    let copy = [("version", version.as_str()), ("locale", "en"), ("do", "section-copy:s")];
    let said = editor.post(&format!("{}/draft", desk.at), &copy).is(303).next(&editor).text;
    assert!(said.contains("The section is copied."), "{said}");
    let open = there.press(&editor, &editor.get(&there.at), "offer:column:c", &[]);
    assert!(open.text.contains("value=\"section-paste:\"") && !open.text.contains("value=\"paste\""));
    let first = there.press(&editor, &open, "section-paste:", &[]);
    let both = there.press(&editor, &first, "section-paste:after:s", &[]);
    there.save(&editor, &both, &[]).is(303);
    assert_eq!(there.blocks(), "text / heading text / heading text");
    let (from, to) = (desk.stored(), there.stored());
    assert_eq!(to["content"][1]["columns"][0]["blocks"][0]["data"], from["content"][0]["columns"][0]["blocks"][0]["data"]);
    let ids: Vec<_> = to["content"].as_array().unwrap().iter().map(|section| section["id"].as_str().unwrap()).collect();
    assert!(ids[0] == "s" && ids[1] != "s" && ids[1] != ids[2], "{ids:?}");
    // What is no section cannot be put where one goes, nor the other way round.
    let page = editor.get(&there.at);
    let send = |button: &'static str| [("version", page.hidden("version")), ("locale", "en".into()), ("do", button.into())];
    let refused =
        |button| editor.post(&format!("{}/draft", there.at), &send(button).each_ref().map(|(name, text)| (*name, text.as_str()))).is(422);
    assert!(refused("paste").text.contains("role=\"alert\""));
    desk.press(&editor, &editor.get(&desk.at), "copy:t", &[]);
    assert!(refused("section-paste:").text.contains("role=\"alert\""));
}

#[test]
fn items_are_added_moved_and_deleted() {
    let site = Site::new();
    let desk = Desk::new(&site);
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let page = desk.press(&editor, &editor.get(&desk.at), "offer:column:c", &[]);
    let page = desk.press(&editor, &page, "add:faq", &[("adding", "column:c")]);
    let open = page.hidden("open");
    let page = desk.press(&editor, &page, "item-add:data.items", &[("open", &open)]);
    let first = page.hidden("data.items.0.id");
    let one = [("open", open.as_str()), ("data.items.0.id", &first), ("data.items.0.question", "Who?"), ("data.items.0.answer", "We.")];
    let page = desk.press(&editor, &page, "item-add:data.items", &one);
    let second = page.hidden("data.items.1.id");
    assert!(page.text.contains("value=\"Who?\"") && second != first);
    let both: Vec<_> = one
        .into_iter()
        .chain([("data.items.1.id", second.as_str()), ("data.items.1.question", "When?"), ("data.items.1.answer", "Now.")])
        .collect();
    let page = desk.press(&editor, &page, "item-up:data.items.1", &both);
    assert_eq!(page.hidden("data.items.0.id"), second);
    desk.save(&editor, &page, &[]).is(303);
    let stored = desk.stored();
    let items = &stored["content"][0]["columns"][0]["blocks"][2]["data"]["items"];
    assert_eq!((&items[0]["question"], &items[1]["answer"]), (&json!({"en": "When?"}), &json!({"en": "We."})));
}

#[test]
fn what_a_block_lacks_is_said_when_it_is_saved_and_nothing_is_lost() {
    let site = Site::new();
    let desk = Desk::new(&site);
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let page = desk.press(&editor, &editor.get(&desk.at), "offer:column:c", &[]);
    let page = desk.press(&editor, &page, "add:button", &[("adding", "column:c")]);
    let open = page.hidden("open");
    let page = desk.press(&editor, &page, "close", &[("open", &open), ("data.label", "Read on"), ("title", "Typed")]);
    let told = desk.save(&editor, &page, &[]).is(303);
    let shown = editor.get(told.to.split('#').next().unwrap()).is(200).text;
    assert!(shown.contains("id=\"data.link-fault\"") && shown.contains("value=\"Read on\""), "{shown}");
    assert_eq!(desk.blocks(), "heading text");
    let page = editor.get(&desk.at);
    assert!(page.text.contains(">Typed</textarea>"));
    // What no link can be is told at once.
    let version = page.hidden("version");
    let form = [
        ("version", version.as_str()),
        ("locale", "en"),
        ("do", ""),
        ("open", &open),
        ("data.label", "Read on"),
        ("data.link", "javascript:x"),
    ];
    let refused = editor.post(&format!("{}/draft", desk.at), &form).is(422);
    assert!(refused.text.contains("value=\"javascript:x\"") && refused.text.contains("id=\"data.link-fault\""), "{}", refused.text);
    // What is deleted need not be right.
    let [.., link] = form;
    let delete = [form[0], form[1], ("do", &*format!("delete:{open}")), form[3], link];
    editor.post(&format!("{}/draft", desk.at), &delete).is(303);
    assert!(!editor.get(&desk.at).text.contains(&format!("data-block=\"{open}\"")));
    editor.post(&format!("{}/discard", desk.at), &[]).is(303);
    assert!(!editor.get(&desk.at).text.contains("Typed</textarea>"));
}

#[test]
fn two_who_change_different_things_both_win() {
    let site = Site::new();
    let desk = Desk::new(&site);
    let (eva, owner) = (Visitor::new(&site.server, &site.here, "Eva", Role::Editor), Visitor::owner(&site.server, &site.here));
    let (hers, theirs) = (eva.get(&desk.at), owner.get(&desk.at));
    let page = desk.press(&eva, &hers, "open:h", &[("open", "t"), ("data.markdown", "Hers")]);
    desk.save(&owner, &theirs, &[("title", "Owner’s"), ("open", "h"), ("data.text", "Owner’s"), ("data.level", "2")]).is(303);
    let answer = eva.post(&desk.at, &[("version", &page.hidden("version")), ("locale", "en"), ("name", "Tides")]).is(303);
    assert!(answer.next(&eva).text.contains("What others had saved meanwhile is in it, too."));
    let now = desk.stored();
    let blocks = &now["content"][0]["columns"][0]["blocks"];
    assert_eq!((&blocks[0]["data"]["text"]["en"], &blocks[1]["data"]["markdown"]["en"]), (&json!("Owner’s"), &json!("Hers")));
    assert_eq!(now["title"]["en"], json!("Owner’s"), "her page still had the old title, and she did not type into it");
    // A draft is not published with what she has not seen.
    let page = desk.press(&eva, &eva.get(&desk.at), "", &[("open", "t"), ("data.markdown", "Hers again")]);
    desk.save(&owner, &owner.get(&desk.at), &[("title", "Once more")]).is(303);
    let answer = eva.post(&desk.at, &[("version", &page.hidden("version")), ("locale", "en"), ("then", "publish")]).is(303);
    assert!(answer.next(&eva).text.contains("Look at it, then publish it."));
    assert_eq!(desk.stored()["status"], json!("draft"));
}

#[test]
fn two_who_change_the_same_are_shown_both_texts_and_decide() {
    let site = Site::new();
    let desk = Desk::new(&site);
    let (eva, owner) = (Visitor::new(&site.server, &site.here, "Eva", Role::Editor), Visitor::owner(&site.server, &site.here));
    let (hers, theirs) = (eva.get(&desk.at), owner.get(&desk.at));
    desk.save(&owner, &theirs, &[("title", "Owner’s title"), ("open", "t"), ("data.markdown", "Owner’s text")]).is(303);
    let typed = [("title", "Her title"), ("open", "t"), ("data.markdown", "Her text")];
    let to = desk.save(&eva, &hers, &typed).is(303).to;
    assert_eq!(to, format!("{}/conflict", desk.at));
    let page = eva.get(&to).is(200);
    for text in ["Her title", "Owner’s title", "Her text", "Owner’s text"] {
        assert!(page.text.contains(text), "{text} is not in {}", page.text);
    }
    assert!(!page.text.contains("Merged by itself"), "nothing else was changed: {}", page.text);
    assert!(!page.text.contains("value=\"publish\""));
    assert_eq!(desk.stored()["title"]["en"], json!("Owner’s title"), "nothing was saved");
    let version = page.hidden("version");
    let some = [("version", version.as_str()), ("choice-field-title-en", "mine")];
    let refused = eva.post(&to, &some).is(422);
    assert!(
        refused.text.contains("id=\"choice-part-t-data.markdown.en-fault\"") || refused.text.contains("class=\"fault\""),
        "{}",
        refused.text
    );
    let key = "part-t-data.markdown.en";
    let all = [
        ("version", version.as_str()),
        ("choice-field-title-en", "mine"),
        (&format!("choice-{key}"), "both"),
        (&format!("text-{key}"), "Text of both"),
    ];
    assert_eq!(eva.post(&to, &all).is(303).to, desk.at);
    let now = desk.stored();
    assert_eq!(now["title"]["en"], json!("Her title"));
    assert!(now["content"][0]["columns"][0]["blocks"][1].to_string().contains("Text of both"), "{now}");
    // A choice about what has changed again is none.
    eva.post(&to, &[("version", "1"), ("all", "mine")]).is(412);
    // What both have, nobody decides.
    let page = eva.get(&to).is(200);
    assert_eq!(page.text.matches("type=\"radio\"").count(), 0);
}

#[test]
fn blocks_that_nobody_knows_stay_as_they_are() {
    let site = Site::new();
    let (owner, settings) = (Visitor::owner(&site.server, &site.here), "/o/acme/p/site/settings");
    let page = owner.get(settings).is(200);
    assert!(page.text.contains("<option value=\"refuse\" selected>"), "{}", page.text);
    let seen = page.hidden("seen");
    let form = [
        ("seen", &*seen),
        ("name", "Site"),
        ("slug", "site"),
        ("defaultLocale", "en"),
        ("enabledLocales", "fr"),
        ("unknownBlocks", "keep"),
    ];
    owner.post(settings, &form).is(303);
    assert!(owner.get(settings).text.contains("<option value=\"keep\" selected>"));
    let strange = json!({"id": "x", "type": "strange", "data": {"any": [1, {"en": "a"}]}, "more": null});
    let content =
        json!([{"id": "s", "columns": [{"id": "c", "blocks": [strange, {"id": "t", "type": "text", "data": {"markdown": "Plain"}}]}]}]);
    let desk = Desk::of(&site, &json!({"name": "A", "slug": "a", "content": content}));
    site.change(&site.project(), &json!({"unknownBlocks": "refuse"}));
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let page = editor.get(&desk.at).is(200);
    assert!(page.text.contains("This type is not known here."));
    let page = desk.press(&editor, &page, "down:x", &[("open", "t"), ("data.markdown", "Written")]);
    desk.save(&editor, &page, &[]).is(303);
    assert_eq!(desk.blocks(), "text strange");
    assert_eq!(desk.stored()["content"][0]["columns"][0]["blocks"][1], strange);
}

#[test]
fn a_tree_of_two_thousand_blocks_stays_usable() {
    let site = Site::new();
    let block =
        |n: usize| json!({"id": format!("b{n}"), "type": "heading", "data": {"text": {"en": format!("Heading {n}"), "fr": "Titre"}}});
    let columns: Vec<_> =
        (0..4).map(|c| json!({"id": format!("c{c}"), "blocks": (0..500).map(|n| block(c * 500 + n)).collect::<Vec<_>>()})).collect();
    let body = json!({"name": "Long", "slug": "long", "content": [{"id": "s", "columns": columns}]});
    let desk = Desk::of(&site, &body);
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let page = desk.press(&editor, &editor.get(&desk.at), "open:b1999", &[]);
    assert_eq!(page.text.matches("data-block=").count(), 2000);
    assert_eq!(
        page.text.matches("class=\"body\"").count() - editor.get(&desk.at).text.matches("class=\"body\"").count(),
        1,
        "one block is open"
    );
    assert!(page.text.len() < 1_100_000, "{} bytes", page.text.len());
    let controls: usize = ["<button", "<input", "<textarea", "<select"].iter().map(|control| page.text.matches(control).count()).sum();
    assert!(controls < 2_000 + 100, "{controls} controls: one for each block, and those of the page");
    let page = desk.press(&editor, &page, "up:b1999", &[("open", "b1999"), ("data.text", "The last")]);
    desk.save(&editor, &page, &[]).is(303);
    assert_eq!(desk.stored()["content"][0]["columns"][3]["blocks"][498]["data"]["text"]["en"], json!("The last"));
}

#[test]
fn the_preview_shows_what_is_worked_on_to_whoever_works_on_it() {
    let site = Site::new();
    let desk = Desk::new(&site);
    let (editor, owner) = (Visitor::new(&site.server, &site.here, "Eva", Role::Editor), Visitor::owner(&site.server, &site.here));
    desk.press(&editor, &editor.get(&desk.at), "", &[("open", "t"), ("data.markdown", "Not **yet** public"), ("title", "Low tide")]);
    let page = editor.get(&format!("{}/preview?locale=en", desk.at)).is(200).text;
    assert!(page.contains(&format!("src=\"{}/preview/page?locale=en\" sandbox=\"\"", desk.at)), "{page}");
    let frame = editor.get(&format!("{}/preview/page?locale=en", desk.at)).is(200).text;
    assert!(frame.contains("Not <strong>yet</strong> public") && frame.contains("Low tide"), "{frame}");
    assert!(!owner.get(&format!("{}/preview/page", desk.at)).is(200).text.contains("Not <strong>"));
    Visitor::nobody(&site.server).get(&format!("{}/preview/page", desk.at)).is(303);
}

#[test]
fn whoever_only_reads_has_no_working_copy() {
    let site = Site::new();
    let desk = Desk::new(&site);
    let viewer = Visitor::new(&site.server, &site.here, "Vic", Role::Viewer);
    let page = viewer.get(&desk.at).is(200).text;
    assert!(!page.contains("data-outline") && !page.contains("formaction"), "{page}");
    // They see the content as readers would, and the ways to look closer.
    let frame = format!("{}/preview/page?locale=en", desk.at);
    assert!(page.contains(&format!("<iframe class=\"reading\" src=\"{frame}\" sandbox=\"\"")), "{page}");
    assert!(page.contains(&format!("href=\"{}/preview?locale=en\"", desk.at)) && page.contains(&format!("href=\"{}/versions\"", desk.at)));
    assert!(viewer.get(&frame).is(200).text.contains("Plain"));
    for path in ["", "/draft", "/undo", "/discard", "/conflict"] {
        viewer.post(&format!("{}{path}", desk.at), &[("version", "1"), ("locale", "en")]).is(403);
    }
}

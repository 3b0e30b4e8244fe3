//! Status and schedule on the page of an entry: what was typed goes along, and a second tab is told.

use serde_json::{Value, json};
use stele::domain::access::Role;

use crate::support::{SetClock, Site, Visitor};

use super::Desk;

const ZONE: [(&str, &str); 3] = [("name", "Eva"), ("timezone", "Europe/Paris"), ("locale", "en")];

#[test]
fn an_entry_is_scheduled_moved_and_taken_back_with_what_was_typed() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let desk = Desk::new(&site);
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    eva.post("/account/profile", &ZONE).is(303);
    let page = eva.get(&desk.at).is(200);
    assert!(page.text.contains("Time zone: Europe/Paris") && !page.text.contains("value=\"unschedule\""), "{}", page.text);
    let at = |at: &'static str| [("then", "schedule"), ("publishAt", at), ("title", "Spring tide")];
    let said = desk.save(&eva, &page, &at("2030-06-01T08:30")).is(303).next(&eva).text;
    assert!(said.contains("Tides is published on 1 June 2030 at 08:30 (Europe/Paris)."), "{said}");
    let now = desk.stored();
    assert_eq!((&now["status"], &now["title"]["en"]), (&json!("scheduled"), &json!("Spring tide")));
    assert_eq!(now["scheduledPublishAt"], json!("2030-06-01T06:30:00.000Z"));
    let page = eva.get(&desk.at).is(200);
    for text in ["value=\"2030-06-01T08:30\"", "Change the schedule", "Publish now"] {
        assert!(page.text.contains(text), "{text} is not in {}", page.text);
    }
    desk.save(&eva, &page, &at("2030-06-02T08:30")).is(303);
    assert_eq!(desk.stored()["scheduledPublishAt"], json!("2030-06-02T06:30:00.000Z"));
    let page = eva.get(&desk.at);
    let said = desk.save(&eva, &page, &[("then", "unschedule"), ("title", "Neap tide")]).is(303).next(&eva).text;
    assert!(said.contains("Tides is not scheduled any more.") && said.contains(">Neap tide</textarea>"), "{said}");
    assert!(!said.contains("Others have saved this"), "that was no change of what it says: {said}");
    let now = desk.stored();
    let wanted = (&json!("draft"), &Value::Null, &json!("Spring tide"));
    assert_eq!((&now["status"], &now["scheduledPublishAt"], &now["title"]["en"]), wanted, "what was typed is kept, not saved");
}

#[test]
fn a_moment_that_is_none_or_over_is_told_at_its_input_and_nothing_is_saved() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let desk = Desk::new(&site);
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    for (at, why) in [
        ("", "Choose a date and a time."),
        ("soon", "Choose a date and a time."),
        ("2029-12-31T23:59", "Choose a moment in the future."),
        ("3000-01-01T00:00", "That is too far ahead."),
    ] {
        let page = eva.get(&desk.at);
        let told = desk.save(&eva, &page, &[("then", "schedule"), ("publishAt", at), ("title", "Typed")]).is(422).text;
        let (_, fault) = told.split_once("id=\"publishAt-fault\"").expect(at);
        assert!(fault.split("</p>").next().unwrap().contains(why), "{at}: {fault}");
        assert!(told.contains(">Typed</textarea>") && told.contains("autofocus aria-invalid=\"true\""), "{told}");
    }
    assert_eq!((&desk.stored()["status"], &desk.stored()["title"]), (&json!("draft"), &json!("High tide")));
}

#[test]
fn what_is_public_is_taken_back_and_what_was_typed_is_kept() {
    let site = Site::new();
    let desk = Desk::new(&site);
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let page = eva.get(&desk.at);
    desk.save(&eva, &page, &[("then", "publish")]).is(303);
    let page = eva.get(&desk.at);
    assert!(page.text.contains("value=\"unpublish\"") && !page.text.contains("value=\"schedule\""), "{}", page.text);
    let version = page.hidden("version");
    let keep = [("version", version.as_str()), ("locale", "en"), ("do", "keep"), ("title", "Neap tide")];
    let said = eva.post(&format!("{}/draft", desk.at), &keep).is(303).next(&eva).text;
    assert!(said.contains("Kept as a draft of yours. Readers still see version 2."), "{said}");
    assert!(page.text.contains("id=\"unsaved\" hidden>") && said.contains("id=\"unsaved\">With changes that are not published"), "{said}");
    let typed = [("then", "unpublish"), ("open", "t"), ("data.markdown", "Not yet public")];
    let said = desk.save(&eva, &page, &typed).is(303).next(&eva).text;
    assert!(said.contains("Tides is a draft again.") && said.contains("Not yet public"), "{said}");
    assert_eq!(desk.stored()["status"], json!("draft"));
    assert!(!desk.stored().to_string().contains("Not yet public"));
    // It is saved later as if nothing had been between.
    let saved = desk.save(&eva, &eva.get(&desk.at), &[]).is(303).next(&eva).text;
    assert!(!saved.contains("What others had saved meanwhile"), "{saved}");
    assert!(desk.stored().to_string().contains("Not yet public"));
}

#[test]
fn an_entry_is_unlisted_with_the_save_and_a_page_that_is_behind_changes_nothing_of_that() {
    let site = Site::new();
    let desk = Desk::new(&site);
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let page = eva.get(&desk.at).is(200);
    assert!(page.text.contains("name=\"isListed\" checked"), "{}", page.text);
    assert_eq!(page.hidden("isListed.was"), "true");
    desk.save(&eva, &page, &[("isListed.was", "true"), ("title", "Hidden tide")]).is(303);
    let now = desk.stored();
    assert_eq!((&now["isListed"], &now["title"]["en"]), (&json!(false), &json!("Hidden tide")));
    assert_eq!(eva.get(&desk.at).hidden("version"), "2", "one save is one version");
    desk.save(&eva, &page, &[("isListed.was", "true"), ("isListed", "on"), ("title", "High tide")]).is(303);
    assert_eq!(desk.stored()["isListed"], json!(false), "that page did not change it");
    desk.save(&eva, &eva.get(&desk.at), &[("isListed.was", "false"), ("isListed", "on")]).is(303);
    assert_eq!(desk.stored()["isListed"], json!(true));
    // The button that takes back keeps it with all else that was typed, and the next save saves that.
    desk.save(&eva, &eva.get(&desk.at), &[("then", "publish")]).is(303);
    let typed = [("then", "unpublish"), ("isListed.was", "true"), ("title", "Low tide")];
    let page = desk.save(&eva, &eva.get(&desk.at), &typed).is(303).next(&eva).text;
    assert_eq!((&desk.stored()["isListed"], &desk.stored()["status"]), (&json!(true), &json!("draft")));
    assert!(page.contains("Low tide") && !page.contains("name=\"isListed\" checked"), "{page}");
    let page = eva.get(&desk.at);
    assert_eq!(page.hidden("isListed.was"), "false");
    desk.save(&eva, &page, &[("isListed.was", "false")]).is(303);
    assert_eq!((&desk.stored()["isListed"], &desk.stored()["title"]["en"]), (&json!(false), &json!("Low tide")));
}

#[test]
fn who_may_see_an_entry_waits_with_the_texts_until_somebody_has_decided() {
    let site = Site::new();
    let desk = Desk::new(&site);
    let (eva, owner) = (Visitor::new(&site.server, &site.here, "Eva", Role::Editor), Visitor::owner(&site.server, &site.here));
    let page = eva.get(&desk.at).is(200);
    desk.save(&owner, &owner.get(&desk.at), &[("title", "Of the owner")]).is(303);
    let to = desk.save(&eva, &page, &[("isListed.was", "true"), ("title", "Hers")]).is(303).to;
    assert_eq!(to, format!("{}/conflict", desk.at));
    assert_eq!(desk.stored()["isListed"], json!(true), "nothing was saved");
    let kept = eva.get(&desk.at).is(200);
    assert!(!kept.text.contains("name=\"isListed\" checked") && kept.text.contains("/discard\""), "{}", kept.text);
    let asked = eva.get(&to).is(200);
    assert!(asked.text.contains("Listed") && !asked.text.contains("isListed"), "it is told by its name: {}", asked.text);
    eva.post(&to, &[("version", &asked.hidden("version")), ("all", "mine")]).is(303);
    let now = desk.stored();
    assert_eq!((&now["isListed"], &now["title"]["en"]), (&json!(false), &json!("Hers")));
    assert_eq!(eva.get(&desk.at).hidden("version"), "3", "of the owner, and hers");
    // Ticked again before it is saved, nothing is changed any more.
    let page = desk.press(&eva, &eva.get(&desk.at), "keep", &[("isListed.was", "false"), ("isListed", "on")]);
    assert!(page.text.contains("name=\"isListed\" checked") && page.text.contains("/discard\""), "{}", page.text);
    let page = desk.press(&eva, &page, "keep", &[("isListed.was", "true")]);
    assert!(!page.text.contains("/discard\""), "{}", page.text);
}

#[test]
fn what_others_have_saved_just_as_it_was_kept_is_changed_back_by_whoever_sees_it() {
    let site = Site::new();
    let desk = Desk::new(&site);
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    desk.press(&eva, &eva.get(&desk.at), "keep", &[("isListed.was", "true"), ("title", "Low tide")]);
    let hidden = json!({ "contentType": "website_page", "contentId": desk.id, "isListed": false });
    assert_eq!(site.ask("POST", &format!("{}/content/visibility", site.project()), Some(&hidden)).status, 200);
    site.change(&format!("{}/{}", site.pages(), desk.id), &json!({ "title": { "en": "Low tide" } }));
    let page = eva.get(&desk.at).is(200);
    assert_eq!((page.hidden("isListed.was"), page.hidden("version")), ("false".to_owned(), "3".to_owned()));
    assert!(!page.text.contains("/discard\""), "nothing of it is a change any more: {}", page.text);
    desk.save(&eva, &page, &[("isListed.was", "false"), ("isListed", "on"), ("title", "High tide")]).is(303);
    assert_eq!((&desk.stored()["isListed"], &desk.stored()["title"]["en"]), (&json!(true), &json!("High tide")));
}

#[test]
fn what_is_published_without_a_title_says_so() {
    let site = Site::new();
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    for (title, says) in [("", true), ("A title", false)] {
        let desk = Desk::of(&site, &json!({"name": "Tides", "slug": format!("tides-{says}"), "status": "draft"}));
        let said = desk.save(&eva, &eva.get(&desk.at), &[("then", "publish"), ("title", title)]).is(303).next(&eva).text;
        assert_eq!(said.contains("It has no title yet."), says, "{said}");
    }
}

#[test]
fn a_second_tab_that_publishes_schedules_or_takes_back_is_told_what_it_has_not_seen() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let (eva, owner) = (Visitor::new(&site.server, &site.here, "Eva", Role::Editor), Visitor::owner(&site.server, &site.here));
    for then in ["publish", "schedule", "unpublish", "unschedule"] {
        let body = json!({"name": "Tides", "slug": then, "status": if then == "unpublish" { "published" } else { "draft" }});
        let desk = Desk::of(&site, &body);
        let page = eva.get(&desk.at).is(200);
        desk.save(&owner, &owner.get(&desk.at), &[("title", "Of the owner")]).is(303);
        let before = desk.stored();
        let form = [("then", then), ("publishAt", "2030-02-01T00:00"), ("title", "")];
        let told = desk.save(&eva, &page, &form).is(412);
        assert!(told.text.contains("role=\"alert\""), "{then}: {}", told.text);
        assert_eq!(desk.stored(), before, "{then}");
        // Who has typed something has it saved, and not published before they have looked at it.
        if then == "publish" || then == "schedule" {
            let form = [("then", then), ("publishAt", "2030-02-01T00:00"), ("slug", "other")];
            let said = desk.save(&eva, &page, &form).is(303).next(&eva).text;
            assert!(said.contains("Look at it, then publish it."), "{then}: {said}");
            let now = desk.stored();
            assert_eq!((&now["status"], &now["slug"], &now["title"]["en"]), (&json!("draft"), &json!("other"), &json!("Of the owner")));
            site.ask("DELETE", &format!("{}/{}", site.pages(), desk.id), None);
        }
    }
}

#[test]
fn the_date_of_a_post_is_typed_in_the_time_zone_of_who_types_it() {
    let site = Site::new();
    let body = json!({"name": "News", "slug": "news", "publishDate": "2026-02-01T00:00:30.500Z", "title": "News"});
    let id = site.make(&site.posts(), &body)["id"].as_str().unwrap().to_owned();
    let at = format!("/o/acme/p/site/website/web/posts/{id}");
    let stored = || site.get(&format!("{}/{id}", site.posts())).body;
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    eva.post("/account/profile", &ZONE).is(303);
    let save = |typed: &[(&str, &str)]| {
        let version = eva.get(&at).is(200).hidden("version");
        eva.post(&at, &[&[("version", version.as_str()), ("locale", "en")], typed].concat())
    };
    assert!(eva.get(&at).text.contains("type=\"datetime-local\" value=\"2026-02-01T01:00:30.500\""), "{}", eva.get(&at).text);
    let before = stored();
    save(&[("publishDate", "2026-02-01T01:00:30.500")]).is(303);
    assert_eq!(stored(), before, "what nobody has changed is the same");
    save(&[("publishDate", "2026-07-01T10:00")]).is(303);
    assert_eq!(stored()["publishDate"], json!("2026-07-01T08:00:00.000Z"));
    // Twice in autumn a clock shows the same hour: what nobody has changed is the same one.
    let second = "2026-10-25T01:30:00.000Z";
    site.change(&format!("{}/{id}", site.posts()), &json!({"publishDate": second}));
    let was = eva.get(&at).is(200).hidden("publishDate.was");
    save(&[("publishDate", "2026-10-25T02:30"), ("publishDate.was", &was)]).is(303);
    assert_eq!(stored()["publishDate"], json!(second));
    save(&[("publishDate", "2026-10-25T02:30"), ("publishDate.was", "")]).is(303);
    assert_eq!(stored()["publishDate"], json!("2026-10-25T00:30:00.000Z"), "the first of the two is meant");
    let told = save(&[("publishDate", "July"), ("title", "Typed")]).is(422).text;
    assert!(told.contains("id=\"publishDate-fault\"") && told.contains(">Typed</textarea>"), "{told}");
    save(&[("publishDate", "")]).is(303);
    assert_eq!(stored()["publishDate"], Value::Null);
    let viewer = Visitor::new(&site.server, &site.here, "Vic", Role::Viewer);
    save(&[("publishDate", "2026-07-01T10:00")]).is(303);
    assert!(viewer.get(&at).text.contains("1 July 2026 at 08:00 (UTC)"), "{}", viewer.get(&at).text);
}

#[test]
fn a_list_marks_what_its_reader_has_not_saved_and_a_tab_counts_it() {
    let site = Site::new();
    let desk = Desk::new(&site);
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let ben = Visitor::new(&site.server, &site.here, "Ben", Role::Admin);
    let (list, _) = desk.at.rsplit_once('/').unwrap();
    let page = eva.get(&format!("{}?locale=fr", desk.at)).is(200);
    assert!(page.text.contains("2 of 3 missing"), "{}", page.text);
    let version = page.hidden("version");
    let keep = [("version", version.as_str()), ("locale", "fr"), ("do", "keep"), ("title", "Marée haute")];
    let kept = eva.post(&format!("{}/draft", desk.at), &keep).is(303).next(&eva).text;
    assert!(kept.contains("1 of 3 missing"), "{kept}");
    assert!(eva.get(list).is(200).text.contains("Unsaved changes"));
    assert!(!ben.get(list).is(200).text.contains("Unsaved changes"), "what others work on is theirs");
    desk.save(&eva, &eva.get(&desk.at), &[]).is(303);
    assert!(!eva.get(list).is(200).text.contains("Unsaved changes"));
}

#[test]
fn readers_have_to_sign_in_once_it_is_saved_so() {
    let site = Site::new();
    let desk = Desk::new(&site);
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let page = eva.get(&desk.at).is(200);
    assert_eq!((page.hidden("requiresViewerAuth.was"), page.hidden("isListed.was")), ("false".to_owned(), "true".to_owned()));
    let both = [("requiresViewerAuth.was", "false"), ("requiresViewerAuth", "on"), ("isListed.was", "true"), ("isListed", "on")];
    desk.save(&eva, &page, &both).is(303);
    assert_eq!((&desk.stored()["requiresViewerAuth"], &desk.stored()["isListed"]), (&json!(true), &json!(true)));
    assert!(eva.get(&desk.at).text.contains("name=\"requiresViewerAuth\" checked"));
    desk.save(&eva, &eva.get(&desk.at), &[("requiresViewerAuth.was", "false")]).is(303);
    assert_eq!(desk.stored()["requiresViewerAuth"], json!(true), "that page did not change it");
    desk.save(&eva, &eva.get(&desk.at), &[("requiresViewerAuth.was", "true")]).is(303);
    assert_eq!(desk.stored()["requiresViewerAuth"], json!(false));
}

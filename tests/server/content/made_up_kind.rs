//! A kind that nobody thought of: one value, handed to the server when it is put together. It is in the API, in the OpenAPI document, behind
//! the gates, in the search and in the console, and nothing else had to be told of it.

use std::collections::BTreeSet;

use serde_json::json;
use stele::{
    domain::{
        access::Role,
        content::{Column, Field, FieldType, KINDS, Kind, Kinds, Operations, Purpose, Status},
        project::app::AppType,
    },
    kind_listing,
};

use crate::{
    api::gates::{callers, walk},
    support::{Site, Visitor},
};

const FIELDS: &[Field] = &[
    Field::new("name", FieldType::Line { max: 200 }).column(Column::Name).required().write().form().searchable().sort(),
    Field::new("slug", FieldType::Slug).column(Column::Slug).required().write().form().searchable(),
    Field::new("status", FieldType::Status).column(Column::Status).create().filter(),
    Field::new("method", FieldType::LocalizedBlock { max: 2000 }).write().form().searchable(),
    Field::new("country", FieldType::Line { max: 100 }).write().form().searchable(),
    Field::new("createdAt", FieldType::Instant).column(Column::CreatedAt).never_null().sort(),
    Field::new("updatedAt", FieldType::Instant).column(Column::UpdatedAt).never_null().sort(),
];

/// A recipe: its text is in each language, its country in none.
static RECIPE: Kind = Kind {
    content_type: "website_recipe",
    wire_type: "recipe",
    shape: "WebsiteRecipe",
    app_type: AppType::Website,
    purpose: Purpose::Document,
    segment: "recipes",
    id_name: "recipeId",
    noun: "recipe",
    icon: "list",
    path_prefix: "/kitchen/",
    default_status: Status::Draft,
    fields: FIELDS,
    listing: kind_listing!(FIELDS),
    operations: Operations {
        list: Some("list_website_recipes"),
        get: Some("get_website_recipe"),
        create: Some("create_website_recipe"),
        update: Some("update_website_recipe_meta"),
        delete: Some("delete_website_recipe"),
    },
};

static WITH_RECIPES: Kinds = &[KINDS[0], KINDS[1], &RECIPE];

fn recipes(site: &Site) -> String {
    format!("{}/apps/website/{}/recipes", site.project(), site.here.app)
}

#[test]
fn it_is_made_read_changed_listed_and_deleted_over_the_api() {
    let site = Site::of(WITH_RECIPES);
    let all = recipes(&site);
    let body = json!({ "name": "Soup", "slug": "soup", "method": { "en": "Stir.", "fr": "Remuer." }, "country": "Iceland" });
    let made = site.make(&all, &body);
    assert_eq!((&made["type"], &made["path"], &made["status"]), (&json!("recipe"), &json!("/kitchen/soup"), &json!("draft")));
    let one = format!("{all}/{}", made["id"].as_str().unwrap());
    assert_eq!(site.get(&format!("{one}?locale=fr")).body["method"], "Remuer.");
    assert_eq!(site.change(&one, &json!({ "country": "Norway" }))["country"], "Norway");
    assert_eq!(site.items(&format!("{all}?search=norway")).len(), 1);
    assert_eq!(site.items(&format!("{all}?status=published")).len(), 0);
    let refused = site.ask("POST", &all, Some(&json!({ "name": "x", "slug": "y", "title": "z" })));
    assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (400, &json!("title")));
    assert_eq!(site.ask("DELETE", &one, None).status, 200);
    let gone = site.get(&one);
    assert_eq!((gone.status, gone.message()), (404, "There is no such recipe, or you may not see it."));
    assert_eq!(site.get(&format!("{all}/nothing")).message(), gone.message());
}

#[test]
fn the_openapi_document_says_what_it_is() {
    let document = Site::of(WITH_RECIPES).get("/openapi.json").body;
    let paths = document["paths"].as_object().unwrap().values();
    let ids = paths.flat_map(|path| path.as_object().unwrap().values()).filter_map(|operation| operation["operationId"].as_str());
    let operations: BTreeSet<_> = ids.filter(|id| id.contains("recipe")).collect();
    assert_eq!(operations.len(), 5, "{operations:?}");
    for shape in ["WebsiteRecipe", "WebsiteRecipeNew", "WebsiteRecipeMeta"] {
        assert!(document["components"]["schemas"][shape]["properties"]["country"].is_object(), "{shape}");
    }
}

#[test]
fn its_routes_let_through_whom_they_should_and_nobody_else() {
    let site = Site::of(WITH_RECIPES);
    walk(&site.server, &site.here, &callers(&site.server, &site.here));
}

#[test]
fn the_search_and_the_addresses_of_a_project_have_it() {
    let site = Site::of(WITH_RECIPES);
    let made = site.make(&recipes(&site), &json!({ "name": "Soup", "slug": "soup", "status": "published" }));
    site.make(&site.posts(), &json!({ "name": "Soup of the day", "slug": "soup-of-the-day", "status": "published" }));
    let found = site.items(&format!("{}/search?query=soup&sourceType=website_recipe", site.project()));
    assert_eq!((found.len(), &found[0]["sourceId"]), (1, &made["id"]));
    let places = site.items(&format!("{}/urls?search=/kitchen/so", site.project()));
    assert_eq!((places.len(), &places[0]["path"], &places[0]["id"]), (1, &json!("/kitchen/soup"), &made["id"]));
    assert_eq!(site.items(&format!("{}/urls?search=soup", site.project())).len(), 2);
}

#[test]
fn the_console_makes_lists_changes_and_finds_it() {
    let site = Site::of(WITH_RECIPES);
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let all = "/o/acme/p/site/website/web/recipes";
    let start = editor.get("/o/acme/p/site").is(200).text;
    assert!(start.contains(&format!("href=\"{all}/new\"")) && start.contains("website-recipe-write"), "the dashboard offers it");
    let asked = editor.get(&format!("{all}/new")).is(200).text;
    assert!(asked.contains("name=\"name\"") && asked.contains("name=\"slug\"") && !asked.contains("name=\"country\""), "{asked}");
    let made = editor.post(&format!("{all}/new"), &[("name", "Soup")]).is(303).to;
    let page = editor.get(&made).is(200);
    let has = |name: &str| page.text.contains(&format!(" name=\"{name}\""));
    assert!(has("method") && has("country") && !has("title") && !has("tags") && !has("seo.title"), "{}", page.text);
    let version = page.hidden("version");
    let typed = [
        ("version", version.as_str()),
        ("locale", "fr"),
        ("name", "Soup"),
        ("slug", "soup"),
        ("method", "Remuer."),
        ("country", "Iceland"),
    ];
    editor.post(&made, &typed).is(303);
    let entry = &site.items(&format!("{}?search=iceland", recipes(&site)))[0];
    assert_eq!((&entry["method"], &entry["country"]), (&json!({ "fr": "Remuer." }), &json!("Iceland")));
    let list = editor.get(all).is(200).text;
    assert!(list.contains(&format!("href=\"{made}\"")) && list.contains("/kitchen/soup"), "it is listed");
    assert!(list.contains(&format!("href=\"{all}\" aria-current=\"page\"")), "the navigation leads there");
    assert!(!list.contains("value=\"slug:asc\"") && list.contains("value=\"name:asc\""), "only orders that there are");
    assert!(editor.get("/o/acme/search?search=iceland").is(200).text.contains(&made), "it is found");
    let owner = Visitor::owner(&site.server, &site.here);
    let activity = owner.get("/o/acme/settings/activity?resourceType=website_recipe").is(200).text;
    assert!(activity.contains("<option value=\"website_recipe\" selected>") && activity.contains("Soup"), "{activity}");
    assert_eq!(editor.post(&format!("{made}/trash"), &[]).is(303).to, all);
    editor.get(&made).is(404);
    let viewer = Visitor::new(&site.server, &site.here, "Vic", Role::Viewer);
    viewer.get(all).is(200);
    viewer.get(&format!("{all}/new")).is(403);
}

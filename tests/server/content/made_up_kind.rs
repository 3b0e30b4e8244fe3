//! A kind that nobody thought of: one value, handed to the server when it is put together. It is in the API, in the OpenAPI document, behind
//! the gates, and in the search, and nothing else had to be told of it.

use std::collections::BTreeSet;

use serde_json::json;
use stele::domain::{
    content::{Column, Field, FieldType, KINDS, Kind, Kinds, Operations, Status},
    project::app::AppType,
    spec::{self, Holds, Order, Spec},
};

use crate::{
    api::gates::{callers, walk},
    support::Site,
};

/// A recipe: its text is in each language, its country in none.
static RECIPE: Kind = Kind {
    content_type: "website_recipe",
    wire_type: "recipe",
    shape: "WebsiteRecipe",
    app_type: AppType::Website,
    segment: "recipes",
    id_name: "recipeId",
    noun: "recipe",
    noun_plural: "recipes",
    path_prefix: "/kitchen/",
    default_status: Status::Draft,
    fields: &[
        Field::new("name", FieldType::Line { max: 200 }).column(Column::Name).required().write().searchable().sort(),
        Field::new("slug", FieldType::Slug).column(Column::Slug).required().write().searchable(),
        Field::new("status", FieldType::Status).column(Column::Status).create().filter(),
        Field::new("method", FieldType::LocalizedBlock { max: 2000 }).write().searchable(),
        Field::new("country", FieldType::Line { max: 100 }).write().searchable(),
        Field::new("createdAt", FieldType::Instant).column(Column::CreatedAt).never_null().sort(),
        Field::new("updatedAt", FieldType::Instant).column(Column::UpdatedAt).never_null().sort(),
    ],
    listing: Spec {
        fields: &[
            spec::Field::sort("name", Holds::Text),
            spec::Field::filter("status", Holds::Word(Status::WORDS)),
            spec::Field::sort("createdAt", Holds::Instant),
            spec::Field::sort("updatedAt", Holds::Instant),
        ],
        search: &["name", "slug", "method", "country"],
        order: Order::NEWEST,
    },
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

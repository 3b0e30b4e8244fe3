//! What the demo looks like: its pictures, which were drawn for it, its branding, and its domain.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Permission},
        file::{
            blob::{BlobPlace, GRACE},
            draft::{About, Localized, Patch},
        },
        id::{AppPath, BlobId, FileId, ProjectPath},
        project::{branding, domain},
    },
    service::{
        authorize,
        file::{
            blob::bytes::Bounds,
            file::{self, Incoming},
        },
        project::{branding as brandings, domain as domains},
    },
    store::{Tx, file::blob},
};

/// A picture.
struct Picture {
    /// By which the content names it.
    key: &'static str,
    filename: &'static str,
    bytes: &'static [u8],
    /// What is said instead of it, in English and French.
    alt: (&'static str, &'static str),
}

macro_rules! picture {
    ($key:literal, $filename:literal, $en:literal, $fr:literal) => {
        Picture { key: $key, filename: $filename, bytes: include_bytes!(concat!("pictures/", $filename)), alt: ($en, $fr) }
    };
}

static PICTURES: [Picture; 7] = [
    picture!("press", "press.webp", "A hand press with a sheet of paper in it", "Une presse à bras avec une feuille de papier"),
    picture!("type", "type.webp", "A case of type", "Une casse de caractères"),
    picture!("cat", "cat.webp", "A cat that sleeps on a pile of paper", "Un chat qui dort sur une pile de papier"),
    picture!("sea", "sea.webp", "A boat below a lighthouse in the evening", "Un bateau au pied d’un phare, le soir"),
    picture!("logo", "logo.svg", "Northwind Press", "Northwind Press"),
    picture!("logo-dark", "logo-dark.svg", "Northwind Press", "Northwind Press"),
    picture!("favicon", "favicon.svg", "An N in a compass", "Un N dans une boussole"),
];

/// The name under which its website would be reached.
const HOST: &str = "northwind.example";

/// Pictures by the names that content has for them: `picture-sea`.
pub(super) type DemoFiles = Vec<(String, FileId)>;

/// Makes all of it.
pub(super) fn make(tx: &mut Tx<'_>, by: &Arc<Actor>, (org, project, website): AppPath) -> Result<DemoFiles> {
    let at = (org, project);
    let known = PICTURES.iter().map(|one| keep(tx, by, at, one)).collect::<Result<DemoFiles>>()?;
    let file = |key: &str| known.iter().find(|(known, _)| known == key).map_or_else(String::new, |(_, id)| format!("file:{id}"));
    let look = json!({
        "logoUrl": file("picture-logo"), "logoDarkUrl": file("picture-logo-dark"), "faviconUrl": file("picture-favicon"),
        "colorPrimary": "#22545f", "colorSecondary": "#17324d", "backgroundLight": "#fbf8f1", "backgroundDark": "#101c28", "paperDark": "#17293a",
        "fontHeading": "old-style", "borderRadius": 6,
        "imageDesignBrief": "Flat shapes in the colours of the sea, paper and brick. No people, no text.",
        "voiceDesignBrief": "Short sentences, dry humour, and the names of things.",
    });
    let Value::Object(look) = look else { return Err(Error::Internal("the look of the demo is no object".into())) };
    brandings::create(tx, by, at, &branding::Draft { name: "Northwind".into(), look })?;
    domains::create(tx, by, at, &domain::Draft { hostname: HOST.into(), app_id: Some(website) }, "")?;
    domains::verify_as_operator(tx, HOST, Some(project))?;
    Ok(known)
}

fn keep(tx: &mut Tx<'_>, by: &Arc<Actor>, at: ProjectPath, one: &Picture) -> Result<(String, FileId)> {
    let granted = authorize::project(tx, by, at, Permission::EntryWrite)?;
    let (id, until) = (BlobId::new(tx.now(), tx.entropy()), tx.now() + GRACE);
    blob::begin(tx, &granted, id, BlobPlace::Rows, until)?;
    blob::keep(tx, &granted, (id, 0), one.bytes, until)?;
    let (hash, bounds) = (blake3::hash(one.bytes).to_hex().to_string(), Bounds::default());
    let bytes = Incoming { id, hash: &hash, size: one.bytes.len() as u64, first: one.bytes, is_turned: false, bounds };
    let about = About { filename: one.filename.into(), folder_path: Some("Press".into()), is_public: Some(true), ..About::default() };
    let made = file::create(tx, by, at, &about, &bytes)?;
    let alt_text = Some(Localized(json!({ "en": one.alt.0, "fr": one.alt.1 })));
    file::update(tx, by, at, made.id, &Patch { alt_text, ..Patch::default() })?;
    Ok((format!("picture-{}", one.key), made.id))
}

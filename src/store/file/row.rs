//! How a file is read from its row and that of its bytes.

use serde_json::Value as Json;

use crate::{
    domain::{
        Result,
        file::{
            blob::Blob,
            file::File,
            picture::{focal::FocalPoint, variant::Variants},
        },
    },
    store::{row::Row, sql},
};

macro_rules! columns {
    () => {
        "f.id, f.organization_id, f.project_id, f.folder_id, f.filename, f.original_filename, f.mime_type, b.id, b.hash, b.size, b.place, f.is_public,
         f.grounding, f.permission_group, f.width, f.height, f.focal_x, f.focal_y, f.title, f.alt_text, f.caption, f.description, f.created_at,
         f.created_by, f.updated_at, f.deleted_at, f.variants_state, f.variants_fault"
    };
}
pub(super) use columns;

macro_rules! from {
    () => {
        " FROM files f JOIN blobs b ON b.id = f.blob_id "
    };
}
pub(super) use from;

/// The file of a row that begins with its columns; its smaller pictures are read apart, and what refers to it is counted apart.
pub(super) fn file(row: &mut Row) -> Result<File> {
    let table = "files";
    let text = |row: &mut Row, column| -> Result<Json> { sql::json(&row.take::<String>(table, column)?, table, column) };
    Ok(File {
        id: row.take(table, "id")?,
        org: row.take(table, "organization_id")?,
        project: row.take(table, "project_id")?,
        folder: row.take(table, "folder_id")?,
        filename: row.take(table, "filename")?,
        original_filename: row.take(table, "original_filename")?,
        mime_type: row.take(table, "mime_type")?,
        blob: Blob {
            id: row.take("blobs", "id")?,
            hash: row.take("blobs", "hash")?,
            size: row.take("blobs", "size")?,
            place: row.take("blobs", "place")?,
        },
        is_public: row.take(table, "is_public")?,
        grounding: row.take(table, "grounding")?,
        permission_group: row.take(table, "permission_group")?,
        dimensions: row.take::<Option<u32>>(table, "width")?.zip(row.take(table, "height")?),
        focal_point: row.take::<Option<u32>>(table, "focal_x")?.zip(row.take(table, "focal_y")?).map(|(x, y)| FocalPoint { x, y }),
        title: text(row, "title")?,
        alt_text: text(row, "alt_text")?,
        caption: text(row, "caption")?,
        description: row.take(table, "description")?,
        created_at: row.take(table, "created_at")?,
        created_by: row.take(table, "created_by")?,
        updated_at: row.take(table, "updated_at")?,
        deleted_at: row.take(table, "deleted_at")?,
        variants: Variants { state: row.take(table, "variants_state")?, fault: row.take(table, "variants_fault")?, made: Vec::new() },
        references: 0,
    })
}

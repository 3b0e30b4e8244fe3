//! A category of a knowledge base. Categories stand below each other.

use crate::{
    domain::{
        content::{
            Column, Field, FieldType, Kind, Operations, Purpose, Status,
            kinds::{field, names::CATEGORY},
            seo::DESCRIPTION_MAX,
        },
        project::app::AppType,
        spec::{Order, Spec},
    },
    kind_listing,
};

/// The kind.
pub static KIND: Kind = Kind {
    content_type: CATEGORY,
    wire_type: "category",
    shape: "KbCategory",
    app_type: AppType::KnowledgeBase,
    purpose: Purpose::Part,
    segment: "categories",
    id_name: "categoryId",
    noun: "category",
    icon: "folder-tree",
    path_prefix: "/categories/",
    default_status: Status::Published,
    fields: FIELDS,
    listing: Spec { order: Order { field: "order", descending: false }, ..kind_listing!(FIELDS) },
    operations: Operations {
        list: Some("list_kb_categories"),
        get: Some("get_kb_category"),
        create: Some("create_kb_category"),
        update: Some("update_kb_category_meta"),
        delete: Some("delete_kb_category"),
    },
};

/// Most characters of the name of an icon.
const ICON_MAX: usize = 64;

const FIELDS: &[Field] = &[
    field::NAME,
    field::SLUG.fixed(),
    field::TITLE,
    Field::new("description", FieldType::LocalizedBlock { max: DESCRIPTION_MAX }).write().form().searchable(),
    Field::new("parentId", FieldType::Reference(CATEGORY)).column(Column::ParentId).create().form(),
    field::ORDER,
    Field::new("icon", FieldType::Line { max: ICON_MAX }).create().form().filter(),
    field::CREATED_AT,
    field::UPDATED_AT,
];

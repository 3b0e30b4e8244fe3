//! What content can be made of: the kinds, the types of blocks, the styles.

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::{
    domain::{
        Error, Result,
        content::{
            Block,
            blocks::{self, BLOCKS},
            schema,
        },
    },
    http::api::{
        query::Param,
        route::{Route, get, get_with},
    },
};

use super::target::kind_of;

const OF_KIND: &[Param] = &[Param {
    name: "contentType",
    help: "The kind in whose entries the block is to stand.",
    schema: r#"{"type": "string", "pattern": "{contentType}"}"#,
    required: true,
}];

/// Every kind of content.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContentTypes {
    content_types: Vec<ContentType>,
}

/// A kind of content.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContentType {
    content_type: &'static str,
    /// The type of app that holds it.
    context: &'static str,
    /// The types of blocks that may stand in it.
    blocks: Vec<&'static str>,
}

/// What `styles` may hold.
#[derive(Debug, Serialize, ToSchema)]
pub struct Styles {
    /// A JSON Schema.
    #[schema(value_type = Object)]
    styles: Value,
}

/// A type of block.
#[derive(Debug, Serialize, ToSchema)]
pub struct BlockDescription {
    r#type: &'static str,
    /// A JSON Schema (2020-12) of its `data`; `x-localized` marks texts that may be a map from language to text, `x-ref` the kind that an id is of.
    #[schema(value_type = Object)]
    schema: Value,
    /// Its icon, an example, and how its fields are meant.
    #[schema(value_type = Object)]
    hints: Value,
}

impl From<&'static Block> for BlockDescription {
    fn from(block: &'static Block) -> Self {
        let kept = |of: fn(&crate::domain::content::Field) -> bool| -> Vec<_> {
            block.fields.iter().filter(|field| of(field)).map(|field| field.name).collect()
        };
        let hints = json!({
            "icon": block.icon,
            "localized": kept(|field| field.localized()),
            "markdown": kept(|field| field.markdown),
            "searchable": kept(|field| field.searchable),
            "oneOf": block.one_of,
            "example": serde_json::from_str::<Value>(block.example).unwrap_or_default(),
        });
        Self { r#type: block.name, schema: schema::schema_block(block), hints }
    }
}

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("get_content_types", "/builder/content-types", "The kinds of content and the blocks of each", |_, tx, _| {
            let of = |kind: &&'static crate::domain::content::Kind| ContentType {
                content_type: kind.content_type,
                context: kind.app_type.word(),
                blocks: BLOCKS.iter().filter(|block| block.stands_in(kind)).map(|block| block.name).collect(),
            };
            Ok(ContentTypes { content_types: tx.kinds().iter().filter(|kind| kind.has_tree()).map(of).collect() })
        }),
        get("get_block_styles", "/builder/styles", "What styles may hold", |_, _, _| Ok(Styles { styles: schema::schema_styles() })),
        get_with("get_block", "/builder/blocks/{blockType}", "A type of block", OF_KIND, |call, tx, _| -> Result<BlockDescription> {
            let kind = kind_of(tx, call.query("contentType").unwrap_or_default())?;
            let found = blocks::of_type(call.param("blockType")).filter(|block| block.stands_in(kind));
            found.map(BlockDescription::from).ok_or(Error::NotFound("block type"))
        }),
    ]
}

//! Sections and blocks: read, inserted, changed, moved, deleted.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::{
    domain::{
        Result,
        content::tree::change::{BlockPlace, Edit, Edited, SectionPlace},
    },
    http::{
        api::{
            content::params::OF_ENTRY,
            route::{Route, action, get_with},
        },
        base::bearer::call::ApiCall,
    },
    service::content::{builder, entry},
    store::Tx,
};

use super::target::{Target, tree};

const CONTENT: &str = "/organizations/{organizationId}/projects/{projectId}/content";

/// Free JSON.
type Members = Map<String, Value>;

macro_rules! body {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Deserialize, ToSchema)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $name {
            /// The kind of the entry.
            #[schema(pattern = "{contentType}")]
            content_type: String,
            /// The entry.
            #[schema(format = "uuid")]
            content_id: String,
            /// The language that plain texts are in; the project's default when left out.
            #[schema(max_length = 35, pattern = "{locale}")]
            locale: Option<String>,
            $($(#[$field_doc])* $field: $type,)*
        }

        impl Body for $name {
            fn target(&self) -> (&str, &str, Option<&str>) {
                (&self.content_type, &self.content_id, self.locale.as_deref())
            }
        }
    };
}

/// What every body of the builder says: which entry, and in which language.
trait Body {
    fn target(&self) -> (&str, &str, Option<&str>);
}

body! {
    /// A new section. Its ids are made where it has none; without columns it gets an empty one, without a place it goes to the end.
    InsertSection {
        /// What it holds.
        #[schema(value_type = Option<Object>)]
        section: Option<Members>,
        /// Behind this section.
        after_section_id: Option<String>,
        /// Before this one.
        before_section_id: Option<String>,
    }
}

body! {
    /// Changes of a section.
    UpdateSection {
        /// The section.
        section_id: String,
        /// Its members but `id`, `type` and `columns`; `null` takes one away, styles are merged.
        #[schema(value_type = Object)]
        patch: Members,
    }
}

body! {
    /// Another place for a section; the end, when none is given.
    MoveSection {
        /// The section.
        section_id: String,
        /// Behind this section.
        after_section_id: Option<String>,
        /// Before this one.
        before_section_id: Option<String>,
    }
}

body! {
    /// A section to delete, with all that it holds.
    DeleteSection {
        /// The section.
        section_id: String,
    }
}

body! {
    /// A new block. Without a place it goes to the end of the last column.
    InsertBlock {
        /// Its type.
        #[schema(max_length = 64)]
        r#type: String,
        /// What it holds, by its type.
        #[schema(value_type = Object)]
        data: Members,
        /// How it looks.
        #[schema(value_type = Option<Object>)]
        styles: Option<Members>,
        /// Behind this block.
        after_block_id: Option<String>,
        /// Before this one.
        before_block_id: Option<String>,
        /// At the end of this section.
        into_section_id: Option<String>,
        /// At the end of this column.
        column_id: Option<String>,
    }
}

body! {
    /// Changes of a block: `null` takes a field away, texts are merged by language.
    UpdateBlock {
        /// The block.
        block_id: String,
        /// What it holds.
        #[schema(value_type = Option<Object>)]
        data: Option<Members>,
        /// How it looks.
        #[schema(value_type = Option<Object>)]
        styles: Option<Members>,
    }
}

body! {
    /// Another place for a block; the end of the last column, when none is given.
    MoveBlock {
        /// The block.
        block_id: String,
        /// Behind this block.
        after_block_id: Option<String>,
        /// Before this one.
        before_block_id: Option<String>,
        /// At the end of this section.
        into_section_id: Option<String>,
        /// At the end of this column.
        column_id: Option<String>,
    }
}

body! {
    /// A block to delete.
    DeleteBlock {
        /// The block.
        block_id: String,
    }
}

/// A section after a change.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SectionChanged {
    #[schema(value_type = Object)]
    section: Value,
    /// Its place among the sections, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<usize>,
    /// The version of the entry now, for `If-Match`.
    version: i64,
}

/// A block after a change.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BlockChanged {
    #[schema(value_type = Object)]
    block: Value,
    /// The section that it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    section_id: Option<String>,
    /// The column that it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    column_id: Option<String>,
    /// Its place in the column, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<usize>,
    /// The section that went because it was empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    section_removed: Option<String>,
    /// The column that went because it was empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    column_removed: Option<String>,
    /// The version of the entry now, for `If-Match`.
    version: i64,
}

/// The content of an entry.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EntryContent {
    #[schema(value_type = Vec<Object>)]
    content: Value,
    /// The version of the entry, for `If-Match`.
    version: i64,
}

impl From<(i64, Edited)> for SectionChanged {
    fn from((version, edited): (i64, Edited)) -> Self {
        Self { section: edited.part, position: edited.position, version }
    }
}

impl From<(i64, Edited)> for BlockChanged {
    fn from((version, edited): (i64, Edited)) -> Self {
        Self {
            block: edited.part,
            section_id: edited.section,
            column_id: edited.column,
            position: edited.position,
            section_removed: edited.section_removed,
            column_removed: edited.column_removed,
            version,
        }
    }
}

/// The route of one change.
fn change<B, R>(id: &'static str, path: &'static str, summary: &'static str, edit: fn(&B) -> Edit) -> Route
where
    B: Body + serde::de::DeserializeOwned + ToSchema + Send + Sync + 'static,
    R: From<(i64, Edited)> + Serialize + ToSchema + Send + 'static,
{
    let operation = move |call: &ApiCall, tx: &mut Tx<'_>, actor: &std::sync::Arc<_>, body: &B| -> Result<R> {
        let (content_type, content_id, locale) = body.target();
        let target = Target::find(call, tx, actor, content_type, content_id)?;
        let seen = target.if_match(call, tx, actor)?;
        let (changed, edited) = builder::change(tx, actor, target.at, target.entry(), &edit(body), (seen, locale))?;
        Ok(R::from((changed.version, edited)))
    };
    action(id, &format!("{CONTENT}/{path}"), summary, operation)
}

fn section_place(after: &Option<String>, before: &Option<String>) -> SectionPlace {
    SectionPlace { after: after.clone(), before: before.clone() }
}

fn block_place(anchors: [&Option<String>; 4]) -> BlockPlace {
    let [after, before, section, column] = anchors.map(Clone::clone);
    BlockPlace { after, before, section, column }
}

fn new_block(body: &InsertBlock) -> Members {
    let mut block = Members::from_iter([("type".to_owned(), body.r#type.clone().into()), ("data".to_owned(), body.data.clone().into())]);
    if let Some(styles) = &body.styles {
        block.insert("styles".to_owned(), styles.clone().into());
    }
    block
}

pub(super) fn routes() -> Vec<Route> {
    vec![
        get_with("get_content", CONTENT, "The content of an entry", OF_ENTRY, |call, tx, actor| {
            let [content_type, content_id] = ["contentType", "contentId"].map(|name| call.query(name).unwrap_or_default());
            let target = Target::find(call, tx, actor, content_type, content_id)?;
            let found = entry::get(tx, actor, target.at, target.kind, target.id, None)?.found;
            Ok(EntryContent { content: tree(&found.content)?, version: found.version })
        }),
        change::<InsertSection, SectionChanged>("insert_section", "sections/insert", "Insert a section", |body| Edit::InsertSection {
            section: body.section.clone().unwrap_or_default(),
            place: section_place(&body.after_section_id, &body.before_section_id),
        }),
        change::<UpdateSection, SectionChanged>("update_section", "sections/update", "Change a section", |body| Edit::UpdateSection {
            id: body.section_id.clone(),
            patch: body.patch.clone(),
        }),
        change::<MoveSection, SectionChanged>("move_section", "sections/move", "Move a section", |body| Edit::MoveSection {
            id: body.section_id.clone(),
            place: section_place(&body.after_section_id, &body.before_section_id),
        }),
        change::<DeleteSection, SectionChanged>("delete_section", "sections/delete", "Delete a section", |body| Edit::DeleteSection {
            id: body.section_id.clone(),
        }),
        change::<InsertBlock, BlockChanged>("insert_block", "blocks/insert", "Insert a block", |body| Edit::InsertBlock {
            block: new_block(body),
            to: block_place([&body.after_block_id, &body.before_block_id, &body.into_section_id, &body.column_id]),
        }),
        change::<UpdateBlock, BlockChanged>("update_block", "blocks/update", "Change a block", |body| Edit::UpdateBlock {
            id: body.block_id.clone(),
            data: body.data.clone(),
            styles: body.styles.clone(),
        }),
        change::<MoveBlock, BlockChanged>("move_block", "blocks/move", "Move a block", |body| Edit::MoveBlock {
            id: body.block_id.clone(),
            to: block_place([&body.after_block_id, &body.before_block_id, &body.into_section_id, &body.column_id]),
        }),
        change::<DeleteBlock, BlockChanged>("delete_block", "blocks/delete", "Delete a block", |body| Edit::DeleteBlock {
            id: body.block_id.clone(),
        }),
    ]
}

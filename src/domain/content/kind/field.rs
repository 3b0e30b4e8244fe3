//! One field of a kind, and the column that it may have of its own.

use super::FieldType;

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident $sql:literal $keeping:ident,)*) => {
        /// A column of its own in the table of entries. All other fields stand together in one JSON object.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Column {
            $($(#[$doc])* $name,)*
        }

        impl Column {
            /// The column's name in SQL.
            pub const fn sql(self) -> &'static str {
                match self { $(Self::$name => $sql,)* }
            }

            /// Whether a version keeps it.
            pub(in crate::domain::content) const fn is_kept(self) -> bool {
                match self { $(Self::$name => matches!(Keeping::$keeping, Keeping::Kept),)* }
            }

            /// Whether it says who may see the entry.
            pub(in crate::domain::content) const fn is_visibility(self) -> bool {
                match self { $(Self::$name => matches!(Keeping::$keeping, Keeping::Visibility),)* }
            }
        }
    };
}

/// What versions have of a column.
enum Keeping {
    /// It is in each version, and comes back with it.
    Kept,
    /// It is of the entry as it is now: a status, a date, a place.
    Live,
    /// The same, for what says who may see it: an operation of its own changes it, and a working copy holds it beside its texts.
    Visibility,
}

columns! {
    /// The name that people in the console see.
    Name "name" Kept,
    /// The last part of the address.
    Slug "slug" Kept,
    /// Draft, published, scheduled.
    Status "status" Live,
    /// Whether lists and search engines may show it.
    IsListed "is_listed" Visibility,
    /// Whether a reader must sign in.
    RequiresViewerAuth "requires_viewer_auth" Visibility,
    /// The person who wrote it.
    AuthorId "author_id" Live,
    /// The author as printed.
    AuthorName "author_name" Kept,
    /// The date as printed.
    PublishDate "publish_date" Kept,
    /// When it publishes itself.
    ScheduledAt "scheduled_at" Live,
    /// When it was published.
    PublishedAt "published_at" Live,
    /// Its layout.
    LayoutId "layout_id" Kept,
    /// Its header.
    HeaderId "header_id" Kept,
    /// Its footer.
    FooterId "footer_id" Kept,
    /// How wide it may become.
    MaxWidth "max_width" Kept,
    /// Whether it has a button that closes it.
    IncludeClose "include_close" Kept,
    /// Whether a form takes what visitors send.
    IsActive "is_active" Live,
    /// What it stands below.
    ParentId "parent_id" Live,
    /// Its number among those beside it.
    Position "position" Live,
    /// The content tree.
    Content "content" Live,
    /// When it was made.
    CreatedAt "created_at" Live,
    /// When it last changed.
    UpdatedAt "updated_at" Live,
}

/// One field of a kind, or of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name on the wire.
    pub name: &'static str,
    /// What it holds.
    pub holds: FieldType,
    /// Its own column; `None` for a member of the JSON object.
    pub column: Option<Column>,
    /// Whether a create must give it.
    pub required: bool,
    /// Whether `null` is a value of it.
    pub nullable: bool,
    /// Whether a create may give it.
    pub on_create: bool,
    /// Whether an update may give it.
    pub on_update: bool,
    /// Whether `search` looks into it.
    pub searchable: bool,
    /// Whether a list filters by it.
    pub filter: bool,
    /// Whether a list sorts by it.
    pub sort: bool,
    /// Whether `lite` leaves it out.
    pub heavy: bool,
    /// Whether the console's form has it.
    pub in_form: bool,
    /// Whether its text is Markdown.
    pub markdown: bool,
    /// Files of which sort it names, where it names one: `image`, `film`, `text`; empty for any.
    pub media: &'static str,
    /// How many of its characters are seen where others show it; longer ones are cut there.
    pub seen: Option<usize>,
}

impl Field {
    /// A field that only answers hold, until one of the methods below says more.
    pub const fn new(name: &'static str, holds: FieldType) -> Self {
        let nullable = !matches!(
            holds,
            FieldType::Slug
                | FieldType::Status
                | FieldType::PlainStatus
                | FieldType::Bool
                | FieldType::Tags
                | FieldType::Origins
                | FieldType::Tree
                | FieldType::Items { .. }
                | FieldType::References { .. }
        );
        Self {
            name,
            holds,
            column: None,
            required: false,
            nullable,
            on_create: false,
            on_update: false,
            searchable: false,
            filter: false,
            sort: false,
            heavy: false,
            in_form: false,
            markdown: false,
            media: "",
            seen: None,
        }
    }

    /// Stored in a column of its own.
    pub const fn column(self, column: Column) -> Self {
        Self { column: Some(column), ..self }
    }

    /// Must be given on create, and is never null.
    pub const fn required(self) -> Self {
        Self { required: true, nullable: false, ..self }
    }

    /// Never null.
    pub const fn never_null(self) -> Self {
        Self { nullable: false, ..self }
    }

    /// `null` is a value of it.
    pub const fn nullable(self) -> Self {
        Self { nullable: true, ..self }
    }

    /// May be given on create.
    pub const fn create(self) -> Self {
        Self { on_create: true, ..self }
    }

    /// May be given on create and on update.
    pub const fn write(self) -> Self {
        Self { on_create: true, on_update: true, ..self }
    }

    /// `search` looks into it.
    pub const fn searchable(self) -> Self {
        Self { searchable: true, ..self }
    }

    /// A list filters by it.
    pub const fn filter(self) -> Self {
        Self { filter: true, ..self }
    }

    /// A list sorts by it.
    pub const fn sort(self) -> Self {
        Self { sort: true, ..self }
    }

    /// Only a create may give it.
    pub const fn fixed(self) -> Self {
        Self { on_update: false, ..self }
    }

    /// The console's form has it.
    pub const fn form(self) -> Self {
        Self { in_form: true, ..self }
    }

    /// Names files of this sort.
    pub const fn media(self, sort: &'static str) -> Self {
        Self { media: sort, ..self }
    }

    /// Its text is Markdown.
    pub const fn markdown(self) -> Self {
        Self { markdown: true, ..self }
    }

    /// So many of its characters are seen where others show it.
    pub const fn visible(self, characters: usize) -> Self {
        Self { seen: Some(characters), ..self }
    }

    /// `lite` leaves it out.
    pub const fn heavy(self) -> Self {
        Self { heavy: true, ..self }
    }

    /// Whether its text may differ by language.
    pub const fn localized(&self) -> bool {
        matches!(self.holds, FieldType::Localized { .. } | FieldType::LocalizedBlock { .. } | FieldType::LocalizedLink)
    }
}

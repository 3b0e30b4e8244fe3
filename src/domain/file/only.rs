//! What files can be narrowed to, beside what their lists filter by.

/// Which files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// Those that everybody may see.
    Public,
    /// Those that members and keys may see.
    Private,
    /// Pictures of which nothing is said to whoever does not see them.
    Undescribed,
    /// Those that nothing refers to.
    Unused,
}

impl Only {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Public, Self::Private, Self::Undescribed, Self::Unused];

    /// The word in an address.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
            Self::Undescribed => "undescribed",
            Self::Unused => "unused",
        }
    }

    /// The one of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

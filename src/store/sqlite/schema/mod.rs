//! The embedded migrations, and the rule which database file may be opened. How they run is the engine file's matter.
//!
//! A database counts its migrations in `PRAGMA user_version` and names its program in `PRAGMA application_id`.

use super::open::Refusal;

/// All migrations of the SQLite schema, oldest first. A released one never changes: a change is one more file.
pub const MIGRATIONS: &[&str] = &[
    include_str!("0001_start.sql"),
    include_str!("0002_key_reminders.sql"),
    include_str!("0003_traffic.sql"),
    include_str!("0004_purpose.sql"),
    include_str!("0005_languages.sql"),
    include_str!("0006_search.sql"),
    include_str!("0007_browser_locale.sql"),
    include_str!("0008_collaborators.sql"),
    include_str!("0009_ends.sql"),
    include_str!("0010_idempotency.sql"),
    include_str!("0011_givers.sql"),
    include_str!("0012_folds.sql"),
    include_str!("0013_sweeps.sql"),
    include_str!("0014_places.sql"),
    include_str!("0015_gates.sql"),
    include_str!("0016_addresses.sql"),
    include_str!("0017_one_row.sql"),
    include_str!("0018_slots.sql"),
    include_str!("0019_form_tokens.sql"),
    include_str!("0020_deliveries.sql"),
    include_str!("0021_key_calls.sql"),
    include_str!("0022_checks.sql"),
    include_str!("0023_operators.sql"),
    include_str!("0024_restrictions.sql"),
    include_str!("0025_purge.sql"),
    include_str!("0026_retention.sql"),
    include_str!("0027_project_trash.sql"),
    include_str!("0028_unknown_blocks.sql"),
    include_str!("0029_viewers.sql"),
    include_str!("0030_packed_versions.sql"),
    include_str!("0031_full_text.sql"),
    include_str!("0032_containers.sql"),
    include_str!("0033_singletons.sql"),
    include_str!("0034_changes.sql"),
    include_str!("0035_nested.sql"),
    include_str!("0036_working_copies.sql"),
    include_str!("0037_search_words.sql"),
    include_str!("0038_touched.sql"),
    include_str!("0039_languages.sql"),
    include_str!("0040_changes_of_apps.sql"),
    include_str!("0041_files.sql"),
    include_str!("0042_brandings.sql"),
    include_str!("0043_domains.sql"),
    include_str!("0044_forms.sql"),
    include_str!("0045_variants.sql"),
    include_str!("0046_submissions.sql"),
    include_str!("0047_webhooks.sql"),
    include_str!("0048_submissions_told.sql"),
    include_str!("0049_submission_mail.sql"),
    include_str!("0050_submission_words.sql"),
    include_str!("0051_file_versions.sql"),
    include_str!("0052_attachments.sql"),
    include_str!("0053_email_kind.sql"),
];

/// `PRAGMA application_id` of every Stele database: the letters "Stel".
pub const APPLICATION_ID: i64 = 0x5374_656c;

/// What a file says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// `PRAGMA application_id`; 0 where nobody set it.
    pub application: i64,
    /// `PRAGMA user_version`: how many migrations it has seen.
    pub version: i64,
    /// How many tables, indices, views and triggers it has.
    pub objects: i64,
}

/// How many of the `known` migrations a database with this label has, or why it must be left alone.
pub fn admit(label: Label, known: usize) -> Result<usize, Refusal> {
    let empty = label.application == 0 && label.version == 0 && label.objects == 0;
    if label.application != APPLICATION_ID && !empty {
        return Err(Refusal::Foreign);
    }
    match usize::try_from(label.version) {
        Ok(version) if version <= known => Ok(version),
        _ => Err(Refusal::Newer { found: label.version, known }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_empty_and_own_databases_are_admitted() {
        let label = |application, version, objects| admit(Label { application, version, objects }, 3);
        assert_eq!(label(0, 0, 0), Ok(0));
        assert_eq!(label(APPLICATION_ID, 0, 0), Ok(0));
        assert_eq!(label(APPLICATION_ID, 3, 20), Ok(3));
        assert_eq!(label(APPLICATION_ID, 4, 20), Err(Refusal::Newer { found: 4, known: 3 }));
        assert_eq!(label(APPLICATION_ID, -1, 20), Err(Refusal::Newer { found: -1, known: 3 }));
        for other in [label(0, 0, 1), label(0, 2, 0), label(7, 0, 0), label(7, 3, 20)] {
            assert_eq!(other, Err(Refusal::Foreign));
        }
    }
}

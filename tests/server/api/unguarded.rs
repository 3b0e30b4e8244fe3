//! What the store does without a grant, or without looking at it: read in its sources, so that a function is told whatever it is called.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// Functions by their file below `src/store/`, both in order.
type Functions = &'static [(&'static str, &'static [&'static str])];

/// Those whose names begin with `unguarded_`: before there is a caller, for the command line, or in the background.
const UNGUARDED: Functions = &[
    (
        "account/delivery",
        &[
            "any_ahead",
            "cancel",
            "cancel_resets",
            "claim",
            "due",
            "failed",
            "forget",
            "hasten",
            "insert",
            "mark_sent",
            "next",
            "note_error",
            "old",
            "one",
            "report",
            "waiting",
        ],
    ),
    ("account/notification", &["insert"]),
    ("account/session", &["by_token", "delete", "delete_of_user", "exists", "insert", "note_use"]),
    (
        "account/user",
        &[
            "anybody",
            "by_email",
            "by_id",
            "insert",
            "is_operator",
            "list",
            "make_operator",
            "operators",
            "password_hash",
            "set_browser_locale",
            "set_disabled",
            "set_locale",
            "set_password",
        ],
    ),
    ("backup", &["end_keys", "end_sessions", "expire_cursors", "pending", "relink", "renew"]),
    ("content/front/change", &["any_old", "forget"]),
    ("content/schedule", &["due", "due_one", "next_due", "publish"]),
    ("content/trash", &["any_old", "forget"]),
    ("content/upkeep", &["apply", "due", "next_due", "packed", "stored"]),
    ("content/version", &["keep"]),
    ("content/working/copy", &["any_old", "base_versions", "forget"]),
    (
        "file/blob",
        &[
            "abandon_all",
            "drop_pieces",
            "drop_some",
            "due",
            "elsewhere",
            "files",
            "forget_leftover",
            "leftovers",
            "let_go",
            "next_due",
            "piece",
            "placed",
            "put_piece",
            "whole",
        ],
    ),
    ("file/erase", &["any_old", "forget"]),
    ("file/file", &["served"]),
    ("file/variant", &["due", "due_one", "end", "keep", "next_due", "one", "put", "try"]),
    ("file/version", &["due", "served", "stored", "thin"]),
    ("form/attachment", &["any_left", "drop_left"]),
    ("form/path", &["of_id", "of_slug"]),
    ("form/submission", &["any_expired", "drop_expired", "drop_of_app", "get"]),
    ("form_token", &["forget", "is_used", "old", "spend"]),
    ("idempotency", &["find", "forget", "keep", "old"]),
    ("instance", &["check", "get", "get_or_make"]),
    ("key/calls", &["add", "forget", "old"]),
    ("key/key", &["note_use", "set_expiry"]),
    ("key/reminder", &["due", "due_one", "note", "recipients"]),
    ("key/retention", &["any_ended", "forget"]),
    ("key/token", &["insert_signing_key", "retire_signing_keys", "revoke", "signing_keys"]),
    ("org/activity", &["any_old", "forget", "note", "note_system"]),
    ("org/invitation", &["accept", "by_id", "by_token"]),
    ("org/member", &["insert_invited"]),
    ("org/organization", &["all", "insert"]),
    ("org/purge", &["due_org", "due_project", "shrink_org", "shrink_project"]),
    ("project/branding", &["get"]),
    ("project/domain", &["by_hostname", "due", "get", "is_held", "next_due", "served", "settle"]),
    ("project/traffic", &["add", "forget", "old"]),
    ("project/webhook/delivery", &["claim", "forget", "give_up", "old", "queue", "refresh", "settle", "waiting"]),
    ("project/webhook/owner", &["of", "place"]),
    ("project/webhook/tell", &["tell"]),
    ("project/webhook/webhook", &["due", "get", "next_due", "settle"]),
    (
        "unguarded",
        &[
            "app_by_slug",
            "app_role",
            "key_by_hash",
            "key_facts",
            "org_by_slug",
            "org_role",
            "project_by_slug",
            "project_role",
            "sees_project",
        ],
    ),
];

/// The others that take no grant, or put none of its ids into a WHERE. What they take was found in the same transaction by one that does; or they
/// are for the instance, for what the caller keeps for themselves, or make statements of what others give them.
const FOUND_BEFORE: Functions = &[
    ("account/user", &["set_operator"]),
    ("content/entry", &["editors"]),
    ("content/trash", &["erase"]),
    ("content/version", &["keep"]),
    ("content/working/clipboard", &["get", "put"]),
    ("content/working/copy", &["delete", "has_step", "pop_step", "push_step", "put"]),
    ("file/erase", &["file"]),
    ("form/blocked", &["add"]),
    ("form/sender", &["drop"]),
    ("form/submission", &["count", "count_of", "having"]),
    ("key/calls", &["of_key"]),
    ("key/key", &["let_end", "rename", "restrict", "revoke"]),
    ("key/key_list", &["in_use_by"]),
    ("mod", &["read_now", "write_aside", "write_now"]),
    ("org/activity", &["newest_of_instance", "of_key"]),
    ("project/webhook/delivery", &["any_of", "delete_of", "list", "queue_again"]),
    ("sql", &["among", "among_either", "list", "page_with_total", "read", "tally"]),
];

/// Of those, the ones that take a bare id of what they read or write, which the caller has found a line before. All others take the thing itself, which
/// only the store makes.
const BY_ID: Functions = &[("form/mail", &["queue_again"]), ("project/webhook/delivery", &["queue_of"])];

/// Every Rust file in a folder and the folders in it.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.extension() {
            _ if path.is_dir() => collect(&path, files),
            Some(end) if end == "rs" => files.push(path),
            _ => {}
        }
    }
}

/// How a public function of the store is guarded.
#[derive(Debug, PartialEq)]
enum Guard {
    /// By no grant, as its name says.
    Unguarded,
    /// By none that its signature shows to be used.
    FoundBefore,
    /// The same, and it takes a bare id.
    ById,
    /// By a grant, or it asks the database nothing.
    Guarded,
}

/// The name of a function and its guard, by what stands behind its `pub fn`.
fn guard_of(text: &str) -> (&str, Guard) {
    let signature = text.split('{').next().unwrap();
    let name = signature.split(['(', '<']).next().unwrap();
    // Whose keys are meant says the grant that comes with it.
    let has_grant = (signature.contains("Granted<") && !signature.contains("_: &Granted<"))
        || (signature.contains("&KeysOf") && !signature.contains("_: &KeysOf"));
    match name.strip_prefix("unguarded_") {
        Some(name) => (name, Guard::Unguarded),
        None if signature.contains("Tx<") && !has_grant => (name, if takes_id(signature) { Guard::ById } else { Guard::FoundBefore }),
        None => (name, Guard::Guarded),
    }
}

/// Whether an argument is, or holds, an id of something other than a person, who is the caller or was read with what they have done.
fn takes_id(signature: &str) -> bool {
    let arguments = signature.split("->").next().unwrap_or_default();
    arguments.split(|c: char| !c.is_alphanumeric()).any(|word| word.len() > 2 && word.ends_with("Id") && word != "UserId")
}

/// All functions of the store with this guard: those that others than the store may call.
fn with(guard: &Guard) -> BTreeMap<String, Vec<String>> {
    let store = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut files = Vec::new();
    collect(&store, &mut files);
    assert!(files.iter().any(|file| file.ends_with("sqlite/writer.rs")), "the folders below are looked through, too");
    let mut found = BTreeMap::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let functions = text.split("pub fn ").skip(1).map(guard_of).filter(|(_, of)| of == guard);
        let mut names: Vec<_> = functions.map(|(name, _)| name.to_owned()).collect();
        names.sort();
        if !names.is_empty() {
            found.insert(file.strip_prefix(&store).unwrap().with_extension("").to_str().unwrap().to_owned(), names);
        }
    }
    found
}

fn listed(functions: Functions) -> BTreeMap<String, Vec<String>> {
    let names = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect();
    functions.iter().map(|(file, all)| ((*file).to_owned(), names(all))).collect()
}

#[test]
fn the_store_has_no_unguarded_function_but_these() {
    assert_eq!(with(&Guard::Unguarded), listed(UNGUARDED));
}

#[test]
fn the_store_has_no_function_that_looks_at_no_grant_but_these() {
    assert_eq!(with(&Guard::FoundBefore), listed(FOUND_BEFORE));
    assert_eq!(with(&Guard::ById), listed(BY_ID));
    for functions in [UNGUARDED, FOUND_BEFORE, BY_ID] {
        assert!(functions.is_sorted(), "by their files");
    }
}

#[test]
fn a_function_is_told_by_what_it_takes() {
    let found = [
        "get(tx: &mut Tx<'_>, of: &Entry) -> Result<()> {",
        "get(tx: &mut Tx<'_>, _: &Granted<InApp>, of: &Entry, user: UserId) -> Result<()> {",
        "get<T: Of>(\n    tx: &mut Tx<'_>,\n    _: &Granted<InApp>,\n) -> Result<()> {",
    ];
    let by_id =
        ["get(tx: &mut Tx<'_>, id: EntryId) -> Result<()> {", "get(tx: &mut Tx<'_>, _: &Granted<InApp>, ids: &[EntryId], most: u32) {"];
    assert!(by_id.iter().all(|text| guard_of(text) == ("get", Guard::ById)));
    assert!(found.iter().all(|text| guard_of(text) == ("get", Guard::FoundBefore)));
    assert_eq!(guard_of("get(tx: &mut Tx<'_>, at: &Granted<InApp>) -> Result<()> {"), ("get", Guard::Guarded));
    assert_eq!(guard_of("fold(text: &str) -> String {"), ("fold", Guard::Guarded));
    assert_eq!(guard_of("unguarded_get(tx: &mut Tx<'_>) {"), ("get", Guard::Unguarded));
}

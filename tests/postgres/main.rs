//! Every statement and every list of the store on PostgreSQL, over the same schema: so that a second engine is one more folder, and no
//! SQL. `tests/run` installs the server and runs this; what the tests of the server asked theirs is tried, too.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod cluster;

use std::{collections::BTreeMap, fmt::Write, fs};

use cluster::Cluster;
use stele::store::{self, sql, sqlite::schema::MIGRATIONS};

/// Columns that hold true or false. SQLite has no type for them.
const FLAGS: &[&str] = &[
    "key_expiry_required",
    "personal_keys_allowed",
    "is_listed",
    "requires_viewer_auth",
    "is_operator",
    "include_close",
    "is_active",
    "reads_submissions",
    "is_primary",
    "by_operator",
    "is_public",
    "is_active",
];

/// What is left out: that which fills rows, and the full-text index, which each engine has in its own way.
const BESIDE: &[&str] = &["UPDATE ", "INSERT ", "CREATE VIRTUAL TABLE "];

/// The schema as PostgreSQL takes it: its types, and without what fills rows.
fn schema() -> String {
    let code: String = MIGRATIONS.iter().flat_map(|step| step.lines()).map(|line| line.split("--").next().unwrap_or(line)).collect();
    let mut schema = String::new();
    for statement in code.split(';').map(str::trim).filter(|one| !one.is_empty() && !BESIDE.iter().any(|start| one.starts_with(start))) {
        let mut statement = statement.replace(") STRICT, WITHOUT ROWID", ")").replace(") STRICT", ")").replace(" BLOB", " BYTEA");
        for flag in FLAGS {
            statement = statement.replace(&format!("{flag} INTEGER"), &format!("{flag} BOOLEAN"));
        }
        writeln!(schema, "{};", statement.replace(" INTEGER", " BIGINT")).unwrap();
    }
    schema
}

/// A value of each type that the store binds. It is the same for all ids and words, so that all rows belong together.
fn sample(of: &str) -> Option<&'static str> {
    Some(match of {
        "bigint" | "integer" => "1",
        "text" => "'user'",
        "boolean" => "TRUE",
        "bytea" => "'\\x00'",
        _ => return None,
    })
}

/// A statement, and the types of what is bound if that is known; `unknown` for NULL.
struct Statement {
    name: String,
    text: String,
    types: Option<Vec<String>>,
}

/// Tries statements on an empty database; what is wrong with them. Those that insert come first and stay, so that the others find rows.
fn faults(cluster: &Cluster, mut statements: Vec<Statement>) -> Vec<String> {
    statements.sort_by_key(|one| !one.text.starts_with("INSERT"));
    let mut script = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n".to_owned();
    script.push_str(&schema());
    let (_, broken) = cluster.run(&script);
    let broken = broken.lines().filter(|line| line.contains("ERROR")).collect::<Vec<_>>();
    assert!(broken.is_empty(), "the schema: {broken:?}");
    let mut preparing = String::new();
    for (at, Statement { text, types, .. }) in statements.iter().enumerate() {
        let types = types.as_ref().filter(|types| !types.is_empty()).map_or_else(String::new, |types| format!("({})", types.join(", ")));
        writeln!(preparing, "\\warn #{at}\nPREPARE s{at} {types} AS {text};").unwrap();
    }
    preparing.push_str("\\warn #\nSELECT name, array_to_string(parameter_types, ',') FROM pg_prepared_statements;\n");
    let (told, failed) = cluster.run(&preparing);
    let inferred: BTreeMap<_, _> = told.lines().filter_map(|line| line.split_once('\t')).collect();
    let mut found = errors(&statements, &failed);
    // A foreign key has nothing to say about types.
    let mut running = format!("{preparing}SET session_replication_role = replica;\n");
    for (at, Statement { name, text, .. }) in statements.iter().enumerate() {
        let Some(types) = inferred.get(format!("s{at}").as_str()) else { continue };
        let types: Vec<_> = types.split(',').filter(|one| !one.is_empty()).collect();
        let values: Option<Vec<_>> = types.iter().map(|one| sample(one)).collect();
        let Some(values) = values else {
            found.push(format!("{name}: binds {types:?}"));
            continue;
        };
        let values = if values.is_empty() { String::new() } else { format!("({})", values.join(", ")) };
        let end = if text.starts_with("INSERT") { "COMMIT" } else { "ROLLBACK" };
        writeln!(running, "\\warn #{at}\nBEGIN; EXECUTE s{at} {values}; {end};").unwrap();
    }
    let running = format!("\\set VERBOSITY verbose\n{running}");
    let (_, failed) = cluster.run(&running);
    // What was prepared in vain was told above; that a row is there already is no fault of a statement.
    let failed: String = failed.lines().filter(|line| !line.contains("ERROR:  23505")).map(|line| format!("{line}\n")).collect();
    found.extend(errors(&statements, &failed));
    found.sort();
    found.dedup();
    found
}

/// The errors that are told behind the number of a statement.
fn errors(statements: &[Statement], told: &str) -> Vec<String> {
    let mut at = None;
    let mut found = Vec::new();
    for line in told.lines() {
        match line.strip_prefix('#') {
            Some(number) => at = number.parse().ok().and_then(|number: usize| statements.get(number)),
            None if line.contains("ERROR:") => {
                let why = line.split("ERROR:").nth(1).unwrap_or(line).trim();
                let why = why.split_once(": ").filter(|(code, _)| code.len() == 5).map_or(why, |(_, why)| why);
                found.push(format!("{}: {why}", at.map_or("?", |one| one.name.as_str())));
            }
            None => {}
        }
    }
    found
}

fn statement(name: &str, text: &str) -> Statement {
    Statement { name: name.to_owned(), text: text.to_owned(), types: None }
}

#[test]
fn every_statement_and_list_runs_on_postgresql() {
    let mut all: Vec<_> = store::statements().map(|(file, name, sql)| statement(&format!("{file}::{name}"), sql.text())).collect();
    for (spec, table) in store::lists() {
        all.extend(sql::every_list(spec, table, &[]).unwrap().iter().map(|sql| statement(table.from, sql.text())));
    }
    assert!(all.len() > 200, "only {} were found", all.len());
    assert_eq!(faults(&Cluster::start(), all), Vec::<String>::new());
}

/// The tests of the server keep what they ask in the file that `STELE_STATEMENTS` names, with the types of what they bind.
#[test]
fn what_the_tests_of_the_server_asked_runs_with_what_they_bound() {
    let file = std::env::var_os("STELE_STATEMENTS").expect("STELE_STATEMENTS, as `cargo test --test server` was given it");
    let asked = fs::read_to_string(file).unwrap();
    let mut all = BTreeMap::new();
    for (types, text) in asked.lines().filter_map(|line| line.split_once('\t')) {
        let types = types.split(' ').filter(|one| !one.is_empty()).map(str::to_owned).collect();
        all.insert((types, text), ());
    }
    assert!(all.len() > 300, "only {} were asked", all.len());
    let all = all.into_keys().map(|(types, text)| Statement { name: text.to_owned(), text: text.to_owned(), types: Some(types) }).collect();
    assert_eq!(faults(&Cluster::start(), all), Vec::<String>::new());
}

#[test]
fn what_would_not_run_there_is_noticed() {
    let bad = [
        "SELECT MAX(n, 1) FROM counters",
        "UPDATE entries SET is_listed = 1",
        "SELECT id FROM apps a WHERE (a.deleted_at IS NULL) = 1",
        "INSERT INTO counters (owner, what, slot, n) VALUES ($1, $2, 0, 1) ON CONFLICT (owner, what, slot) DO UPDATE SET n = n + excluded.n",
        "SELECT 1 FROM counters WHERE n > CASE WHEN n > 1 THEN $1 ELSE $2 END",
        "SELECT id FROM users ORDER BY 'x'",
        "SELECT $1 / 2.5",
    ];
    let all = bad.iter().map(|text| statement(text, text)).chain([statement("good", "SELECT id FROM users WHERE id = $1")]).collect();
    let found = faults(&Cluster::start(), all);
    assert_eq!(found.len(), bad.len(), "{found:#?}");
}

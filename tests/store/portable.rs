//! SQL as every engine takes it: words and forms that only one of them knows are found wherever the store writes SQL.
//!
//! Each rule is a plain function over one statement, so that the second half can show that it fails when it should.

use std::{fs, path::Path};

use stele::store::{
    self, sql,
    sqlite::{options::Options, schema::MIGRATIONS},
};

use crate::{statements::files, support::Base};

/// What is wrong with a statement.
type Rule = fn(&str) -> Option<String>;

const RULES: &[Rule] = &[foreign_word, scalar_extreme, untyped_case, uncast_sum, bare_column, constant_order, number_for_flag];

/// Functions and forms of single engines. LOWER is one: what it does to letters beyond ASCII differs.
const FOREIGN: &[&str] = &[
    "LOWER(",
    "UPPER(",
    "IFNULL(",
    "NVL(",
    "IIF(",
    "INSTR(",
    "PRINTF(",
    "TOTAL(",
    "GROUP_CONCAT(",
    "STRING_AGG(",
    "GLOB ",
    "COLLATE ",
    "ILIKE ",
    "REGEXP ",
    "ROWID",
    "RANDOM(",
    "JSON_",
    "->>",
    "STRFTIME(",
    "DATETIME(",
    "NOW()",
    "CURRENT_",
    "INSERT OR ",
    "REPLACE INTO",
    "INDEXED BY",
    "::",
    "==",
    "`",
    "RETURNING ",
    "PRAGMA ",
];

fn foreign_word(sql: &str) -> Option<String> {
    let sql = sql.to_uppercase();
    FOREIGN.iter().find(|word| sql.contains(**word)).map(|word| format!("{word:?} is not known to every engine"))
}

/// The arguments of each call of a function.
fn calls<'s>(sql: &'s str, name: &str) -> Vec<(&'s str, Vec<&'s str>)> {
    let starts = sql.match_indices(name).filter(|(at, _)| !sql[..*at].ends_with(|before: char| before.is_alphanumeric() || before == '_'));
    starts.map(|(at, _)| (&sql[..at], arguments(&sql[at + name.len()..]))).collect()
}

/// What stands up to the bracket that closes, parted by the commas outside of others.
fn arguments(text: &str) -> Vec<&str> {
    let (mut depth, mut from, mut found) = (0, 0, Vec::new());
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' if depth == 0 => {
                found.push(&text[from..at]);
                return found;
            }
            ')' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// The greater of two values is a CASE: MAX of one column is an aggregate everywhere, MAX of two values is a function of one engine.
fn scalar_extreme(sql: &str) -> Option<String> {
    let scalar = ["MAX(", "MIN("].into_iter().find(|name| calls(sql, name).iter().any(|(_, arguments)| arguments.len() > 1));
    scalar.map(|name| format!("{name}...) of more than one value"))
}

/// A placeholder as the value of a CASE has no type.
fn untyped_case(sql: &str) -> Option<String> {
    let words: Vec<_> = sql.split_whitespace().collect();
    let untyped = words.windows(2).find(|pair| matches!(pair[0], "THEN" | "ELSE") && pair[1].starts_with(['$', '?']));
    untyped.map(|pair| format!("{} in a CASE has no type", pair.join(" ")))
}

/// The sum of whole numbers is a decimal number to some.
fn uncast_sum(sql: &str) -> Option<String> {
    let uncast = calls(sql, "SUM(").into_iter().find(|(before, _)| !before.ends_with("CAST(") && !before.ends_with("CAST(COALESCE("));
    uncast.map(|(_, arguments)| format!("SUM({}) without CAST(... AS BIGINT)", arguments.join(",")))
}

/// In DO UPDATE a column may be that of the row that is there or that of the new one.
fn bare_column(sql: &str) -> Option<String> {
    let (_, update) = sql.split_once("DO UPDATE SET")?;
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '$');
    let words: Vec<_> = update.split(|c: char| !name(c) && c != '=' && c != ',').filter(|word| !word.is_empty()).collect();
    let words: Vec<_> = words.iter().flat_map(|word| word.split_inclusive(',')).collect();
    let bare = words.iter().enumerate().find(|(at, word)| {
        let word = word.trim_end_matches(',');
        let is_set = words.get(at + 1).is_some_and(|next| *next == "=") && (*at == 0 || words[at - 1].ends_with(','));
        word.starts_with(|c: char| c.is_ascii_lowercase()) && !word.contains('.') && !is_set
    });
    bare.map(|(_, word)| format!("{word} in DO UPDATE says not whose"))
}

/// What is the same for all rows is no order, and to some an error.
fn constant_order(sql: &str) -> Option<String> {
    let by = sql.split("ORDER BY ").skip(1).find(|by| by.starts_with(|c: char| c == '\'' || c.is_ascii_digit()));
    by.map(|by| format!("ORDER BY a constant: {}", by.split(',').next().unwrap_or(by)))
}

/// True is not 1.
fn number_for_flag(sql: &str) -> Option<String> {
    const FLAGS: &[&str] = &["is_listed", "requires_viewer_auth", "key_expiry_required", "personal_keys_allowed", "IS NULL)"];
    let compared = FLAGS.iter().flat_map(|flag| ["= 0", "= 1", "<> 0", "<> 1"].map(|number| format!("{flag} {number}")));
    compared.into_iter().find(|text| sql.contains(text)).map(|text| format!("{text} compares a flag with a number"))
}

fn faults(name: &str, sql: &str) -> Vec<String> {
    RULES.iter().filter_map(|rule| rule(sql)).map(|fault| format!("{name}: {fault}")).collect()
}

#[test]
fn every_statement_and_list_is_of_every_engine() {
    let mut found: Vec<_> = store::statements().flat_map(|(file, name, sql)| faults(&format!("{file}::{name}"), sql.text())).collect();
    for (spec, table) in store::lists() {
        found.extend(sql::every_list(spec, table, &[]).unwrap().iter().flat_map(|sql| faults(table.from, sql.text())));
    }
    assert_eq!(found, Vec::<String>::new());
}

/// Every text between quotation marks in the code of a file, with its line.
fn texts(code: &str) -> Vec<(usize, &str)> {
    let code = code.split("\n#[cfg(test)]").next().unwrap_or(code);
    let (mut found, mut from, mut comment) = (Vec::new(), None, false);
    let mut before = ' ';
    for (at, letter) in code.char_indices() {
        match (letter, from) {
            ('\n', None) => comment = false,
            ('/', None) if before == '/' => comment = true,
            ('"', None) if !comment && before != '\'' => from = Some(at + 1),
            ('"', Some(start)) if before != '\\' => {
                found.push((code[..start].lines().count(), &code[start..at]));
                from = None;
            }
            _ => {}
        }
        before = letter;
    }
    found
}

/// Conditions and columns are SQL as well, and are in no register.
#[test]
fn every_piece_of_one_is_of_every_engine() {
    let (mut looked_at, mut found) = (0, Vec::new());
    for (file, code) in files().into_iter().filter(|(file, _)| !file.starts_with("sqlite/")) {
        for (line, text) in texts(&code) {
            looked_at += 1;
            found.extend(faults(&format!("{file}:{line}"), text));
        }
    }
    assert!(looked_at > 500, "only {looked_at} texts were found");
    assert_eq!(found, Vec::<String>::new());
}

/// Steps of the schema that changed rows by SQL before that was left to Rust. They are released and stay.
const WITH_ROWS: &[usize] = &[4, 5, 9, 11];

/// What a step of the schema does besides making, changing and dropping tables and indices. Filling a table from one that the same step
/// drops is changing it: SQLite has no other way for some changes.
fn beside_ddl(step: &str) -> Vec<String> {
    let code: String = step.lines().map(|line| line.split("--").next().unwrap_or(line)).collect::<Vec<_>>().join("\n");
    let statements = code.split(';').map(str::trim).filter(|one| !one.is_empty());
    let ddl = |one: &str| {
        ["CREATE TABLE ", "CREATE VIRTUAL TABLE ", "CREATE INDEX ", "CREATE UNIQUE INDEX ", "ALTER TABLE ", "DROP INDEX ", "DROP TABLE "]
            .iter()
            .any(|start| one.starts_with(start))
    };
    let rebuilds = |one: &str| {
        let from = one.rsplit_once(" FROM ").filter(|_| one.starts_with("INSERT INTO ") && one.contains(" SELECT "));
        from.is_some_and(|(_, table)| step.contains(&format!("DROP TABLE {table};")))
    };
    // FTS5 takes a setting of an index as a row, whose first column is called as the index.
    let sets = |one: &str| {
        let index = one.strip_prefix("INSERT INTO ").and_then(|rest| rest.split_once(' '));
        index.is_some_and(|(index, rest)| {
            rest.starts_with(&format!("({index}, rank) ")) && step.contains(&format!("VIRTUAL TABLE {index} USING fts5"))
        })
    };
    statements
        .filter(|one| !ddl(one) && !rebuilds(one) && !sets(one))
        .map(|one| one.split_whitespace().take(3).collect::<Vec<_>>().join(" "))
        .collect()
}

#[test]
fn steps_of_the_schema_change_tables_and_no_rows() {
    let with_rows = (1..).zip(MIGRATIONS).filter(|(_, step)| !beside_ddl(step).is_empty()).map(|(number, _)| number);
    assert_eq!(with_rows.collect::<Vec<_>>(), WITH_ROWS);
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/store/sqlite/schema"));
    let is_step = |file: &fs::DirEntry| file.path().extension().is_some_and(|ending| ending == "sql");
    let steps = fs::read_dir(folder).unwrap().map(Result::unwrap).filter(is_step).count();
    assert_eq!(steps, MIGRATIONS.len(), "no step is forgotten");
}

#[test]
fn a_table_for_one_row_takes_no_second() {
    let base = Base::with(Options::default());
    let insert = |id: &str| base.raw().execute("INSERT INTO instance (id, secret, created_at) VALUES ($1, x'00', 0)", [id]);
    assert_eq!(insert("one").unwrap(), 1);
    assert!(insert("two").is_err());
    assert!(base.raw().execute("INSERT INTO instance (id, secret, created_at, one) VALUES ('two', x'00', 0, 2)", []).is_err());
    for (step, table) in MIGRATIONS.iter().flat_map(|step| step.match_indices("-- One row").map(move |(at, _)| (step, &step[at..]))) {
        assert!(table.contains("CREATE TABLE instance"), "a table for one row is not tried here: {step}");
    }
}

/// The rules themselves, over samples that break them and samples that do not.
mod rules {
    use super::*;

    fn breaks(rule: Rule, bad: &[&str], good: &[&str]) {
        for sql in bad {
            assert!(rule(sql).is_some(), "{sql}");
        }
        for sql in good {
            assert_eq!(rule(sql), None, "{sql}");
        }
    }

    #[test]
    fn words() {
        let bad = [
            "SELECT lower(name) FROM a",
            "SELECT IFNULL(a, 1)",
            "INSERT OR IGNORE INTO a",
            "SELECT rowid FROM a",
            "WHERE a GLOB $1",
            "SELECT a::text",
        ];
        breaks(foreign_word, &bad, &["SELECT name_fold FROM a WHERE b LIKE $1 ESCAPE '\\'", "ON CONFLICT (id) DO NOTHING"]);
    }

    #[test]
    fn extremes() {
        breaks(
            scalar_extreme,
            &["SELECT MAX(a, b)", "SET a = MIN(COALESCE(a, 1), 2)"],
            &["SELECT MAX(a), MIN(COALESCE(a, b))", "CLIMAX(a, b)"],
        );
    }

    #[test]
    fn cases() {
        breaks(
            untyped_case,
            &["CASE WHEN a THEN $1 ELSE 2 END", "CASE a WHEN 1 THEN 2\n ELSE ? END"],
            &["CASE WHEN a <= $1 THEN CAST($2 AS BIGINT) ELSE 0 END"],
        );
    }

    #[test]
    fn sums() {
        breaks(
            uncast_sum,
            &["SELECT SUM(n) FROM a", "SELECT COALESCE(SUM(n), 0) FROM a"],
            &["SELECT CAST(SUM(n) AS BIGINT), CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM a"],
        );
    }

    #[test]
    fn columns_of_a_conflict() {
        let bad = [
            "ON CONFLICT (a) DO UPDATE SET n = n + excluded.n",
            "DO UPDATE SET a = excluded.a, n = t.n + m",
            "DO UPDATE SET a = excluded.a WHERE b > 1",
        ];
        let good = ["DO UPDATE SET n = t.n + excluded.n, m = $2, k = excluded.k WHERE excluded.n >= t.n", "UPDATE t SET n = n + 1"];
        breaks(bare_column, &bad, &good);
    }

    #[test]
    fn orders() {
        breaks(
            constant_order,
            &["SELECT a FROM t ORDER BY 'x' DESC", "SELECT a FROM t ORDER BY 1"],
            &["SELECT a FROM t ORDER BY a, b DESC"],
        );
    }

    #[test]
    fn flags() {
        breaks(
            number_for_flag,
            &["WHERE (a.deleted_at IS NULL) = 1", "SET is_listed = 0"],
            &["WHERE (a.deleted_at IS NULL) = $1", "WHERE is_listed"],
        );
    }

    #[test]
    fn steps() {
        assert_eq!(
            beside_ddl("-- a; b\nCREATE TABLE t (a TEXT); -- c\nUPDATE t SET a = 'b';\nINSERT INTO t\n VALUES (1)"),
            ["UPDATE t SET", "INSERT INTO t"]
        );
        let rebuilt = "CREATE TABLE u (a TEXT); INSERT INTO u (a) SELECT a FROM t; DROP TABLE t; ALTER TABLE u RENAME TO t;";
        assert_eq!(beside_ddl(rebuilt), [""; 0]);
        assert_eq!(beside_ddl("INSERT INTO u (a) SELECT a FROM t;"), ["INSERT INTO u"]);
        assert_eq!(beside_ddl("ALTER TABLE t ADD COLUMN a TEXT;\nDROP INDEX i;\n"), [""; 0]);
    }

    #[test]
    fn pieces() {
        assert_eq!(texts("const A: &str = \"x\ny\"; // \"no\"\nlet b = \"z\";"), [(1, "x\ny"), (3, "z")]);
    }
}

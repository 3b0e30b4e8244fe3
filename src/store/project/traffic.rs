//! Counts of the traffic: by hour and event, and for single keys by day alone. They are kept in memory and added here in
//! batches.

use std::collections::BTreeMap;

use crate::{
    domain::{
        Result,
        access::{Granted, InOrg, InProject},
        id::{OrgId, ProjectId, UserId},
        project::traffic::{self, Busy, Count, Event, Failed, Kind, Subject},
        time::Instant,
    },
    store::{Tx, row::Row, unguarded},
};

statements! {
    ADD = "INSERT INTO traffic (subject, key_id, event, start, n) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (subject, key_id, event, start) DO UPDATE SET n = traffic.n + excluded.n";
    PROJECT = "SELECT organization_id FROM projects WHERE id = $1";
    KEY_OF_ORG = "SELECT 1 FROM api_keys WHERE id = $1 AND organization_id = $2";
    ADDED_TO = "SELECT project_id FROM project_members WHERE user_id = $1 AND organization_id = $2
                UNION SELECT am.project_id FROM app_members am JOIN projects p ON p.id = am.project_id
                      WHERE am.user_id = $1 AND p.organization_id = $2";
    OLD = "SELECT 1 FROM traffic WHERE start < $1 LIMIT 1";
    FORGET = "DELETE FROM traffic WHERE (subject, key_id, event, start) IN
              (SELECT subject, key_id, event, start FROM traffic WHERE start < $1 ORDER BY start LIMIT 500)";
    HOURS = "SELECT start, event, CAST(SUM(n) AS BIGINT) FROM traffic WHERE subject IN ($1, $2) AND key_id = '' AND start >= $3
             GROUP BY start, event ORDER BY start";
    // Summed up along the primary key before anything is joined.
    BUSIEST = "SELECT k.id, k.name, u.name, t.n AS n
               FROM (SELECT key_id, CAST(SUM(n) AS BIGINT) AS n FROM traffic WHERE subject = $1 AND key_id > '' AND start >= $2
                     GROUP BY key_id ORDER BY n DESC, key_id LIMIT $4) t
               JOIN api_keys k ON k.id = t.key_id JOIN users u ON u.id = k.owner_id
               WHERE k.organization_id = $3 ORDER BY n DESC, k.id";
    SIGN_INS = "SELECT u.name, CAST(SUM(t.n) AS BIGINT) AS n
                FROM members m JOIN traffic t ON t.subject = m.user_id AND t.event = 'sign_in_failed' AND t.start >= $2
                JOIN users u ON u.id = m.user_id WHERE m.organization_id = $1
                GROUP BY u.id, u.name ORDER BY n DESC, u.id LIMIT $3";
}

/// Adds counts. What is about nothing that there is, such as a project that somebody made up, is dropped.
pub fn unguarded_add(tx: &mut Tx<'_>, counts: &[(Kind, u64)]) -> Result<()> {
    let mut rows = Rows::new();
    let mut add = |subject: String, key: String, kind: &Kind, n: u64| {
        *rows.entry((subject, key, kind.event.word(), kind.hour)).or_default() += n;
    };
    for (kind, n) in counts {
        match kind.subject {
            Subject::Project(project, key) => {
                let Some(mut row) = tx.one(&PROJECT, &[project.into()])? else { continue };
                let org: OrgId = row.take("projects", "organization_id")?;
                add(project.to_string(), String::new(), kind, *n);
                // A stranger's key that was refused is not one of the project's.
                if let Some(key) = key
                    && tx.one(&KEY_OF_ORG, &[key.into(), org.into()])?.is_some()
                {
                    // One row a day, whatever became of the requests.
                    let asked = Kind { hour: traffic::day(kind.hour), event: Event::Answered, ..*kind };
                    add(project.to_string(), key.to_string(), &asked, *n);
                }
            }
            Subject::Key(key) => {
                let Some(facts) = unguarded::unguarded_key_facts(tx, key)? else { continue };
                match (&facts.projects, facts.role) {
                    (Some(chosen), _) => chosen.iter().for_each(|project| add(project.to_string(), String::new(), kind, *n)),
                    (None, Some(role)) if role.implied_in_projects().is_none() => {
                        for project in added_to(tx, facts.owner, facts.org)? {
                            add(project.to_string(), String::new(), kind, *n);
                        }
                    }
                    (None, _) => add(facts.org.to_string(), String::new(), kind, *n),
                }
            }
            Subject::User(user) => add(user.to_string(), String::new(), kind, *n),
        }
    }
    for ((subject, key, event, start), n) in rows {
        tx.run(&ADD, &[subject.into(), key.into(), event.into(), start.into(), n.into()])?;
    }
    Ok(())
}

/// What is added to which row: subject, key, event and start. They are written in one order, so that two who add wait in no circle.
type Rows = BTreeMap<(String, String, &'static str, Instant), u64>;

/// The projects that somebody was added to, or to an app of them.
fn added_to(tx: &mut Tx<'_>, user: UserId, org: OrgId) -> Result<Vec<ProjectId>> {
    let rows = tx.rows(&ADDED_TO, &[user.into(), org.into()])?;
    rows.into_iter().map(|mut row| Ok(row.take("project_members", "project_id")?)).collect()
}

/// Whether there is anything older than `since`.
pub fn unguarded_old(tx: &mut Tx<'_>, since: Instant) -> Result<bool> {
    Ok(tx.one(&OLD, &[since.into()])?.is_some())
}

/// Drops some of what is older than `since`; how much.
pub fn unguarded_forget(tx: &mut Tx<'_>, since: Instant) -> Result<usize> {
    Ok(tx.run(&FORGET, &[since.into()])?)
}

/// The counts of a project by hour: its requests, and the exchanges of keys that reach it.
pub fn of_project(tx: &mut Tx<'_>, at: &Granted<InProject>, since: Instant) -> Result<Vec<Count>> {
    let rows = tx.rows(&HOURS, &[at.project().into(), at.org().into(), since.into()])?;
    let table = "traffic";
    let count =
        |mut row: Row| Ok(Count { start: row.take(table, "start")?, event: row.take::<Event>(table, "event")?, n: row.take(table, "n")? });
    rows.into_iter().map(count).collect()
}

/// The keys with the most requests to a project, at most `most` of them.
pub fn busiest(tx: &mut Tx<'_>, at: &Granted<InProject>, since: Instant, most: u32) -> Result<Vec<Busy>> {
    let rows = tx.rows(&BUSIEST, &[at.project().into(), since.into(), at.org().into(), most.into()])?;
    let busy = |mut row: Row| {
        let (key, name) = (row.take("api_keys", "id")?, row.take("api_keys", "name")?);
        Ok(Busy { key, name, owner: row.take("users", "name")?, n: row.take("traffic", "n")? })
    };
    rows.into_iter().map(busy).collect()
}

/// Members of the organization for whom wrong passwords were typed, at most `most` of them, most first.
pub fn failed_sign_ins(tx: &mut Tx<'_>, at: &Granted<InOrg>, since: Instant, most: u32) -> Result<Vec<Failed>> {
    let rows = tx.rows(&SIGN_INS, &[at.org().into(), since.into(), most.into()])?;
    rows.into_iter().map(|mut row| Ok(Failed { name: row.take("users", "name")?, n: row.take("traffic", "n")? })).collect()
}

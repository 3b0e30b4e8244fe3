//! A month of requests for the demo: a weekly rhythm, and one bad afternoon; counted for the project and for each key.

use crate::{
    domain::{
        Result,
        id::{KeyId, ProjectId},
        key::calls::CallOutcome,
        project::traffic::{self, Event, Kind, Subject},
        time::{DAY, Instant},
    },
    store::{self, Tx},
};

/// Days that are told of.
const DAYS: u32 = 30;
/// How much of a day's requests each hour gets, in per mille: quiet nights, busy afternoons.
const HOURS: [u64; 24] = [12, 8, 5, 4, 4, 6, 14, 30, 48, 60, 68, 71, 66, 70, 76, 80, 79, 72, 63, 54, 43, 32, 21, 14];
/// How much of an ordinary day each day of a week gets, in percent.
const WEEK: [u64; 7] = [100, 104, 97, 92, 88, 46, 41];
/// How many days ago the bad afternoon was.
const BAD: u32 = 5;

/// Counts requests to `project` by these keys, the busiest first, and their exchanges.
pub fn seed(tx: &mut Tx<'_>, project: ProjectId, keys: &[KeyId]) -> Result<()> {
    let today = traffic::day(tx.now());
    let (mut counts, mut calls) = (Vec::new(), Vec::new());
    for back in 0..DAYS {
        for (at, share) in HOURS.into_iter().enumerate() {
            let hour = today - DAY * back + DAY / 24 * u32::try_from(at).unwrap_or(0);
            if hour < tx.now() {
                let here = hour_of(project, keys, (back, hour), share);
                calls.extend(here.iter().filter_map(|(kind, n)| Some((call(kind)?, *n))));
                counts.extend(here);
            }
        }
    }
    store::key::calls::unguarded_add(tx, &calls)?;
    store::project::traffic::unguarded_add(tx, &counts)
}

/// The same as it is counted for the key.
fn call(kind: &Kind) -> Option<(KeyId, Instant, CallOutcome)> {
    let (key, outcome) = match (kind.subject, kind.event) {
        (Subject::Project(_, Some(key)), Event::Answered) => (key, CallOutcome::Answered),
        (Subject::Project(_, Some(key)), _) if kind.hour.seconds() / 3600 % 3 == 0 => (key, CallOutcome::Refused("access_too_narrow")),
        (Subject::Project(_, Some(key)), _) => (key, CallOutcome::Refused("token_expired")),
        (Subject::Key(key), Event::Exchanged) => (key, CallOutcome::Exchanged),
        _ => return None,
    };
    Some((key, kind.hour, outcome))
}

fn hour_of(project: ProjectId, keys: &[KeyId], (back, hour): (u32, Instant), share: u64) -> Vec<(Kind, u64)> {
    let weekday = usize::try_from(hour.seconds() / 86_400 % 7).unwrap_or(0);
    let mut counts = Vec::new();
    for (rank, key) in keys.iter().enumerate() {
        // Each key asks for about a third of what the one before it asks for.
        let n = 4_200 * WEEK[weekday] / 100 * share / 1000 / 3u64.pow(u32::try_from(rank).unwrap_or(0));
        let bad = if back == BAD && (70..77).contains(&share) { n / 2 } else { n / 90 };
        let mut add = |subject, event, n| {
            if n > 0 {
                counts.push((Kind { subject, event, hour }, n));
            }
        };
        add(Subject::Project(project, Some(*key)), Event::Answered, n - bad);
        add(Subject::Project(project, Some(*key)), Event::Refused, bad);
        add(Subject::Key(*key), Event::Exchanged, n / 60 + 1);
        add(Subject::Key(*key), Event::ExchangeRefused, bad / 50);
    }
    counts
}

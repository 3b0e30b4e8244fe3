//! Which versions of an entry stay, and how those that stay are packed: a plan that is made from what there is to say of each.
//!
//! Of ten versions one is packed by itself, the keyframe, and the others against its text; so reading one unpacks two texts at most. The newest is not
//! packed: it is what is read and compared most.

use std::{collections::BTreeSet, time::Duration};

use crate::domain::time::{DAY, Instant};

/// Versions of one group, with its keyframe.
const GROUP: usize = 10;
/// Days from a Monday to the first of 1970.
const FROM_MONDAY: i64 = 3;

/// How long versions stay; `None` for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VersionRetention {
    /// All of them.
    pub all: Option<Duration>,
    /// After that one a day, and after this one a week.
    pub daily: Option<Duration>,
}

impl Default for VersionRetention {
    fn default() -> Self {
        Self { all: Some(DAY.saturating_mul(7)), daily: Some(DAY.saturating_mul(90)) }
    }
}

/// How a version is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// As text.
    Plain,
    /// Packed by itself: a keyframe.
    Alone,
    /// Packed against the text of the version with this number.
    Against(i64),
}

/// What the plan knows of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// Its number.
    pub version: i64,
    /// Whether the entry was published with it.
    pub published: bool,
    /// Made at.
    pub created_at: Instant,
    /// How it is stored.
    pub packing: Packing,
}

/// What is to be done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Numbers of those that go.
    pub drop: Vec<i64>,
    /// Numbers of those that are packed anew, and how; a keyframe comes before what is packed against it.
    pub pack: Vec<(i64, Packing)>,
    /// When there will be something to do again, if nothing is changed until then.
    pub next: Option<Instant>,
}

/// The plan for the versions of an entry, the oldest first. Those in `held` stay; at most `most` are packed at once.
pub fn plan(versions: &[Stored], held: &[i64], kept: VersionRetention, now: Instant, most: usize) -> Plan {
    let Some((newest, older)) = versions.split_last() else { return Plan::default() };
    let mut drop = thinned(versions, held, kept, now);
    let mut pack = Vec::new();
    let mut more = false;
    // A keyframe goes only if all that is packed against it can be packed anew at once.
    let mut loose = 0;
    for one in older.iter().filter(|one| one.packing == Packing::Alone) {
        let members = older.iter().filter(|other| other.packing == Packing::Against(one.version) && !drop.contains(&other.version)).count();
        if drop.contains(&one.version) {
            if loose + members > most {
                drop.remove(&one.version);
                more = true;
            } else {
                loose += members;
            }
        }
    }
    let stays = |version: i64| !drop.contains(&version);
    let mut groups: Vec<(i64, usize)> = Vec::new();
    for one in older.iter().filter(|one| stays(one.version) && one.packing == Packing::Alone) {
        let members = older.iter().filter(|other| stays(other.version) && other.packing == Packing::Against(one.version)).count();
        groups.push((one.version, members + 1));
    }
    for one in older.iter().filter(|one| stays(one.version)) {
        let settled = match one.packing {
            Packing::Plain => false,
            Packing::Alone => true,
            Packing::Against(key) => stays(key),
        };
        if settled {
            continue;
        }
        if pack.len() >= most && one.packing == Packing::Plain {
            more = true;
            continue;
        }
        match groups.iter_mut().rev().find(|(_, size)| *size < GROUP) {
            Some((key, size)) => {
                *size += 1;
                pack.push((one.version, Packing::Against(*key)));
            }
            None => {
                groups.push((one.version, 1));
                pack.push((one.version, Packing::Alone));
            }
        }
    }
    let next = if more { Some(now) } else { next(older, &drop, kept, now) };
    debug_assert!(stays(newest.version));
    Plan { drop: drop.into_iter().collect(), pack, next }
}

/// Numbers of those that do not stay.
fn thinned(versions: &[Stored], held: &[i64], kept: VersionRetention, now: Instant) -> BTreeSet<i64> {
    let Some(all) = kept.all else { return BTreeSet::new() };
    let ends = [versions.first(), versions.last(), versions.iter().rev().find(|one| one.published)];
    let always: BTreeSet<i64> = ends.into_iter().flatten().map(|one| one.version).chain(held.iter().copied()).collect();
    let (mut drop, mut seen) = (BTreeSet::new(), BTreeSet::new());
    // The last of a day or a week stands for it.
    for one in versions.iter().rev() {
        let age = now.since(one.created_at);
        if age <= all {
            continue;
        }
        let day = one.created_at.seconds().div_euclid(86_400);
        let span = if kept.daily.is_none_or(|daily| age <= daily) { (1, day) } else { (7, (day + FROM_MONDAY).div_euclid(7)) };
        if !seen.insert(span) && !always.contains(&one.version) {
            drop.insert(one.version);
        }
    }
    drop
}

/// When one of those that stay grows into another span, but not before tomorrow.
fn next(older: &[Stored], drop: &BTreeSet<i64>, kept: VersionRetention, now: Instant) -> Option<Instant> {
    let all = kept.all?;
    let spans = [Some(all), kept.daily];
    // The first stays in any case.
    let stay = older.iter().skip(1).filter(|one| !drop.contains(&one.version));
    let moments = stay.flat_map(|one| spans.into_iter().flatten().map(move |span| one.created_at + span));
    moments.filter(|at| *at >= now).min().map(|at| at.max(now + DAY))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Instant = Instant::from_seconds(1_893_456_000);

    /// One version for each age in days, with the numbers from 1.
    fn aged(days: &[u32]) -> Vec<Stored> {
        let one = |(at, days): (usize, &u32)| Stored {
            version: at as i64 + 1,
            published: false,
            created_at: NOW - DAY.saturating_mul(*days),
            packing: Packing::Plain,
        };
        days.iter().enumerate().map(one).collect()
    }

    fn plan_of(versions: &[Stored], held: &[i64]) -> Plan {
        plan(versions, held, VersionRetention::default(), NOW, 1_000)
    }

    /// What is stored once the plan was followed.
    fn done(versions: &[Stored], plan: &Plan) -> Vec<Stored> {
        let mut left: Vec<_> = versions.iter().copied().filter(|one| !plan.drop.contains(&one.version)).collect();
        for (version, packing) in &plan.pack {
            left.iter_mut().filter(|one| one.version == *version).for_each(|one| one.packing = *packing);
        }
        left
    }

    #[test]
    fn all_stay_for_a_week_one_a_day_for_a_quarter_then_one_a_week() {
        assert_eq!(plan_of(&aged(&[3, 3, 2, 1, 0]), &[]).drop, [0; 0]);
        assert_eq!(plan_of(&aged(&[40, 30, 30, 30, 20, 0]), &[]).drop, [2, 3]);
        // 2030-01-01 was a Tuesday: 120 and 119 days before are a Monday and a Tuesday, 121 is the Sunday before.
        assert_eq!(plan_of(&aged(&[200, 121, 120, 119, 0]), &[]).drop, [3]);
        let forever = VersionRetention { all: None, ..VersionRetention::default() };
        assert_eq!(plan(&aged(&[200, 120, 120, 120, 0]), &[], forever, NOW, 9).drop, [0; 0]);
    }

    #[test]
    fn the_first_the_last_published_and_what_is_held_stay() {
        let mut versions = aged(&[30, 30, 30, 30, 30, 30]);
        versions[2].published = true;
        assert_eq!(plan_of(&versions, &[2]).drop, [4, 5]);
        assert_eq!(plan_of(&aged(&[30]), &[]), Plan::default());
        assert_eq!(plan_of(&[], &[]), Plan::default());
    }

    #[test]
    fn ten_are_packed_together_and_the_newest_not_at_all() {
        let versions = aged(&[1; 24]);
        let plan = plan_of(&versions, &[]);
        let keys: Vec<_> = plan.pack.iter().filter(|(_, packing)| *packing == Packing::Alone).map(|(version, _)| *version).collect();
        assert_eq!((plan.pack.len(), keys), (23, vec![1, 11, 21]));
        assert!(plan.pack.contains(&(10, Packing::Against(1))) && plan.pack.contains(&(12, Packing::Against(11))));
        assert_eq!(plan_of(&done(&versions, &plan), &[]).pack, []);
        let few = super::plan(&versions, &[], VersionRetention::default(), NOW, 5);
        assert_eq!((few.pack.len(), few.next), (5, Some(NOW)));
    }

    #[test]
    fn what_was_packed_against_one_that_goes_is_packed_anew() {
        let mut versions = aged(&[40, 30, 30, 29, 28, 0]);
        versions[1].packing = Packing::Alone;
        versions[0].packing = Packing::Alone;
        for at in [2, 3, 4] {
            versions[at].packing = Packing::Against(2);
        }
        let plan = plan_of(&versions, &[]);
        assert_eq!((plan.drop.as_slice(), plan.pack.len()), (&[2][..], 3));
        assert!(plan.pack.iter().all(|(_, packing)| *packing == Packing::Against(1)));
        let few = super::plan(&versions, &[], VersionRetention::default(), NOW, 2);
        assert_eq!((few.drop.len(), few.next), (0, Some(NOW)));
    }

    proptest! {
        #[test]
        fn whatever_happens_each_version_can_be_read_and_a_plan_comes_to_an_end(
            ages in prop::collection::vec(0u32..200, 1..60), published in 0usize..60, most in 9usize..40, days in 0u32..100,
        ) {
            let mut ages = ages;
            ages.sort_unstable_by(|a, b| b.cmp(a));
            let mut versions = aged(&ages);
            if let Some(one) = versions.get_mut(published) {
                one.published = true;
            }
            let (first, newest) = (versions[0].version, versions[versions.len() - 1].version);
            let mut now = NOW;
            for round in 0..40 {
                let plan = super::plan(&versions, &[], VersionRetention::default(), now, most);
                versions = done(&versions, &plan);
                for one in &versions {
                    if let Packing::Against(key) = one.packing {
                        let key = versions.iter().find(|other| other.version == key);
                        prop_assert_eq!(key.map(|key| key.packing), Some(Packing::Alone));
                        let size = versions.iter().filter(|other| other.packing == one.packing).count();
                        prop_assert!(size < GROUP);
                    }
                }
                prop_assert_eq!(versions.first().map(|one| one.version), Some(first));
                prop_assert_eq!(versions.last().map(|one| (one.version, one.packing)), Some((newest, Packing::Plain)));
                if round == 20 {
                    now = now + DAY * days;
                }
            }
            let plan = super::plan(&versions, &[], VersionRetention::default(), now, most);
            prop_assert_eq!((plan.drop, plan.pack), (vec![], vec![]));
        }
    }
}

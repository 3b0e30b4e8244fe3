//! The numbers of a form: what was sent on which day, what was left out, and what was turned away.

use askama::Template;

use crate::{
    domain::{Error, Result, access::Permission, content::Kind},
    http::console::{
        base::{
            chart::{Chart, Point},
            chrome::Chrome,
            link::AppLink,
            page_route::{PageRoute, get},
            request::PageRequest,
            response::render,
        },
        content::{
            entry::id,
            entry_list::{all, frame, kind},
        },
    },
    service::{
        content::entry_list,
        form::{
            figures::{self, Answered},
            submission,
        },
    },
    store::{Tx, form::blocked::Blocked},
};

use super::inbox::reason;

/// Days that are shown, and between two words below the chart.
const DAYS: i32 = 30;
const TICK: usize = 7;
/// Days for which what was turned away is counted.
const WINDOW: u32 = 30;

#[derive(Template)]
#[template(path = "content/form/figures/page.html")]
struct Page {
    c: Chrome,
    app: AppLink,
    kind: &'static Kind,
    name: String,
    at: String,
    back: String,
    chart: Chart,
    /// The days of the chart and their numbers.
    days: Vec<(String, u64)>,
    optional: Vec<Answered>,
    looked_at: u64,
    blocked: Vec<Blocked>,
}

/// The pages of this file.
pub(in crate::http::console) fn pages() -> Vec<PageRoute> {
    vec![get(all!("/{entry}/figures"), page).needs(Permission::SubmissionRead)]
}

fn page(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let kind = kind(request).ok().filter(|kind| kind.is_form()).ok_or(Error::NotFound("page"))?;
    let (c, app, at, back) = frame(request, tx)?;
    let (actor, target) = (request.actor()?, (kind, id(request)?));
    let name = entry_list::view(tx, actor, at, kind, target.1)?.entry.name;
    let starts = c.locale().days(DAYS);
    let found = figures::of(tx, actor, at, target, &starts)?;
    let blocked = submission::blocked(tx, actor, at, target, WINDOW)?;
    let days: Vec<_> = starts.iter().map(|start| c.locale().short_day(*start)).zip(found.sent).collect();
    let point = |(at, (name, all)): (usize, &(String, u64))| Point {
        tick: if (days.len() - 1 - at) % TICK == 0 { name.clone() } else { String::new() },
        name: name.clone(),
        all: *all,
        low: 0,
        says: c.t("figures-bar").s("when", name).n("n", *all).to_string(),
    };
    let points: Vec<_> = days.iter().enumerate().map(point).collect();
    let chart = Chart::of("sent", &points, c.locale());
    let back_to = format!("{back}/{}", target.1);
    render(&Page { c, app, kind, name, at: back_to, back, chart, days, optional: found.optional, looked_at: found.looked_at, blocked })
}

impl Page {
    /// How much of the whole that is, in percent.
    fn share(&self, count: &u64, whole: &u64) -> u64 {
        count * 100 / (*whole).max(1)
    }

    fn reason(&self, word: &str) -> String {
        reason(&self.c, word)
    }

    /// How much of the most that was turned away for one reason, in percent.
    fn of_most(&self, count: &u64) -> u64 {
        self.share(count, &self.blocked.iter().map(|one| one.count).max().unwrap_or(1))
    }
}

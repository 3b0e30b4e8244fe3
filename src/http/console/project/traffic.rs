//! Charts of traffic: hours or days, with their words and the same numbers as a table.

use crate::{
    domain::{
        project::traffic::{self, Bucket, Event, Span},
        time::{DAY, Instant},
    },
    http::console::base::{
        chart::{Chart, Point},
        chrome::Chrome,
        request::PageRequest,
    },
    service::locale::Locale,
};

/// Hours and days that the charts show.
const HOURS: u32 = 24;
const DAYS: i32 = 30;
/// Hours and days between two words below a chart.
const TICK_HOURS: usize = 6;
const TICK_DAYS: usize = 7;

/// What a chart counts, and how it is called: the first went well, the others are marked in it.
pub struct Counted {
    /// Its name among the ids of the page, and the end of the keys of its words.
    pub id: &'static str,
    /// Its columns: words and events.
    pub columns: &'static [(&'static str, Event)],
    /// The marked ones together.
    pub low: &'static str,
}

/// One chart with its words, and the same numbers as a table.
pub struct Traffic {
    /// What it counts.
    pub of: Counted,
    /// The bars.
    pub chart: Chart,
    /// What it shows.
    pub title: String,
    /// What one should see in it.
    pub desc: String,
    /// When, and a number for each column.
    pub rows: Vec<(String, Vec<u64>)>,
}

/// The span that the address asks for.
pub fn span(request: &PageRequest) -> Span {
    request.query("span").and_then(Span::from_word).unwrap_or(Span::Month)
}

/// Where the hours or the days of a chart begin, the present one last.
pub fn starts(locale: &Locale, span: Span) -> Vec<Instant> {
    match span {
        Span::Day => (0..HOURS).rev().map(|back| traffic::hour(locale.now()) - DAY / HOURS * back).collect(),
        Span::Month => locale.days(DAYS),
    }
}

impl Traffic {
    /// The chart of these stretches of time.
    pub fn of(c: &Chrome, of: Counted, span: Span, buckets: &[Bucket]) -> Self {
        let locale = c.locale();
        let (mut rows, mut points) = (Vec::new(), Vec::new());
        for (at, bucket) in buckets.iter().enumerate() {
            let name = if span == Span::Day { locale.clock(bucket.start) } else { locale.short_day(bucket.start) };
            let parts: Vec<u64> = of.columns.iter().map(|(_, event)| bucket.of(*event)).collect();
            let (all, low) = (parts.iter().sum(), parts.iter().skip(1).sum());
            let says = c.t("traffic-bar").s("when", &name).n("n", all).n("low", low).to_string();
            points.push(Point { tick: tick(c, span, at, buckets.len(), &name), all, low, says, name: name.clone() });
            rows.push((name, parts));
        }
        let chart = Chart::of(of.id, &points, locale);
        let title = c.t(&format!("traffic-{}-title-{}", of.id, span.word()));
        let ends = |point: Option<&Point>| point.map(|point| point.name.clone()).unwrap_or_default();
        let title = title.s("from", ends(points.first())).s("to", ends(points.last())).to_string();
        Self { of, desc: desc(c, &points, chart.total), chart, title, rows }
    }
}

/// The words below a bar; empty for most.
fn tick(c: &Chrome, span: Span, at: usize, len: usize, name: &str) -> String {
    let (every, last) = if span == Span::Day { (TICK_HOURS, "traffic-now") } else { (TICK_DAYS, "traffic-today") };
    match len - 1 - at {
        0 => c.t(last).to_string(),
        back if back % every == 0 => name.to_owned(),
        _ => String::new(),
    }
}

/// What one should see in a chart, for whoever does not see it.
fn desc(c: &Chrome, points: &[Point], total: u64) -> String {
    match points.iter().max_by_key(|point| point.all).filter(|_| total > 0) {
        None => c.t("traffic-desc-none").to_string(),
        Some(top) => {
            let low: u64 = points.iter().map(|point| point.low).sum();
            c.t("traffic-desc").n("total", total).n("low", low).s("when", &top.name).n("n", top.all).to_string()
        }
    }
}

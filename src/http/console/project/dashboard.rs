//! The dashboard of a project: what needs somebody, how much there is, what happens, and how to go on.

use askama::Template;

use crate::{
    domain::{
        Result,
        access::Permission,
        content::{InLanguage, Kind, Status},
        id::UserId,
        key::key::ApiKey,
        language,
        project::{
            dashboard::{Access, Contents, Dashboard},
            traffic::{self, Bucket, Busy, Event, Span},
        },
        time::{DAY, Instant},
    },
    http::console::{
        base::{
            chart::{Chart, Point},
            chrome::Chrome,
            link::AppLink,
            page_route::{PageRoute, get},
            request::{PageRequest, encode},
            response::render,
        },
        org::activity::{self, Line},
    },
    service::{i18n::Phrase, locale::Locale, project::dashboard},
    store::Tx,
};

/// Hours and days that the charts show.
const HOURS: u32 = 24;
const DAYS: i32 = 30;
/// Hours and days between two words below a chart.
const TICK_HOURS: usize = 6;
const TICK_DAYS: usize = 7;

#[derive(Template)]
#[template(path = "project/dashboard/page.html")]
struct Board {
    c: Chrome,
    of: Dashboard,
    /// What needs somebody.
    needs: Vec<Need>,
    today: String,
    /// How much there is of each kind.
    totals: Vec<Total>,
    /// What can be written in the first app that has content: the kind, and where a new one is made.
    beginnings: Vec<(&'static Kind, String)>,
    span: Span,
    requests: Traffic,
    exchanges: Traffic,
    lines: Vec<Line>,
}

/// Something that needs somebody.
struct Need {
    icon: &'static str,
    warns: bool,
    what: String,
    more: String,
    to: String,
    /// What the button says.
    verb: &'static str,
}

/// A kind of content, over all apps.
struct Total {
    kind: &'static Kind,
    all: u64,
    published: u64,
    drafts: u64,
}

/// What a chart counts, and how it is called: the first went well, the others are marked in it.
struct Counted {
    id: &'static str,
    columns: &'static [(&'static str, Event)],
    /// The marked ones together.
    low: &'static str,
}

const REQUESTS: Counted = Counted {
    id: "requests",
    columns: &[("traffic-answered", Event::Answered), ("traffic-refused", Event::Refused), ("traffic-failed", Event::Failed)],
    low: "traffic-refused-or-failed",
};
const EXCHANGES: Counted = Counted {
    id: "exchanges",
    columns: &[("traffic-given", Event::Exchanged), ("traffic-refused", Event::ExchangeRefused)],
    low: "traffic-refused",
};

/// One chart with its words, and the same numbers as a table.
struct Traffic {
    of: Counted,
    chart: Chart,
    title: String,
    desc: String,
    /// When, and a number for each column.
    rows: Vec<(String, Vec<u64>)>,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    // The busiest keys are found by summing up the days of all.
    vec![get("/o/{org}/p/{project}", show)]
}

fn show(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let (c, org, at) = Chrome::project(request, tx)?;
    let span = request.query("span").and_then(Span::from_word).unwrap_or(Span::Month);
    let starts = starts(&request.locale, span);
    let of = dashboard::of(tx, request.actor()?, (org.id, at.id), starts.first().copied().unwrap_or_default())?;
    let buckets = traffic::buckets(&of.counts, &starts);
    let page = Board {
        needs: needs(&c, &of, request.actor()?.id),
        today: request.locale.weekday(request.locale.now()),
        totals: totals(&of.contents),
        beginnings: beginnings(&c, &at.apps),
        requests: traffic_of(&c, REQUESTS, span, &buckets),
        exchanges: traffic_of(&c, EXCHANGES, span, &buckets),
        lines: of.activities.iter().map(|one| activity::line(request.locale.lang, one.clone())).collect(),
        span,
        of,
        c,
    };
    render(&page)
}

/// Where the hours or the days of a chart begin, the present one last.
fn starts(locale: &Locale, span: Span) -> Vec<Instant> {
    match span {
        Span::Day => (0..HOURS).rev().map(|back| traffic::hour(locale.now()) - DAY / HOURS * back).collect(),
        Span::Month => locale.days(DAYS),
    }
}

fn beginnings(c: &Chrome, apps: &[AppLink]) -> Vec<(&'static Kind, String)> {
    let app = apps.iter().find(|app| c.has_content(app));
    let new = |app, kind: &'static Kind| (kind, format!("{}/{}/new", c.app_base(app), kind.segment));
    app.into_iter().flat_map(|app| c.kinds_of(app).into_iter().map(move |kind| new(app, kind))).collect()
}

fn totals(contents: &[Contents]) -> Vec<Total> {
    let mut totals: Vec<Total> = Vec::new();
    for one in contents {
        let at = totals.iter().position(|total| total.kind == one.kind).unwrap_or_else(|| {
            totals.push(Total { kind: one.kind, all: 0, published: 0, drafts: 0 });
            totals.len() - 1
        });
        let total = &mut totals[at];
        total.all += one.counts.total;
        total.published += one.counts.published;
        total.drafts += one.counts.draft;
    }
    totals
}

/// What needs somebody, the most urgent first.
fn needs(c: &Chrome, of: &Dashboard, locale: UserId) -> Vec<Need> {
    let mut needs = of.access.as_ref().map(|access| needs_of_access(c, access, locale)).unwrap_or_default();
    // Whoever only reads can neither finish a draft nor translate.
    if c.can(Permission::EntryWrite) {
        needs.extend(of.contents.iter().flat_map(|one| needs_of_contents(c, one)));
    }
    needs
}

/// Drafts, and what some entries lack that others have.
fn needs_of_contents(c: &Chrome, one: &Contents) -> Vec<Need> {
    let at = AppLink { id: one.app.id, name: String::new(), slug: one.app.slug.clone(), app_type: one.app.app_type };
    let list = format!("{}/{}", c.app_base(&at), one.kind.segment);
    let need = |icon, verb, what: Phrase, more: Phrase, to: String| {
        let more = more.s("app", &one.app.name).to_string();
        Need { icon, warns: false, what: what.to_string(), more, to, verb }
    };
    let mut needs = Vec::new();
    if one.counts.draft > 0 {
        let what = c.of_kind(one.kind, "drafts").n("n", one.counts.draft);
        let to = format!("{list}?status={}", Status::Draft.word());
        needs.push(need("file-pen-line", "dashboard-review", what, c.t("dashboard-drafts-where"), to));
    }
    // A language that nothing is written in yet has not been begun; that needs nobody.
    for (tag, n) in one.counts.lacking.iter().skip(1).filter(|(_, n)| (1..one.counts.total).contains(n)) {
        let what = c.of_kind(one.kind, "lacking").n("n", n).s("language", language::name(tag));
        let to = format!("{list}?language={}", encode(&InLanguage::Missing(tag.clone()).to_string()));
        needs.push(need("languages", "dashboard-translate", what, c.t("dashboard-lacking-where"), to));
    }
    needs
}

/// Where the reader regenerates a key, and the verb for it; a personal key only its owner can, others can look.
fn way(keys: &str, key: &ApiKey, locale: UserId) -> (String, &'static str) {
    match key.owner_id {
        _ if key.of_service_account => (format!("{keys}/{}/regenerate", key.id), "dashboard-regenerate"),
        owner if owner == locale => (format!("/account/keys/{}/regenerate", key.id), "dashboard-regenerate"),
        owner => (format!("{keys}?owner={owner}"), "dashboard-look"),
    }
}

fn needs_of_access(c: &Chrome, access: &Access, locale: UserId) -> Vec<Need> {
    let keys = format!("{}/keys", c.settings());
    let mut needs: Vec<_> = access
        .ending
        .iter()
        .map(|key| {
            let ends = key.expires_at.map(|at| c.until(&at)).unwrap_or_default();
            let (to, verb) = way(&keys, key, locale);
            let used = key.last_used_at.map(|at| c.t("dashboard-key-used").s("ago", c.ago(&at)));
            Need {
                icon: "clock-alert",
                warns: true,
                what: c.t("dashboard-key-ends").s("name", &key.name).s("when", ends).to_string(),
                more: used.unwrap_or_else(|| c.t("dashboard-key-unused")).s("owner", &key.owner_name).to_string(),
                to,
                verb,
            }
        })
        .collect();
    let more = access.ending_total.saturating_sub(access.ending.len() as u64);
    let mut add = |n: u64, icon, warns, what: Phrase, more: String, to: String| {
        if n > 0 {
            needs.push(Need { icon, warns, what: what.n("n", n).to_string(), more, to, verb: "dashboard-look" });
        }
    };
    add(more, "clock-alert", true, c.t("dashboard-more-keys"), String::new(), format!("{keys}?status=expiring"));
    let of = |one: &traffic::Failed| c.t("dashboard-failed-of").s("name", &one.name).n("n", one.n).to_string();
    let names = access.failed.iter().map(of).collect::<Vec<_>>().join(", ");
    let failed = access.failed.iter().map(|one| one.n).sum();
    add(failed, "lock", true, c.t("dashboard-failed"), names, format!("{}/members", c.settings()));
    let lead = c.t("dashboard-invitations-lead").to_string();
    add(access.invitations, "mail", false, c.t("dashboard-invitations"), lead, format!("{}/invitations", c.settings()));
    needs
}

fn traffic_of(c: &Chrome, of: Counted, span: Span, buckets: &[Bucket]) -> Traffic {
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
    Traffic { of, desc: desc(c, &points, chart.total), chart, title, rows }
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

impl Board {
    /// How wide the bar of a busy key is, in percent of the busiest.
    #[expect(clippy::unused_self, reason = "templates ask the page")]
    fn share(&self, one: &Busy, all: &[Busy]) -> String {
        let most = all.iter().map(|busy| busy.n).max().unwrap_or(0).max(1);
        format!("{}.{}%", one.n * 100 / most, one.n * 1000 / most % 10)
    }
}

//! The dashboard of a project: what needs somebody, how much there is, what happens, and how to go on.

use askama::Template;

use crate::{
    domain::{
        Result,
        content::{InLanguage, Kind, Status},
        id::UserId,
        key::key::ApiKey,
        language,
        project::{
            dashboard::{Access, Contents, Dashboard},
            traffic::{Busy, Event, Failed, Span, buckets},
        },
    },
    http::console::{
        base::{
            chrome::Chrome,
            link::AppLink,
            page_route::{PageRoute, get},
            request::{PageRequest, encode},
            response::render,
        },
        org::activity::{self, ActivityRow},
    },
    service::{i18n::Phrase, project::dashboard},
    store::Tx,
};

use super::traffic::{self, Counted, Traffic};

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
    /// What can be written in the first app of the first type that has content: the kind, and where a new one is made.
    beginnings: Vec<(&'static Kind, String)>,
    span: Span,
    requests: Traffic,
    exchanges: Traffic,
    lines: Vec<ActivityRow>,
}

impl Board {
    const fn spans(&self) -> [Span; 2] {
        Span::ALL
    }
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
    scheduled: u64,
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

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    // The busiest keys are found by summing up the days of all.
    vec![get("/o/{org}/p/{project}", show)]
}

fn show(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let (c, org, at) = Chrome::project(request, tx)?;
    let span = traffic::span(request);
    let starts = traffic::starts(&request.locale, span);
    let of = dashboard::of(tx, request.actor()?, (org.id, at.id), starts.first().copied().unwrap_or_default())?;
    let buckets = buckets(&of.counts, &starts);
    let settings = if c.org_can().access_read() { c.settings() } else { String::new() };
    let page = Board {
        needs: needs(&c, &of, request.actor()?.id),
        today: request.locale.weekday(request.locale.now()),
        totals: totals(&of.contents),
        beginnings: beginnings(&c, &at.apps),
        requests: Traffic::of(&c, REQUESTS, span, &buckets),
        exchanges: Traffic::of(&c, EXCHANGES, span, &buckets),
        lines: of.activities.iter().map(|one| activity::line(request.locale.lang, (&c.base(), &settings), one.clone())).collect(),
        span,
        of,
        c,
    };
    render(&page)
}

fn beginnings(c: &Chrome, apps: &[AppLink]) -> Vec<(&'static Kind, String)> {
    let app = apps.iter().filter(|app| c.has_content(app)).min_by_key(|app| app.app_type);
    let new = |app, kind: &'static Kind| (kind, format!("{}/{}/new", c.app_base(app), kind.segment));
    app.into_iter().flat_map(|app| c.documents_of(app).map(move |kind| new(app, kind))).collect()
}

fn totals(contents: &[Contents]) -> Vec<Total> {
    let mut totals: Vec<Total> = Vec::new();
    for one in contents {
        let at = totals.iter().position(|total| total.kind == one.kind).unwrap_or_else(|| {
            totals.push(Total { kind: one.kind, all: 0, published: 0, drafts: 0, scheduled: 0 });
            totals.len() - 1
        });
        let total = &mut totals[at];
        total.all += one.counts.total;
        total.published += one.counts.published;
        total.drafts += one.counts.draft;
        total.scheduled += one.counts.scheduled;
    }
    totals
}

/// What needs somebody, the most urgent first.
fn needs(c: &Chrome, of: &Dashboard, locale: UserId) -> Vec<Need> {
    let mut needs = of.access.as_ref().map(|access| needs_of_access(c, access, locale)).unwrap_or_default();
    // Whoever only reads can neither finish a draft nor translate.
    if c.can().entry_write() {
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
        let to = format!("{list}?language={}", encode(&InLanguage::Lacking(tag.clone()).to_string()));
        needs.push(need("languages", "dashboard-translate", what, c.t("dashboard-lacking-where"), to));
    }
    needs
}

/// Where the reader regenerates a key, and the verb for it; a personal key only its owner can, others can look.
fn way(keys: &str, key: &ApiKey, locale: UserId) -> (String, &'static str) {
    match key.owner_id {
        _ if key.of_service_account => (format!("{keys}/{}/regenerate", key.id), "dashboard-regenerate"),
        owner if owner == locale => (format!("/account/keys/{}/regenerate", key.id), "dashboard-regenerate"),
        _ => (format!("{keys}/{}", key.id), "dashboard-look"),
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
    let of = |one: &Failed| c.t("dashboard-failed-of").s("name", &one.name).n("n", one.n).to_string();
    let names = access.failed.iter().map(of).collect::<Vec<_>>().join(", ");
    let failed = access.failed.iter().map(|one| one.n).sum();
    add(failed, "lock", true, c.t("dashboard-failed"), names, format!("{}/members", c.settings()));
    let lead = c.t("dashboard-invitations-lead").to_string();
    add(access.invitations, "mail", false, c.t("dashboard-invitations"), lead, format!("{}/invitations", c.settings()));
    needs
}

impl Board {
    /// How wide the bar of a busy key is, in percent of the busiest.
    #[expect(clippy::unused_self, reason = "templates ask the page")]
    fn share(&self, one: &Busy, all: &[Busy]) -> String {
        let most = all.iter().map(|busy| busy.n).max().unwrap_or(0).max(1);
        format!("{}.{}%", one.n * 100 / most, one.n * 1000 / most % 10)
    }
}

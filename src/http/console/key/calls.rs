//! What was done with a key, or with all keys of a service account, as their pages show it: calls, refusals, activity.

use crate::{
    domain::{
        key::calls::{self, Refused},
        project::traffic::{Event, Span, buckets},
        time::Instant,
    },
    http::console::{
        base::{chrome::Chrome, request::PageRequest},
        org::activity::{self, ActivityRow},
        project::traffic::{Counted, Traffic, span, starts},
    },
    service::key::calls::Story,
};

const CALLS: Counted = Counted {
    id: "calls",
    columns: &[("traffic-answered", Event::Answered), ("traffic-refused", Event::Refused), ("traffic-failed", Event::Failed)],
    low: "traffic-refused-or-failed",
};

/// Calls of a span, and the newest activity.
pub struct Calls {
    /// The span.
    pub span: Span,
    /// The ways to each span.
    pub spans: Vec<(Span, String)>,
    /// The chart of it.
    pub traffic: Traffic,
    /// What was refused in it.
    pub refused: Vec<Refused>,
    /// What was done, whenever that was.
    pub lines: Vec<ActivityRow>,
}

/// The moment from which calls are shown.
pub fn since(request: &PageRequest) -> Instant {
    starts(&request.locale, span(request)).first().copied().unwrap_or_default()
}

impl Calls {
    /// What is told of this story; `settings` is where the settings of its organization are.
    pub fn of(request: &PageRequest, c: &Chrome, settings: &str, story: Story) -> Self {
        let span = span(request);
        let starts = starts(&request.locale, span);
        let buckets = buckets(&calls::of_chart(&story.counts), &starts);
        Self {
            spans: Span::ALL.map(|one| (one, request.with("span", one.word()))).to_vec(),
            traffic: Traffic::of(c, CALLS, span, &buckets),
            refused: calls::refusals(&story.counts, starts.first().copied().unwrap_or_default()),
            lines: story.lines.into_iter().map(|one| activity::line(request.locale.lang, (&c.base(), settings), one)).collect(),
            span,
        }
    }

    /// How many there were.
    pub fn total(&self) -> u64 {
        self.traffic.chart.total
    }

    /// How many of them were refused.
    pub fn all_refused(&self) -> u64 {
        self.refused.iter().map(|one| one.n).sum()
    }

    /// The reason in words: in those of this table, else in those of the help, else the machine word.
    pub fn reason(&self, c: &Chrome, one: &Refused) -> String {
        let word = one.reason.replace('_', "-");
        let keys = ["key-refused", "help-reason", "help-rule"].map(|prefix| format!("{prefix}-{word}"));
        keys.iter().find(|key| c.locale().lang.has(key)).map_or_else(|| one.reason.clone(), |key| c.t(key).to_string())
    }

    /// The status of what was refused for that reason.
    pub fn status(&self, one: &Refused) -> u16 {
        calls::status_of(&one.reason)
    }
}

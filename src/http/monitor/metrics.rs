//! The metrics in the Prometheus text format. All of them are read off what is there when somebody asks.

use std::{fmt, sync::Arc};

use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeGaugeValue, EncodeLabelSet, NoLabelSet, prometheus_text::encode},
    metrics::MetricType,
    registry::Registry,
};

use crate::{domain::time::Instant, http::base::state::State, service::gauges::Gauge, store::engine::Stats};

/// All metrics.
///
/// # Errors
/// None that a text in memory has.
pub fn text(state: &Arc<State>) -> Result<String, fmt::Error> {
    let mut registry = Registry::with_prefix("stele");
    state.meters.register(&mut registry);
    registry.register_collector(Box::new(Scrape(state.clone())));
    let mut text = String::new();
    encode(&mut text, &registry)?;
    Ok(text)
}

/// Reads what is not counted in a metric of its own.
struct Scrape(Arc<State>);

impl fmt::Debug for Scrape {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Scrape")
    }
}

impl Collector for Scrape {
    fn encode(&self, encoder: DescriptorEncoder) -> fmt::Result {
        let (state, mut page) = (&self.0, Page(encoder));
        page.gauge(
            "build_info",
            "The version that runs, and its commit",
            [([("version", env!("CARGO_PKG_VERSION")), ("commit", env!("STELE_COMMIT"))], 1_u64)],
        )?;
        requests(&mut page, state)?;
        database(&mut page, &state.store.stats())?;
        caches(&mut page, state)?;
        jobs(&mut page, &state.gauges.all())?;
        page.gauge("open_connections", "Connections that are open", [(NONE, state.outgoing.connections() as u64)])?;
        page.gauge("memory_bytes", "Memory that the process has in use", resident().map(|bytes| (NONE, bytes)))
    }
}

/// No label.
const NONE: [(&str, &str); 0] = [];

/// The page that is written, a metric at a time.
struct Page<'a>(DescriptorEncoder<'a>);

impl Page<'_> {
    fn gauge<L: EncodeLabelSet, V: EncodeGaugeValue>(
        &mut self,
        name: &str,
        help: &str,
        all: impl IntoIterator<Item = (L, V)>,
    ) -> fmt::Result {
        let mut metric = self.0.encode_descriptor(name, help, None, MetricType::Gauge)?;
        all.into_iter().try_for_each(|(labels, value)| metric.encode_family(&labels)?.encode_gauge(&value))
    }

    fn counter<L: EncodeLabelSet>(&mut self, name: &str, help: &str, all: impl IntoIterator<Item = (L, u64)>) -> fmt::Result {
        let mut metric = self.0.encode_descriptor(name, help, None, MetricType::Counter)?;
        let mut one = |(labels, value): (L, u64)| metric.encode_family(&labels)?.encode_counter::<NoLabelSet, _, f64>(&value, None);
        all.into_iter().try_for_each(&mut one)
    }

    fn histogram<L: EncodeLabelSet>(
        &mut self,
        name: &str,
        help: &str,
        all: impl IntoIterator<Item = (L, (f64, u64, Vec<(f64, u64)>))>,
    ) -> fmt::Result {
        let mut metric = self.0.encode_descriptor(name, help, None, MetricType::Histogram)?;
        all.into_iter().try_for_each(|(labels, (sum, count, buckets))| {
            metric.encode_family(&labels)?.encode_histogram::<NoLabelSet>(sum, count, &buckets, None)
        })
    }
}

fn requests(page: &mut Page<'_>, state: &State) -> fmt::Result {
    let routes = state.meters.routes();
    let label = |name: &'static str, value: &str| (name, value.to_owned());
    let answers = routes.iter().flat_map(|meter| {
        let labels = move |status| [label("method", &meter.method), label("route", &meter.route), ("status", status)];
        meter.by_status().map(move |(status, count)| (labels(status), count))
    });
    page.counter("http_requests", "Requests that were answered", answers)?;
    let durations = routes.iter().map(|meter| ([label("method", &meter.method), label("route", &meter.route)], meter.durations()));
    let durations = durations.filter(|(_, (_, count, _))| *count > 0);
    page.histogram("http_request_duration_seconds", "Time until an answer began", durations)
}

fn database(page: &mut Page<'_>, stats: &Stats) -> fmt::Result {
    page.gauge("writer_queue", "Writes that wait for the writer", [(NONE, stats.queued)])?;
    let count = stats.batches.iter().map(|(_, count)| count).sum();
    let batches = stats.batches.iter().map(|(most, count)| (float(*most), *count)).collect();
    page.histogram("writer_batch_size", "Writes in one transaction", [(NONE, (float(stats.written), count, batches))])?;
    page.gauge("database_bytes", "Size of the database file", [(NONE, stats.bytes)])?;
    page.gauge("database_log_bytes", "Size of its write-ahead log", [(NONE, stats.log_bytes)])?;
    page.gauge("disk_free_bytes", "Room on its disk", stats.free_bytes.map(|bytes| (NONE, bytes)))?;
    let (used, idle) = stats.readers;
    page.gauge("database_readers", "Connections that read", [([("state", "used")], used), ([("state", "idle")], idle)])
}

fn caches(page: &mut Page<'_>, state: &State) -> fmt::Result {
    let (responses, bytes) = state.response_cache.fill();
    let [keys, roles, projects] = state.store.fill();
    let all = [keys, roles, projects, state.tokens.fill(), responses];
    page.gauge("cache_items", "Things that are remembered", all.map(|cache| ([("cache", cache.name)], cache.items)))?;
    page.gauge("cache_bytes", "Bytes of what is remembered", [([("cache", responses.name)], bytes)])?;
    let asked = all.into_iter().flat_map(|cache| {
        let (found, missed) = cache.asked;
        [("hit", found), ("miss", missed)].map(|(result, count)| ([("cache", cache.name), ("result", result)], count))
    });
    page.counter("cache_requests", "How often something was looked for there", asked)
}

fn jobs(page: &mut Page<'_>, all: &[(&'static str, Gauge)]) -> fmt::Result {
    let items = all.iter().flat_map(|(job, gauge)| {
        [("done", gauge.done), ("failed", gauge.failed)].map(|(outcome, count)| ([("job_name", *job), ("outcome", outcome)], count))
    });
    page.counter("job_items", "What jobs did, by outcome", items)?;
    let mut moments = |name: &str, help: &str, of: fn(&Gauge) -> Option<Instant>| {
        let all = all.iter().filter_map(|(job, gauge)| Some(([("job_name", *job)], of(gauge)?.seconds())));
        page.gauge(name, help, all)
    };
    moments("job_last_sign_timestamp_seconds", "When something was last heard of a job", |gauge| gauge.last_sign)?;
    moments("job_last_success_timestamp_seconds", "When a job last ran and nothing failed", |gauge| gauge.last_success)?;
    moments("job_waiting_since_timestamp_seconds", "Since when something waits that has failed", |gauge| gauge.waiting_since)
}

#[expect(clippy::cast_precision_loss, reason = "a metric is a float")]
const fn float(count: u64) -> f64 {
    count as f64
}

/// Memory of this process, where the system tells (Linux).
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let kib: u64 = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

//! The metrics: who may read them, what they count, and that the dashboard and the alerts ask for none that is not there.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::json;
use stele::config::Config;

use super::{asked, asked_of};
use crate::support::{Server, Site, Visitor, page, visitor as person};

const TOKEN: &str = "a token for the metrics";

/// A site whose metrics are read on an address of their own.
fn site() -> Site {
    Site::as_set(Config { metrics_listen: Some(([127, 0, 0, 1], 0).into()), ..Config::default() })
}

/// Its metrics.
fn numbers(site: &Site) -> String {
    let answer = asked(&format!("{}/metrics", site.server.metrics.as_ref().unwrap()), None);
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/plain; version=0.0.4; charset=utf-8"));
    answer.body
}

/// The value of one of them, with its labels; 0 where it is not there.
fn value(text: &str, series: &str) -> f64 {
    text.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' ')?.parse().ok()).unwrap_or_default()
}

#[test]
fn metrics_are_for_whoever_has_the_token_or_reaches_their_address() {
    let dir = tempfile::tempdir().unwrap();
    let closed = Server::start(&dir.path().join("closed.db"));
    assert_eq!(asked_of(&closed, "/metrics").status, 404, "nobody asked for them");
    let server = Server::start_as(&dir.path().join("stele.db"), Config { metrics_token: Some(TOKEN.into()), ..Config::default() });
    let at = format!("{}/metrics", server.url);
    let refused = asked(&at, None);
    assert_eq!((refused.status, refused.header("www-authenticate"), refused.body.as_str()), (401, "Bearer", ""));
    assert_eq!(asked(&at, Some("another token for them")).status, 401);
    assert!(asked(&at, Some(TOKEN)).body.contains("# TYPE stele_http_requests_total counter"));
    let own = site();
    assert_eq!(asked_of(&own.server, "/metrics").status, 404, "not where everything else is");
    assert_eq!(asked(&format!("{}/readyz", own.server.metrics.as_ref().unwrap()), None).status, 200);
    numbers(&own);
}

#[test]
fn a_request_is_counted_by_its_pattern_and_never_by_its_path() {
    let site = site();
    let pages = "/api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/pages";
    let made = site.make(&site.pages(), &page("tides"));
    for _ in 0..3 {
        assert_eq!(site.get(&format!("{}/{}", site.pages(), made["id"].as_str().unwrap())).status, 200);
    }
    site.get(&format!("{}/nothing", site.pages()));
    site.server.ask("GET", "/there/is/nothing", None, None);
    asked_of(&site.server, "/nowhere/at/all");
    let text = numbers(&site);
    let count = |method: &str, route: &str, status: u16| {
        value(&text, &format!("stele_http_requests_total{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}}"))
    };
    assert_eq!([count("POST", pages, 201), count("GET", &format!("{pages}/{{pageId}}"), 200)], [1.0, 3.0], "{text}");
    assert_eq!([count("GET", &format!("{pages}/{{pageId}}"), 404), count("any", "(none)", 404)], [1.0, 2.0]);
    let one = format!("stele_http_request_duration_seconds_count{{method=\"GET\",route=\"{pages}/{{pageId}}\"}}");
    assert_eq!(value(&text, &one), 4.0);
    for path in [made["id"].as_str().unwrap(), "/nothing", "/nowhere"] {
        assert!(!text.contains(path), "{path}");
    }
}

#[test]
fn what_was_refused_is_counted_by_its_reason() {
    let site = site();
    let visitor = Visitor::nobody(&site.server);
    person(&site.server, "paula@acme.example");
    visitor.post("/sign-in", &[("email", "paula@acme.example"), ("password", "not the password")]);
    site.server.exchange("gct_sat_wrong");
    site.server.oauth("token", &[("grant_type", "client_credentials"), ("client_secret", &site.admin.secret)]);
    site.ask("POST", &site.pages(), Some(&json!({ "slug": "Not A Slug" })));
    site.server.ask("GET", "/me", None, None);
    let text = numbers(&site);
    let refused = |reason: &str| value(&text, &format!("stele_refusals_total{{reason=\"{reason}\"}}"));
    assert_eq!(["invalid", "token_missing", "wrong_password", "key_malformed"].map(refused), [1.0; 4], "{text}");
    let exchanges = |outcome: &str| value(&text, &format!("stele_token_exchanges_total{{outcome=\"{outcome}\"}}"));
    assert_eq!((exchanges("issued"), exchanges("key_malformed")), (2.0, 1.0));
    assert_eq!(value(&text, "stele_sign_ins_total{outcome=\"wrong_password\"}"), 1.0);
}

#[test]
fn the_database_the_caches_and_the_jobs_are_told_of() {
    let site = site();
    site.make(&site.pages(), &page("tides"));
    for _ in 0..2 {
        site.get(&site.pages());
    }
    let text = numbers(&site);
    for series in [
        "stele_writer_batch_size_count",
        "stele_writer_batch_size_sum",
        "stele_database_bytes",
        "stele_database_log_bytes",
        "stele_disk_free_bytes",
        "stele_memory_bytes",
        "stele_cache_items{cache=\"keys\"}",
        "stele_cache_items{cache=\"projects\"}",
        "stele_cache_requests_total{cache=\"responses\",result=\"hit\"}",
        "stele_cache_requests_total{cache=\"tokens\",result=\"hit\"}",
        &format!("stele_build_info{{version=\"{}\",commit=\"{}\"}}", env!("CARGO_PKG_VERSION"), env!("STELE_COMMIT")),
    ] {
        assert!(value(&text, series) > 0.0, "{series}\n{text}");
    }
    assert!(text.contains("\nstele_writer_queue 0\n"), "{text}");
    assert!(text.contains("stele_job_items_total{job_name=\"publish\",outcome=\"done\"} 0"), "{text}");
}

/// The names of metrics in a text: what begins with our prefix.
fn named(text: &str) -> BTreeSet<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.split(|c| !is_part(c)).filter(|word| word.starts_with("stele_")).map(str::to_owned).collect()
}

#[test]
fn the_dashboard_and_the_alerts_ask_for_metrics_that_there_are() {
    let site = site();
    let visitor = Visitor::nobody(&site.server);
    visitor.post("/sign-in", &[("email", "nobody@acme.example"), ("password", "not the password")]);
    let text = numbers(&site);
    let mut there: BTreeSet<_> = text.lines().filter(|line| !line.starts_with('#')).flat_map(named).collect();
    // It is there only while something waits that has failed.
    there.insert("stele_job_waiting_since_timestamp_seconds".into());
    for file in ["grafana-dashboard.json", "prometheus-alerts.yml"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/operate").join(file)).unwrap();
        let asked = named(&text);
        let missing: Vec<_> = asked.iter().filter(|name| !there.contains(*name)).collect();
        assert!(asked.len() > 5 && missing.is_empty(), "{file}: {missing:?}");
    }
    let dashboard = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/operate/grafana-dashboard.json")).unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(&dashboard).unwrap()["panels"].as_array().unwrap().len() > 8);
}

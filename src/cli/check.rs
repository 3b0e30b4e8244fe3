//! `stele check`: looks for damage, and tells what could not be delivered.

use crate::{
    database::Database,
    domain::account::delivery::{FailedDelivery, Report},
    store::account::delivery,
};

use super::{
    output::{CommandResult, say},
    settings::{Data, sentence},
};

pub(super) fn run(data: &Data) -> CommandResult {
    let problems = Database::check(&data.data);
    if !problems.is_empty() {
        return Err(problems.join("\n       "));
    }
    say(format_args!("{} is sound", data.data.display()))?;
    let report = Database::look(&data.data, delivery::unguarded_report).map_err(|error| sentence(error.into()))?;
    if let Some(told) = report.and_then(|report| deliveries_text(&report)) {
        say(format_args!("{told}"))?;
    }
    Ok(())
}

/// What became of deliveries; nothing where there are none. What failed is no damage.
fn deliveries_text(report: &Report) -> Option<String> {
    let Report { queued, sent, failed, last } = report;
    if (*queued, *sent, *failed) == (0, 0, 0) {
        return None;
    }
    let line = |one: &FailedDelivery| {
        format!("\n  {}  {} to {}, \"{}\": {}", one.ended_at, one.channel.word(), one.recipient, one.title, one.reason)
    };
    let lines: String = last.iter().map(line).collect();
    Some(format!("deliveries: {queued} wait, {sent} sent and {failed} failed in the last 30 days{lines}"))
}

//! A tool is run: in one transaction, as whoever the key is at that moment; what is refused is an answer, which says what to do.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::{
    domain::{Error, Result, error::Fault},
    http::base::error,
    store::Tx,
};

use super::{
    answer::Answer,
    argument::Arguments,
    caller::Caller,
    tool::{Run, Tool, Work},
    turn::Turn,
};

/// Most characters of a refusal.
const REFUSAL_MAX: usize = 2_000;

/// Runs a tool: its text, and whether that is a refusal.
pub async fn run(caller: &Caller, tool: &'static Tool, given: Map<String, Value>) -> (String, bool) {
    let done = match &caller.refused {
        Some(refused) => Err(refused.clone()),
        None => answered(caller, tool, given).await,
    };
    let status = done.as_ref().map_or_else(error::status, |_| 200);
    if let (Some(actor), Some(at)) = (caller.call.known(), caller.project()) {
        let state = caller.state();
        state.write_behind.traffic.answered(&state.store, actor, at, status).await;
    }
    match done {
        Ok(answer) => (answer.render(caller.state().store.entropy()), answer.is_refusal),
        Err(refused) => {
            error::log(&refused, "mcp");
            caller.state().meters.refused(error::word(&refused));
            (told(&refused, tool), true)
        }
    }
}

async fn answered(caller: &Caller, tool: &'static Tool, given: Map<String, Value>) -> Result<Answer> {
    let arguments = Arc::new(Arguments::read(&tool.all_takes(true), given)?);
    let dry = arguments.flag("dry_run");
    let work = move |caller: &Caller, tx: &mut Tx<'_>, work: Work| {
        let actor = caller.call.actor(tx)?;
        tx.by_tool(&actor, tool.name, &caller.client);
        work(&mut Turn { tx, actor, caller, arguments: &arguments, dry })
    };
    let (own, store) = (caller.clone(), caller.state().store.clone());
    match tool.run {
        Run::Write(write) if !dry => store.write(move |tx| work(&own, tx, write)).await,
        Run::Read(read) | Run::Write(read) => caller.call.reading(move || store.read_now(|tx| work(&own, tx, read))).await,
    }
}

/// What is told of a refusal: what happened, and what to do next.
fn told(refused: &Error, tool: &Tool) -> String {
    let nothing = if tool.is_write() { " Nothing was changed." } else { "" };
    let text = match refused {
        Error::Invalid(faults) => {
            let lines = faults.0.iter().map(line);
            format!("{} was refused.{nothing}\n{}", tool.name, lines.collect::<Vec<_>>().join("\n"))
        }
        Error::Conflict(fault) | Error::Unprocessable(fault) => format!("{}{nothing}", fault.message),
        Error::Stale => {
            format!(
                "The entry was changed since that version, and what it was then is not kept any more.{nothing} Read it again with read_entry."
            )
        }
        Error::NotFound(_) => format!("{refused} Look for it with search or list_entries."),
        Error::Denied(_) => format!("{refused} Ask whoever manages the key."),
        other => format!("{other}{nothing}"),
    };
    match text.char_indices().nth(REFUSAL_MAX) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

fn line(fault: &Fault) -> String {
    format!("- {}: {}", fault.field, fault.message)
}

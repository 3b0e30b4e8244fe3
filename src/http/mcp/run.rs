//! A tool is run: in one transaction, as whoever the key is at that moment; what is refused is an answer, which says what to do.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::{
    domain::{
        Error, Result,
        error::Fault,
        idempotency::{Request, StoredAnswer},
    },
    http::base::error,
    service::idempotency::{self, Made},
    store::Tx,
};

use super::{
    base::{
        answer::ToolAnswer,
        argument::Arguments,
        caller::Caller,
        invocation::Invocation,
        tool::{Run, Tool},
    },
    tools::write,
};

/// Most characters of a refusal.
const REFUSAL_MAX: usize = 2_000;

/// Runs a tool: its text, and whether that is a refusal.
pub async fn run(caller: &Caller, tool: &'static Tool, given: Map<String, Value>) -> (String, bool) {
    let done = match &caller.refused {
        Some(refused) => Err(refused.clone()),
        None => run_now(caller, tool, given).await,
    };
    let status = done.as_ref().map_or_else(error::status, |_| 200);
    if let (Some(actor), Some(at)) = (caller.call.known_actor(), caller.project()) {
        let state = caller.state();
        state.write_behind.traffic.count_answer(&state.store, actor, at, status).await;
    }
    match done {
        Ok(answer) => (answer.render(caller.state().store.entropy()), answer.is_refusal),
        Err(refused) => {
            error::log(&refused, "mcp");
            caller.state().meters.count_refusal(error::word(&refused));
            (refusal_text(&refused, tool), true)
        }
    }
}

/// What runs in the transaction, as often as that is run.
type SharedWork = Arc<dyn Fn(&mut Invocation<'_, '_>) -> Result<ToolAnswer> + Send + Sync>;

async fn run_now(caller: &Caller, tool: &'static Tool, given: Map<String, Value>) -> Result<ToolAnswer> {
    let said = Value::Object(given.clone()).to_string();
    let arguments = Arc::new(Arguments::read(&tool.all_takes(true), given)?);
    let (dry, is_live) = (arguments.flag("dry_run"), arguments.flag("live"));
    let run = ToolRun { caller: caller.clone(), tool, arguments };
    let store = caller.state().store.clone();
    if let Run::Read(read) = tool.run {
        return caller.call.reading(move || store.read_now(|tx| run.invoke(tx, read))).await;
    }
    limited(caller, !dry && (tool.publishes || is_live))?;
    let named = if dry { None } else { caller.call.idempotency_key()? };
    let named = named.map(|named| Request::new(named, "POST", &format!("/mcp/{}", tool.name), said.as_bytes()));
    let work = run.work(named.is_some()).await?;
    if dry {
        // It takes its turn among the writes, as the change would.
        return store.rehearse(move |tx| run.invoke(tx, &*work)).await.map(ToolAnswer::rehearsed);
    }
    let once_or_now = move |tx: &mut Tx<'_>| match &named {
        None => run.invoke(tx, &*work),
        Some(request) => once(&run.caller, tx, request, |tx| run.invoke(tx, &*work)),
    };
    store.write(once_or_now).await
}

/// A tool with what it was given, and who called it.
#[derive(Clone)]
struct ToolRun {
    caller: Caller,
    tool: &'static Tool,
    arguments: Arc<Arguments>,
}

impl ToolRun {
    /// What it does among the writes. What is long of a change is worked out before, among the reads: there no other write waits for it.
    async fn work(&self, is_named: bool) -> Result<SharedWork> {
        let asked = match self.tool.run {
            Run::Read(work) | Run::Write(work) => return Ok(Arc::new(work)),
            Run::Edit(request) => Arc::new(request(&self.arguments)?),
        };
        let (run, store, what) = (self.clone(), self.caller.state().store.clone(), asked.clone());
        let planned = move || store.read_now(|tx| run.invoke(tx, |invocation| write::plan_change(invocation, &what)));
        let plan = match self.caller.call.reading(planned).await {
            // What was made under this name before is told again, whatever the entry is by now.
            Err(refused) if !is_named => return Err(refused),
            plan => plan.ok(),
        };
        Ok(Arc::new(move |invocation| write::change(invocation, &asked, plan.as_ref())))
    }

    fn invoke<T>(&self, tx: &mut Tx<'_>, work: impl FnOnce(&mut Invocation<'_, '_>) -> Result<T>) -> Result<T> {
        let Self { caller, tool, arguments } = self;
        let actor = caller.call.actor(tx)?;
        tx.by_tool(&actor, tool.name, &caller.client);
        work(&mut Invocation { tx, actor, caller, arguments, dry: arguments.flag("dry_run") })
    }
}

/// Counts a change for its key: an agent that runs in a circle is stopped before it has done much.
fn limited(caller: &Caller, is_seen: bool) -> Result<()> {
    let key = caller.call.known_actor().and_then(|actor| actor.key());
    key.map_or(Ok(()), |key| caller.state().rate_limits.agent(key.id, is_seen))
}

/// A change that its caller has named (`Idempotency-Key`) is made once: a repeat gets the answer that was given.
fn once(caller: &Caller, tx: &mut Tx<'_>, request: &Request, work: impl FnOnce(&mut Tx<'_>) -> Result<ToolAnswer>) -> Result<ToolAnswer> {
    let actor = caller.call.actor(tx)?;
    let entropy = tx.entropy();
    let status = |answer: &ToolAnswer| if answer.is_refusal { 409 } else { 200 };
    let kept = |answer: &ToolAnswer| Ok(StoredAnswer { status: status(answer), headers: "[]".to_owned(), body: answer.render(entropy) });
    Ok(match idempotency::once(tx, &actor, request, work, kept)? {
        Made::New(answer) => answer,
        Made::Before(kept) if kept.status == 200 => ToolAnswer::new(kept.body),
        Made::Before(kept) => ToolAnswer::refusal(kept.body),
    })
}

/// What is told of a refusal: what happened, and what to do next.
fn refusal_text(refused: &Error, tool: &Tool) -> String {
    let nothing = if tool.is_write() { " Nothing was changed." } else { "" };
    let text = match refused {
        Error::Invalid(faults) => {
            let lines = faults.0.iter().map(line);
            format!("{} was refused.{nothing}\n{}", tool.name, lines.collect::<Vec<_>>().join("\n"))
        }
        Error::Conflict(fault) | Error::Unprocessable(fault) => format!("{}{nothing}", fault.message),
        Error::Stale => format!("The entry was changed since the version that you read.{nothing} Read it again with read_entry."),
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

//! The methods of the protocol, whatever carries them: each takes JSON and answers JSON.

use serde_json::{Map, Value, json};

use super::{caller::Caller, refusal::Refusal, run, tools};

/// Lists the tools.
pub const LIST_TOOLS: &str = "tools/list";
/// Calls a tool.
pub const CALL_TOOL: &str = "tools/call";

/// Milliseconds for which a client need not ask again what there is: rights may change at any time.
const FRESH: u64 = 60_000;

/// Answers a method.
///
/// # Errors
/// The error of the protocol. What is refused to a caller of a tool is no such error, but an answer that says so.
pub async fn dispatch(caller: &Caller, method: &str, params: Value) -> Result<Value, Refusal> {
    let params = if let Value::Object(params) = params { params } else { Map::new() };
    if let Some(refused) = caller.refused.clone().filter(|_| method != CALL_TOOL) {
        return Err(refused.into());
    }
    match method {
        LIST_TOOLS => Ok(fresh(json!({ "tools": tools::told(caller).await? }))),
        CALL_TOOL => {
            let name = params.get("name").and_then(Value::as_str).unwrap_or_default();
            let tool = tools::of_name(name).ok_or_else(|| Refusal::params(format!("There is no tool {name:?}.")))?;
            let given = params.get("arguments").and_then(Value::as_object).cloned().unwrap_or_default();
            let (text, is_error) = run::run(caller, tool, given).await;
            Ok(json!({ "content": [{ "type": "text", "text": text }], "isError": is_error, "resultType": "complete" }))
        }
        other => Err(Refusal::method(other)),
    }
}

/// What a list says of how long it may be kept, and by whom: it is another for each key.
fn fresh(mut list: Value) -> Value {
    list["ttlMs"] = FRESH.into();
    list["cacheScope"] = "private".into();
    list["resultType"] = "complete".into();
    list
}

//! The methods of the protocol, whatever carries them: each takes JSON and answers JSON.

use serde_json::{Map, Value, json};

use super::{
    base::{caller::Caller, refusal::Refusal},
    prompts, resources, run, tools,
};

/// Lists the tools.
pub const LIST_TOOLS: &str = "tools/list";
/// Calls a tool.
pub const CALL_TOOL: &str = "tools/call";
/// Lists resources.
pub const LIST_RESOURCES: &str = "resources/list";
/// Reads one.
pub const READ_RESOURCE: &str = "resources/read";
/// Lists prompts.
pub const LIST_PROMPTS: &str = "prompts/list";
/// Gets one.
pub const GET_PROMPT: &str = "prompts/get";

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
    let word = |name: &str| params.get(name).and_then(Value::as_str).unwrap_or_default();
    match method {
        LIST_TOOLS => Ok(fresh(json!({ "tools": tools::listed(caller).await? }))),
        CALL_TOOL => {
            let name = word("name");
            let tool = tools::of_name(name).ok_or_else(|| Refusal::params(format!("There is no tool {name:?}.")))?;
            let given = params.get("arguments").and_then(Value::as_object).cloned().unwrap_or_default();
            let (text, is_error) = run::run(caller, tool, given).await;
            Ok(json!({ "content": [{ "type": "text", "text": text }], "isError": is_error, "resultType": "complete" }))
        }
        LIST_RESOURCES => Ok(fresh(resources::list(caller).await?)),
        READ_RESOURCE => Ok(fresh(resources::read(caller, word("uri")).await?)),
        LIST_PROMPTS => Ok(fresh(prompts::list())),
        GET_PROMPT => {
            let given = params.get("arguments").and_then(Value::as_object).cloned().unwrap_or_default();
            let mut got = prompts::get(word("name"), &given)?;
            got["resultType"] = "complete".into();
            Ok(got)
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

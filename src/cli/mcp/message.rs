//! What the bridge reads of a message that it hands on as it is: who waits for an answer, and what HTTP has to say of it.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

/// A line that is no message.
const NO_JSON: i32 = -32700;
/// A message that the bridge could not have answered.
const NO_ANSWER: i32 = -32000;
/// Where a message says in which revision of the protocol it is written, since that may be another with each.
const REVISION: &str = "io.modelcontextprotocol/protocolVersion";

/// A message, as the client wrote it.
pub struct Message {
    text: String,
    read: Value,
}

impl Message {
    /// A line of the client.
    ///
    /// # Errors
    /// The answer to a line that is no JSON.
    pub fn read(text: String) -> Result<Self, String> {
        match serde_json::from_str(&text) {
            Ok(read) => Ok(Self { text, read }),
            Err(error) => Err(refusal(&Value::Null, NO_JSON, &format!("This line is no JSON: {error}"))),
        }
    }

    /// As the client wrote it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it asks for.
    pub fn method(&self) -> Option<&str> {
        self.read["method"].as_str()
    }

    /// The revision that it says it is written in.
    pub fn revision(&self) -> Option<&str> {
        self.read["params"]["_meta"][REVISION].as_str()
    }

    /// What the client calls itself, where it begins by saying so.
    pub fn client(&self) -> Option<String> {
        let client = &self.read["params"]["clientInfo"];
        let named = format!("{} {}", client["name"].as_str()?, client["version"].as_str().unwrap_or_default());
        Some(named.trim().chars().filter(|c| matches!(c, ' '..='~')).collect())
    }

    /// What it is about, as a header says it: the tool, the prompt, or the resource.
    pub fn about(&self) -> Option<String> {
        let about = match self.method()? {
            "tools/call" | "prompts/get" => &self.read["params"]["name"],
            "resources/read" => &self.read["params"]["uri"],
            _ => return None,
        };
        about.as_str().map(header)
    }

    /// The answer of the bridge itself to whoever waits for one: why there is no other.
    pub fn unanswered(&self, why: &str) -> Vec<String> {
        let all = self.read.as_array().map_or(std::slice::from_ref(&self.read), Vec::as_slice);
        let waiting = all.iter().filter(|one| one["method"].is_string() && !one["id"].is_null());
        waiting.map(|one| refusal(&one["id"], NO_ANSWER, why)).collect()
    }
}

/// An answer, if it is one, and not the page of something on the way.
pub fn is_answer(text: &str) -> bool {
    let read: Value = serde_json::from_str(text).unwrap_or_default();
    read["jsonrpc"] == "2.0" || read.is_array()
}

/// The revision that an answer to `initialize` settles.
pub fn settled_revision(answer: &str) -> Option<String> {
    let read: Value = serde_json::from_str(answer).ok()?;
    read["result"]["protocolVersion"].as_str().map(str::to_owned)
}

/// A value of a header, of which the protocol says how it travels if it is not plain.
fn header(value: &str) -> String {
    let plain = value.bytes().all(|byte| matches!(byte, b' '..=b'~')) && value.trim() == value && !value.starts_with("=?base64?");
    if plain { value.to_owned() } else { format!("=?base64?{}?=", BASE64_STANDARD.encode(value)) }
}

fn refusal(id: &Value, code: i32, why: &str) -> String {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": why } }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &Value) -> Message {
        Message::read(value.to_string()).unwrap_or_else(|refused| panic!("{refused}"))
    }

    #[test]
    fn headers_say_what_the_body_says() {
        let call = |method: &str, params: Value| read(&json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }));
        assert_eq!(call("tools/call", json!({ "name": "search" })).about().as_deref(), Some("search"));
        assert_eq!(call("resources/read", json!({ "uri": "stele://blocks" })).about().as_deref(), Some("stele://blocks"));
        assert_eq!(call("prompts/get", json!({ "name": "é" })).about().as_deref(), Some("=?base64?w6k=?="));
        assert_eq!(call("prompts/get", json!({ "name": " a" })).about().as_deref(), Some("=?base64?IGE=?="));
        assert_eq!(call("tools/list", json!({ "name": "search" })).about(), None);
        assert_eq!(call("tools/list", json!({ "_meta": { REVISION: "2026-07-28" } })).revision(), Some("2026-07-28"));
        let client = json!({ "clientInfo": { "name": "a\u{1b}gent\r\n", "version": "2" } });
        assert_eq!(call("initialize", client).client().as_deref(), Some("agent 2"));
    }

    #[test]
    fn whoever_waits_is_answered_and_nobody_else() {
        let request = json!({ "jsonrpc": "2.0", "id": "a", "method": "ping" });
        let note = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
        let response = json!({ "jsonrpc": "2.0", "id": 7, "result": {} });
        let answers = |message: &Value| read(message).unanswered("gone");
        let told = [json!({ "jsonrpc": "2.0", "id": "a", "error": { "code": NO_ANSWER, "message": "gone" } }).to_string()];
        assert_eq!(answers(&request), told);
        assert_eq!(answers(&json!([note, request, response])), told);
        assert!(answers(&note).is_empty() && answers(&response).is_empty());
        let refused = Message::read("{".into()).err().expect("no JSON");
        assert!(is_answer(&refused) && refused.contains("-32700"), "{refused}");
        assert!(!is_answer("<html>") && !is_answer("{\"message\": \"gone\"}"));
    }
}

//! An agent that speaks the protocol over HTTP, in either of its eras.

use reqwest::blocking::{Client, Response};
use serde_json::{Value, json};

use crate::support::Server;

/// The newest revision, which says with each method who speaks.
pub const NEW: &str = "2026-07-28";
/// The one before, which begins with `initialize`.
pub const OLD: &str = "2025-11-25";

/// An agent with a key or a token.
pub struct Agent {
    pub url: String,
    pub bearer: String,
    pub revision: &'static str,
}

impl Agent {
    pub fn new(server: &Server, bearer: &str) -> Self {
        Self { url: format!("{}/mcp", server.url), bearer: bearer.to_owned(), revision: NEW }
    }

    /// The body of a method.
    pub fn message(&self, method: &str, mut params: Value) -> Value {
        if self.revision == NEW {
            params["_meta"] = json!({
                "io.modelcontextprotocol/protocolVersion": NEW,
                "io.modelcontextprotocol/clientInfo": { "name": "test-agent", "version": "1.0" },
                "io.modelcontextprotocol/clientCapabilities": {},
            });
        }
        json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params })
    }

    /// Sends a body with these headers besides.
    pub fn send(&self, body: &Value, headers: &[(&str, &str)]) -> Response {
        let mut request = Client::new()
            .post(&self.url)
            .header("accept", "application/json, text/event-stream")
            .header("mcp-protocol-version", self.revision)
            .bearer_auth(&self.bearer);
        if self.revision == NEW {
            request = request.header("mcp-method", body["method"].as_str().unwrap_or_default());
            if let Some(name) = body["params"]["name"].as_str().or_else(|| body["params"]["uri"].as_str()) {
                request = request.header("mcp-name", name);
            }
        }
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        request.json(body).send().expect("the server answers")
    }

    /// The result of a method.
    pub fn ask(&self, method: &str, params: Value) -> Value {
        let answer = self.send(&self.message(method, params), &[]);
        let status = answer.status();
        let body: Value = answer.json().expect("JSON");
        assert!(status.is_success() && body["error"].is_null(), "{status} {body}");
        body["result"].clone()
    }

    /// The text that a tool answers, and whether it is a refusal.
    pub fn call(&self, tool: &str, arguments: Value) -> (String, bool) {
        let result = self.ask("tools/call", json!({ "name": tool, "arguments": arguments }));
        let content = result["content"].as_array().expect("content");
        assert_eq!((content.len(), &content[0]["type"]), (1, &json!("text")));
        assert!(result.get("structuredContent").is_none(), "clients show a model only that");
        let text = content[0]["text"].as_str().expect("text").to_owned();
        assert!(text.chars().count() < 40_000, "{} characters", text.chars().count());
        (text, result["isError"].as_bool().expect("a flag"))
    }

    /// The text of a tool that does what it is asked.
    pub fn done(&self, tool: &str, arguments: Value) -> String {
        let (text, is_refusal) = self.call(tool, arguments);
        assert!(!is_refusal, "{tool}: {text}");
        text
    }

    /// The text of a tool that refuses.
    pub fn refused(&self, tool: &str, arguments: Value) -> String {
        let (text, is_refusal) = self.call(tool, arguments);
        assert!(is_refusal && text.chars().count() < 2_004, "{tool}: {text}");
        text
    }

    /// The names of the tools.
    pub fn tools(&self) -> Vec<String> {
        let all = self.ask("tools/list", json!({}));
        all["tools"].as_array().expect("tools").iter().map(|tool| tool["name"].as_str().expect("a name").to_owned()).collect()
    }
}

/// What stands in the fence of an answer.
pub fn stored(answer: &str) -> &str {
    let (_, inner) = answer.split_once("<<<stored ").expect("a fence");
    let (first, inner) = inner.split_once('\n').expect("a line");
    let end = format!(">>>stored {}", first.split(':').next().expect("a number"));
    inner.split_once(&end).expect("an end").0
}

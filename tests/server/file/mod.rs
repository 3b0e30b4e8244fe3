//! Files: how they come in, what is said of them, and how they are handed out.

mod beside;
mod content;
mod delivery;
mod file;
mod folder;
mod library;
mod names;
mod picture;
mod search;
mod sent;
mod trash;
mod version;

use reqwest::blocking::{Client, Response};
use serde_json::{Value, json};

use crate::support::{JsonAnswer, Site};

impl Site {
    /// The routes of files.
    pub fn files(&self) -> String {
        format!("{}/files", self.project())
    }

    /// The routes of uploads in parts.
    pub fn uploads(&self) -> String {
        format!("{}/file-uploads", self.project())
    }

    /// Saves a text.
    pub fn save(&self, name: &str, content: &str) -> Value {
        self.saved(&json!({ "filename": name, "content": content }))
    }

    /// Saves a file.
    pub fn saved(&self, body: &Value) -> Value {
        let saved = self.ask("POST", &format!("{}/save", self.files()), Some(body));
        assert_eq!(saved.status, 200, "{}", saved.body);
        saved.body
    }

    /// Sends a form to a route of files.
    pub fn form(&self, path: &str, form: &Form) -> JsonAnswer {
        let request = Client::new().post(format!("{}/api{path}", self.server.url)).bearer_auth(&self.token);
        JsonAnswer::of(request.header("content-type", "multipart/form-data; boundary=edge").body(form.closed()).send().unwrap())
    }

    /// Sends files to the project; what was made of them.
    pub fn upload(&self, form: &Form) -> Vec<Value> {
        let made = self.form(&self.files(), form);
        assert_eq!(made.status, 201, "{}", made.body);
        made.body["data"].as_array().unwrap().clone()
    }

    /// What is at the address of a file, as the server hands it out.
    pub fn fetch(&self, url: &str, headers: &[(&str, &str)]) -> Response {
        self.fetch_as("GET", url, headers)
    }

    /// The same with another method.
    pub fn fetch_as(&self, method: &str, url: &str, headers: &[(&str, &str)]) -> Response {
        let here = url.replace("http://stele.test", &self.server.url);
        let request = Client::new().request(method.parse().unwrap(), here);
        headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().unwrap()
    }

    /// How many rows a table has.
    pub fn rows(&self, table: &str) -> i64 {
        self.raw().query_row(&format!("SELECT COUNT(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    }
}

/// A form with files (RFC 7578), put together byte by byte.
#[derive(Default)]
pub struct Form(Vec<u8>);

impl Form {
    /// With a field.
    pub fn field(mut self, name: &str, value: &str) -> Self {
        self.0.extend(format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        self
    }

    /// With a file.
    pub fn file(self, name: &str, kind: &str, bytes: &[u8]) -> Self {
        self.attach("file", name, kind, bytes)
    }

    /// With a file in a field of this name.
    pub fn attach(mut self, field: &str, name: &str, kind: &str, bytes: &[u8]) -> Self {
        let head =
            format!("--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n");
        self.0.extend(head.bytes());
        self.0.extend(bytes);
        self.0.extend(b"\r\n");
        self
    }

    /// As far as it has come.
    pub fn open(&self) -> &[u8] {
        &self.0
    }

    /// All of it.
    pub fn closed(&self) -> Vec<u8> {
        [&self.0, b"--edge--\r\n".as_slice()].concat()
    }
}

/// Bytes that are no text, and nowhere the same.
pub fn noise(many: usize) -> Vec<u8> {
    let mut bytes = vec![0; many];
    blake3::Hasher::new().update(&many.to_be_bytes()).finalize_xof().fill(&mut bytes);
    bytes
}

/// A picture of one pixel.
pub const PIXEL: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

//! An error of the protocol: of a method that is not answered at all.

use crate::{domain::Error, http::base::error};

/// A method that is not answered: an error of JSON-RPC.
#[derive(Debug)]
pub struct Refusal {
    /// The code of the protocol.
    pub code: i32,
    /// What is wrong.
    pub message: String,
}

impl Refusal {
    /// Params that cannot be followed.
    pub fn params(message: impl Into<String>) -> Self {
        Self { code: -32602, message: message.into() }
    }

    /// A resource that there is not, or that the caller may not read.
    pub fn resource(uri: &str) -> Self {
        Self { code: -32002, message: format!("There is no resource {uri}, or you may not see it.") }
    }

    /// A method that there is not.
    pub fn method(method: &str) -> Self {
        Self { code: -32601, message: format!("There is no method {method}.") }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let is_server = error::status(&error) >= 500;
        Self { code: if is_server { -32603 } else { -32000 }, message: error.to_string() }
    }
}

//! Servers of names, asked for the records by which domains are verified.

use std::pin::Pin;

use hickory_resolver::{
    TokioResolver,
    net::{DnsError, NetError},
    proto::{op::ResponseCode, rr::RData},
};

use crate::{domain::project::domain::Found, service::project::domain::Names};

/// The servers that this machine asks.
pub struct Servers(Option<TokioResolver>);

impl Servers {
    /// Those of the system's settings. Where these cannot be read, nobody answers.
    pub fn of_system() -> Self {
        let made = TokioResolver::builder_tokio().and_then(|mut builder| {
            // What was not there a minute ago would stay so.
            builder.options_mut().cache_size = 0;
            builder.build()
        });
        Self(made.inspect_err(|error| tracing::warn!(%error, "no servers of names: domains cannot be verified by records")).ok())
    }
}

impl Names for Servers {
    fn texts(&self, name: String) -> Pin<Box<dyn Future<Output = Found> + Send + '_>> {
        Box::pin(async move {
            let Some(resolver) = &self.0 else { return Found::Nobody };
            // With the dot at its end no domain of the system's settings is put behind it.
            match resolver.txt_lookup(format!("{name}.")).await {
                Ok(lookup) => Found::Texts(lookup.answers().iter().filter_map(|record| text(&record.data)).collect()),
                Err(NetError::Dns(DnsError::NoRecordsFound(none)))
                    if matches!(none.response_code, ResponseCode::NXDomain | ResponseCode::NoError) =>
                {
                    Found::Texts(Vec::new())
                }
                Err(error) => {
                    tracing::info!(%error, name, "no server of names answered");
                    Found::Nobody
                }
            }
        })
    }
}

/// The text of a record; long ones come in pieces.
fn text(data: &RData) -> Option<String> {
    let RData::TXT(txt) = data else { return None };
    Some(txt.txt_data.iter().map(|piece| String::from_utf8_lossy(piece)).collect())
}

//! Who calls, over which client; handed along with each method.

use std::sync::{Arc, OnceLock};

use crate::{
    domain::{Error, id::ProjectPath},
    http::base::{bearer::call::ApiCall, state::State},
};

/// Most characters of what a client calls itself.
const CLIENT_MAX: usize = 100;

/// A caller, who was let in. Cheap to clone.
#[derive(Clone)]
pub struct Caller {
    /// The request: who sends it is asked again in each transaction.
    pub call: ApiCall,
    /// What the client calls itself.
    pub client: String,
    /// Why nothing is done for it, though its key lives: from here, or so often, it may not be used. Agents are told so by what they
    /// call, since clients take a refused connection for something else.
    pub refused: Option<Error>,
    project: Arc<OnceLock<ProjectPath>>,
}

impl Caller {
    /// A caller over a client that says in its headers what it is.
    pub fn new(call: ApiCall, client: &str, refused: Option<Error>) -> Self {
        Self { call, client: client_name(client), refused, project: Arc::default() }
    }

    /// The same over a client that says with the method what it is.
    #[must_use]
    pub fn with_client(self, name: &str, version: &str) -> Self {
        Self { client: client_name(&format!("{name} {version}")), ..self }
    }

    /// What all calls share.
    pub fn state(&self) -> &Arc<State> {
        self.call.state()
    }

    /// The project turned out to be this one.
    pub fn enters(&self, at: ProjectPath) {
        let _ = self.project.set(at);
    }

    /// The project, if it was found.
    pub fn project(&self) -> Option<ProjectPath> {
        self.project.get().copied()
    }
}

fn client_name(client: &str) -> String {
    client.chars().filter(|c| !c.is_control()).take(CLIENT_MAX).collect::<String>().trim().to_owned()
}

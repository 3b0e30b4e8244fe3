//! How a key is used: the ids that a script has to know, and examples that hold them.

use crate::{
    domain::{
        Error, Result,
        content::{Kind, Kinds, documents_of},
        id::{OrgId, ProjectId, UserId},
        listing::Listing,
        project::project::AppLite,
    },
    http::console::base::{form::Choice, request::PageRequest},
    service::{
        key::key_list::{self, Reach},
        org::organization,
        project::project,
    },
    store::Tx,
};

/// Ids and examples for one project that a key reaches.
pub struct Snippets {
    /// Where the API begins.
    pub api: String,
    /// Where agents work with it.
    pub mcp: String,
    /// The organization.
    pub org: OrgId,
    /// The project, if there is one yet.
    pub project: Option<ProjectId>,
    /// Its apps.
    pub apps: Vec<AppLite>,
    /// The projects to choose from.
    pub projects: Vec<Choice>,
    kinds: Kinds,
}

impl Snippets {
    /// Those of the organization that the reader belongs to first, if there is one.
    ///
    /// # Errors
    /// Those of the operations.
    pub fn own(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Option<Self>> {
        let first = Listing { page_size: 1, ..Listing::default() };
        let mine = organization::list_mine(tx, request.actor()?, &first)?.items.into_iter().next();
        mine.map(|(org, _)| Self::of(request, tx, (org.id, None), None)).transpose()
    }

    /// Those of a key of this organization and account, or of one's own, that is limited to `chosen` projects; for the project that the
    /// address asks for, else the first.
    ///
    /// # Errors
    /// Those of the operations.
    pub fn of(
        request: &PageRequest,
        tx: &mut Tx<'_>,
        (org, account): (OrgId, Option<UserId>),
        chosen: Option<&[ProjectId]>,
    ) -> Result<Self> {
        let actor = request.actor()?;
        let reach = match key_list::reach(tx, actor, org, account, chosen) {
            // One's own dead keys of an organization that one has left have pages, too.
            Err(Error::NotFound(_)) => Reach::default(),
            reached => reached?,
        };
        let asked = request.query("project").and_then(|id| id.parse().ok());
        let project = asked.filter(|id| reach.seen.iter().any(|(seen, _)| seen == id)).or(reach.example);
        let apps = match project.map(|id| project::get(tx, actor, (org, id))).transpose() {
            Err(Error::NotFound(_) | Error::Denied(_)) => Vec::new(),
            found => found?.map(|project| project.apps).unwrap_or_default(),
        };
        let projects = reach.seen.into_iter().map(|(id, name)| Choice { id: id.to_string(), name }).collect();
        Ok(Self { apps, projects, ..Self::small(request, org, project) })
    }

    /// Those of a key that was just made.
    pub fn small(request: &PageRequest, org: OrgId, project: Option<ProjectId>) -> Self {
        let (url, kinds) = (&request.state.public_url, request.state.store.kinds());
        Self { api: format!("{url}/api"), mcp: format!("{url}/mcp"), org, project, apps: Vec::new(), projects: Vec::new(), kinds }
    }

    /// What the examples list: the first kind of the first app that has content.
    pub fn listed(&self) -> Option<(&AppLite, &'static Kind)> {
        self.apps.iter().find_map(|app| Some((app, documents_of(self.kinds, app.app_type).next()?)))
    }

    /// Whether this is the chosen project.
    pub fn is_project(&self, id: &str) -> bool {
        self.project.is_some_and(|project| project.to_string() == id)
    }
}

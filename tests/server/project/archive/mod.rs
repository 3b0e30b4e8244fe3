//! Projects as archives: exported, imported into another organization, and what is refused on the way.

mod console;
mod default_layout;
mod files;
mod killed;
mod markdown;
mod over_http;
mod refused;
mod round;

use std::{io::Cursor, sync::Arc};

use serde_json::{Value, json};
use stele::{
    domain::{
        Result,
        access::Actor,
        content::Kind,
        id::{AppId, OrgId, ProjectId},
        project::{archive::Report, project::Project},
    },
    service::{
        content::entry as entries,
        file::blob::bytes::{Blobs, Bounds},
        project::archive::{
            export::Export,
            import::{ImportRequest, import, look_through},
        },
    },
};

use crate::support::{Server, Site, Tenant, tenant};

/// Where the bytes of files are.
fn blobs(server: &Server) -> Arc<Blobs> {
    Arc::new(Blobs::new(server.store.clone(), Bounds::default(), None))
}

/// The archive of a project, as the operator sees it.
fn exported(server: &Server, at: (OrgId, ProjectId)) -> String {
    exported_with(server, at, Some(blobs(server)))
}

fn exported_with(server: &Server, at: (OrgId, ProjectId), files: Option<Arc<Blobs>>) -> String {
    let all = server.store.read_now(|tx| {
        let (mut archive, mut all) = (Export::new(at, files.clone()), String::new());
        while let Some(piece) = archive.piece(tx, &Actor::operator())? {
            all.push_str(&piece);
        }
        Ok(all)
    });
    all.expect("it is read")
}

/// Imports an archive as the operator.
fn imported(server: &Server, org: OrgId, archive: &str) -> Result<(Project, Report)> {
    named(server, org, archive, None)
}

fn named(server: &Server, org: OrgId, archive: &str, name: Option<&str>) -> Result<(Project, Report)> {
    let wanted = ImportRequest { who: Arc::new(|_| Ok(Actor::operator())), org, name: name.map(str::to_owned), files: blobs(server) };
    import(&server.store, &wanted, &mut Cursor::new(archive.as_bytes()))
}

/// Another organization on the same server.
fn elsewhere(site: &Site) -> Tenant {
    tenant(&site.server, "elsewhere")
}

/// Makes an entry as the operator; its id.
fn make(server: &Server, at: (OrgId, ProjectId, AppId), kind: &'static Kind, body: Value) -> String {
    let body = body.as_object().expect("an object").clone();
    server.write(move |tx| entries::create_of(tx, &Actor::operator(), at, kind, &body, None)).found.id.to_string()
}

/// The members of the lines of one name.
fn lines(archive: &str, name: &str) -> Vec<Value> {
    let read = archive.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    read.filter_map(|line| line.get(name).cloned()).collect()
}

/// A line of an archive, put together by hand.
fn line(name: &str, members: Value) -> String {
    format!("{}\n", json!({ name: members }))
}

//! Every route of the API as data.

use actix_web::http::Method;

use crate::{domain::content::Kinds, http::base::transport::media::Transport};

use super::{
    account::me,
    content::{
        builder, entry,
        front::{change, preview},
        search,
        site::{address, redirect, redirect_rules, settings, sitemap, viewer},
        trash, version,
    },
    file::{file, folder, search as file_search, trash as file_trash, upload, version as file_version},
    form::{export, form, mail, sender, submission},
    instance,
    key::{key, token},
    org::{invitation, member, organization, service_account},
    project::{app, archive, branding, domain, project, webhook},
    route::{Gate, Handler, Route},
};

/// All routes with those of these kinds of content, in the order of the docs.
pub fn all(kinds: Kinds) -> Vec<Route> {
    [
        token::routes(),
        me::routes(),
        organization::routes(),
        member::routes(),
        invitation::routes(),
        service_account::routes(),
        key::routes(),
        project::routes(),
        archive::routes(),
        app::routes(),
        branding::routes(),
        domain::routes(),
        webhook::routes(),
        entry::routes(kinds),
        address::routes(),
        settings::routes(),
        viewer::routes(),
        redirect::routes(),
        redirect_rules::routes(),
        sitemap::routes(),
        version::routes(),
        trash::routes(),
        builder::routes(),
        search::routes(),
        change::routes(),
        preview::routes(),
        file::routes(),
        file_version::routes(),
        file_search::routes(),
        folder::routes(),
        file_trash::routes(),
        upload::routes(),
        form::routes(kinds),
        submission::routes(kinds),
        mail::routes(kinds),
        export::routes(kinds),
        sender::routes(),
        instance::routes(all),
    ]
    .concat()
}

/// What the server needs of a route.
pub struct Served {
    /// Whether it needs no token.
    pub public: bool,
    /// Whether its answer holds a secret.
    pub secret: bool,
    /// How its body travels.
    pub takes: Transport,
    /// Whether repeats of a call are known by the name that its caller gave it.
    pub repeatable: bool,
    /// What is asked before its body is read.
    pub gate: Option<Gate>,
    /// The handler.
    pub run: Handler,
}

/// The paths under `/api` of what everybody may read.
pub fn open(kinds: Kinds) -> Vec<String> {
    let open = all(kinds).into_iter().filter(|route| route.public && route.method == Method::GET);
    open.map(|route| format!("/api{}", route.path)).collect()
}

/// The same for a router.
pub fn by_path(kinds: Kinds) -> impl Iterator<Item = (Method, String, Served)> {
    all(kinds).into_iter().flat_map(|route| {
        let alias = route.alias.map(str::to_owned);
        [Some(route.path.clone()), alias].into_iter().flatten().map(move |path| {
            let Route { method, public, secret, takes, repeatable, gate, run, .. } = route.clone();
            (method, path, Served { public, secret, takes, repeatable, gate, run })
        })
    })
}

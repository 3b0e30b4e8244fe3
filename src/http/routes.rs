//! Every route of the API as data.

use actix_web::http::Method;

use super::{
    api::{account, app, content, instance, invitation, key, me, member, org, project, token},
    route::{Handler, Route},
};

/// All routes, in the order of the docs.
pub fn all() -> Vec<Route> {
    [
        token::routes(),
        me::routes(),
        org::routes(),
        member::routes(),
        invitation::routes(),
        account::routes(),
        key::routes(),
        project::routes(),
        app::routes(),
        content::routes(),
        instance::routes(),
    ]
    .concat()
}

/// What the server needs of a route.
pub struct Served {
    /// Whether it needs no token.
    pub public: bool,
    /// Whether its answer holds a secret.
    pub secret: bool,
    /// The handler.
    pub run: Handler,
}

/// The same for a router.
pub fn by_path() -> impl Iterator<Item = (Method, String, Served)> {
    all().into_iter().map(|route| (route.method, route.path, Served { public: route.public, secret: route.secret, run: route.run }))
}

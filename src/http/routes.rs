//! Every route of the API as data.

use super::{
    api::{account, app, content, instance, invitation, key, me, member, org, project, token},
    route::Route,
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

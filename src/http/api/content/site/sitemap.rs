//! The sitemap of a website.

use std::sync::Arc;

use actix_web::{HttpResponse, http::Method};

use crate::{
    domain::{
        Error, Result,
        access::Actor,
        content::site::sitemap::{Base, FILE, FILES_MAX, MOST},
        error::Fault,
        listing::number,
        time::Instant,
    },
    http::{
        api::{
            content::pieced,
            query::Param,
            route::{Route, custom, group},
            schema,
        },
        base::{bearer::call::ApiCall, transport::media::Transport},
    },
    service::content::site::sitemap,
    store::Tx,
};

use super::settings::site;

/// Addresses that are read at once.
const SOME: u32 = 500;

const ASKED: &[Param] = &[
    Param {
        name: "base",
        help: "The address of the site, such as https://example.org: no site is served here yet.",
        schema: r#"{"type": "string", "maxLength": 500, "pattern": "^https?://[a-z]+([.][a-z]+)*(/[A-Za-z0-9_-]+)*/?$"}"#,
        required: true,
    },
    Param {
        name: "page",
        help: "Which file of several. Without it a site with more than 50,000 addresses gets the index of its files, sitemap-1.xml and so on.",
        schema: r#"{"type": "integer", "minimum": 1, "maximum": 50000}"#,
        required: false,
    },
];

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    let sitemap =
        custom(Method::GET, "get_website_sitemap", site!("sitemap"), "The sitemap of a site (sitemaps.org)", schema::text(), answer);
    let about = "The start of the site, and what is published, listed, open to everybody, and not kept from search engines.";
    let sitemap = sitemap.params(ASKED).about(about).gives(Transport::Xml);
    group("website", vec![sitemap.gate(|call, tx, actor| sitemap::files(tx, actor, call.app()?).map(drop))])
}

/// How far a file is told.
struct SitemapCursor {
    call: ApiCall,
    base: Base,
    began: Instant,
    slug: String,
    left: u32,
    is_first: bool,
    is_whole: bool,
}

impl SitemapCursor {
    fn next(&mut self) -> Result<Option<String>> {
        if self.is_whole {
            return Ok(None);
        }
        let most = self.left.min(SOME);
        let found = read(&self.call, self.began, |call, tx, actor| sitemap::behind(tx, actor, call.app()?, &self.slug, most))?;
        let mut out = String::new();
        if std::mem::take(&mut self.is_first) {
            out.push_str(FILE.0);
            if self.slug.is_empty() {
                out.push_str(&self.base.location("/", None));
            }
        }
        found.iter().filter(|one| !one.noindex).for_each(|one| out.push_str(&self.base.location(&one.path, Some(one.updated_at))));
        self.left -= u32::try_from(found.len()).unwrap_or(self.left);
        self.is_whole = self.left == 0 || found.len() < most as usize;
        if let Some(last) = found.last() {
            self.slug.clone_from(&last.slug);
        }
        if self.is_whole {
            out.push_str(FILE.1);
        }
        Ok(Some(out))
    }
}

/// A read of its own, for a caller who was let in at `began` and still would be.
fn read<T>(call: &ApiCall, began: Instant, work: impl Fn(&ApiCall, &mut Tx<'_>, &Arc<Actor>) -> Result<T>) -> Result<T> {
    call.state().store.read_now(|tx| {
        let actor = call.actor_since(tx, began)?;
        work(call, tx, &actor)
    })
}

async fn answer(call: ApiCall) -> Result<HttpResponse> {
    call.only(ASKED)?;
    let base = call.query("base").ok_or_else(|| Fault::new("base", "required", "base is required: the address of the site."))?;
    let base = Base::parse(base)?;
    let page = call.query("page").map(|page| number("page", page, FILES_MAX)).transpose()?;
    let (caller, began) = (call.clone(), call.state().store.now());
    let look = move || {
        read(&caller, began, |call, tx, actor| {
            let files = sitemap::files(tx, actor, call.app()?)?;
            if page.is_none() && files > 1 {
                return Ok((files, None));
            }
            Ok((files, sitemap::start(tx, actor, call.app()?, page.unwrap_or(1))?))
        })
    };
    let mut xml = HttpResponse::Ok();
    xml.content_type("text/xml; charset=utf-8");
    let slug = match call.reading(look).await? {
        (_, Some(slug)) => slug,
        (files, None) if page.is_none() => return Ok(xml.body(base.index(files))),
        _ => return Err(Error::NotFound("file of the sitemap")),
    };
    let mut told = SitemapCursor { call: call.clone(), base, began, slug, left: MOST, is_first: true, is_whole: false };
    Ok(xml.body(pieced::body(&call, move || told.next()).await?))
}

//! Redirects in the forms of others: all of a site in one text.

use actix_web::{HttpResponse, http::Method};

use crate::{
    domain::{
        Result,
        content::site::redirect_rules::{NginxMap, RuleFormat, Ways, netlify},
        error::Fault,
        project::app::AppType,
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
    service::content::site::redirect_rules,
};

const ASKED: &[Param] = &[Param {
    name: "format",
    help: "`netlify`: the lines of a file `_redirects`, which others read, too. `nginx`: a map for each status, with what leads there in a comment.",
    schema: r#"{"type": "string", "enum": ["netlify", "nginx"]}"#,
    required: true,
}];

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    let of = |app_type: AppType| {
        let id = format!("get_{}_redirect_rules", app_type.segment()).leak();
        let path = format!("/organizations/{{organizationId}}/projects/{{projectId}}/apps/{}/{{appId}}/redirect-rules", app_type.segment());
        let about = "Paths are told as they are, whatever they hold: what the form would take for something else is encoded, and what nginx cannot \
                     compare is left out. Netlify's form knows 301 and 302, so 308 and 307 become these.";
        let rules = custom(Method::GET, id, &path, "All redirects of a site in the form of others", schema::text(), move |call| {
            rules(call, app_type)
        });
        let rules = rules.params(ASKED).about(about).gives(Transport::Text);
        group(
            app_type.segment(),
            vec![rules.gate(move |call, tx, actor| redirect_rules::behind(tx, actor, (call.app()?, app_type), None, "").map(drop))],
        )
    };
    AppType::ALL.into_iter().filter(|app_type| app_type.has_redirects()).flat_map(of).collect()
}

/// How far a text is told.
struct RulesCursor {
    call: ApiCall,
    of: AppType,
    format: RuleFormat,
    began: Instant,
    /// The parts that were not begun yet.
    parts: std::slice::Iter<'static, Option<i64>>,
    part: Option<Part>,
    /// Where all of them lead, once that was read.
    ways: Option<Ways>,
}

/// A part that is being told.
struct Part {
    status: Option<i64>,
    path: String,
    map: NginxMap,
}

impl RulesCursor {
    fn next(&mut self) -> Result<Option<String>> {
        let mut out = String::new();
        if self.part.is_none() {
            let Some(status) = self.parts.next() else { return Ok(None) };
            out.push_str(&self.format.before(*status));
            self.part = Some(Part { status: *status, path: String::new(), map: NginxMap::default() });
        }
        let Some(part) = &mut self.part else { return Ok(None) };
        let (call, of, began, ways) = (&self.call, self.of, self.began, &mut self.ways);
        let is_nginx = self.format == RuleFormat::Nginx;
        let found = call.state().store.read_now(|tx| {
            let actor = call.actor_since(tx, began)?;
            if is_nginx && ways.is_none() {
                *ways = Some(redirect_rules::ways(tx, &actor, (call.app()?, of))?);
            }
            redirect_rules::behind(tx, &actor, (call.app()?, of), part.status, &part.path)
        })?;
        for redirect in &found.redirects {
            match &*ways {
                Some(ways) => out.push_str(&part.map.lines(redirect, ways)),
                None => out.push_str(&netlify(redirect)),
            }
        }
        match found.last {
            Some(last) => part.path = last,
            None => {
                out.push_str(self.format.after());
                self.part = None;
            }
        }
        Ok(Some(out))
    }
}

async fn rules(call: ApiCall, of: AppType) -> Result<HttpResponse> {
    call.only(ASKED)?;
    let format = call.query("format").and_then(RuleFormat::from_word);
    let format = format.ok_or_else(|| Fault::new("format", "malformed", "format must be netlify or nginx."))?;
    let began = call.state().store.now();
    let mut told = RulesCursor { call: call.clone(), of, format, began, parts: format.parts().iter(), part: None, ways: None };
    let body = pieced::body(&call, move || told.next()).await?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(body))
}

//! The feed of changes: one piece where it is short; else in pieces, each from a read of its own, as lists of entries are.

use std::sync::Arc;

use actix_web::{HttpResponse, http::Method};
use serde::Serialize;
use serde_json::{json, value::RawValue};
use utoipa::ToSchema;

use crate::{
    domain::{
        Error, Result,
        access::Actor,
        content::front::change::{FeedItem, FeedPosition, Gone, PAGE_SIZE},
        cursor::Mark,
        error::Fault,
        id::{AppId, EntryId},
        listing::{PAGE_SIZE_MAX, flag, number},
        time::Instant,
    },
    http::{
        api::{
            content::{
                entry::add_html,
                entry_json::{Around, write_entry},
                params::{as_html, locale, locale_param, render_param},
                remembered::in_language,
            },
            query::Param,
            route::{Route, custom, group},
            schema,
        },
        base::{
            bearer::call::ApiCall,
            reply::raw,
            transport::{outgoing::PIECE, pieces::pieces_after},
        },
    },
    service::content::front::change::{self, ChangePage, Form, Put},
    store::Tx,
};

/// Changes of what is published, and where to go on.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Changes)]
struct Changes {
    data: Vec<Change>,
    /// What `since` takes to go on here; it is given at the end, too, and good for at least 90 days.
    cursor: String,
    /// Whether there is more at this moment.
    has_more: bool,
}

/// The newest change of an entry.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Change {
    /// `put`: the entry is published, and this is it; `remove`: it is not published any more.
    #[schema(pattern = "^(put|remove)$")]
    change: &'static str,
    /// Why it is not: `unpublished` or `deleted`; only where it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^(unpublished|deleted)$")]
    reason: Option<&'static str>,
    /// The entry.
    id: EntryId,
    app_id: AppId,
    content_type: String,
    changed_at: Instant,
    /// The entry as its own route tells it; only where it is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    entry: Option<Box<RawValue>>,
}

const FEED: &str = "/organizations/{organizationId}/projects/{projectId}/changes";

const ASKED: &[Param] = &[
    Param {
        name: "since",
        help: "The cursor of the answer before. Without one everything that is published is told.",
        schema: r#"{"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}"#,
        required: false,
    },
    Param { name: "appId", help: "Only entries of this app.", schema: r#"{"type": "string", "format": "uuid"}"#, required: false },
    Param {
        name: "pageSize",
        help: "Most changes in one answer; 100 unless given.",
        schema: r#"{"type": "integer", "minimum": 1, "maximum": 200}"#,
        required: false,
    },
    Param { name: "lite", help: "Entries without their content.", schema: r#"{"type": "boolean"}"#, required: false },
    locale_param("Texts in this language, with fallback to the project's default."),
    render_param(
        "`html` adds to each entry its content as `html`, in the language or the project's default one, and its headings as `toc`.",
    ),
];

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    let feed = custom(
        Method::GET,
        "list_project_changes",
        FEED,
        "What has changed of what is published in a project, in the order in which it changed",
        schema::of::<Changes>(),
        feed,
    );
    let about = "An entry that was changed several times is told once, as it is now. Who applies every answer, from the first without since to \
                 the one that has no more, has what is published. A cursor of before the last 90 days may have expired, and every cursor has \
                 where an app went into the trash or came back: 410 with the reason cursor_expired, after which one begins anew and drops \
                 what is not told again.";
    let feed = feed.params(ASKED).about(about).gate(|call, tx, actor| {
        let (org, project) = call.project()?;
        change::page(tx, actor, (org, project, None), (None, 1), None).map(drop)
    });
    group("front_ends", vec![feed])
}

/// What is asked for.
struct FeedRequest {
    call: ApiCall,
    app: Option<AppId>,
    feed: Mark,
    place: Option<FeedPosition>,
    most: u32,
    lite: bool,
    html: bool,
    locale: Option<String>,
}

impl FeedRequest {
    fn read(call: ApiCall) -> Result<Self> {
        call.only(ASKED)?;
        let app = call.query("appId").map(|id| id.parse().map_err(|_| Fault::new("appId", "malformed", "appId must be a UUID.")));
        let app: Option<AppId> = app.transpose()?;
        let (org, project) = call.project()?;
        let feed = Mark::of(&format!("{org} {project} {}", app.map(|app| app.to_string()).unwrap_or_default()));
        let place = call.query("since").map(|since| FeedPosition::decode(since, feed)).transpose()?;
        let most = call.query("pageSize").map_or(Ok(PAGE_SIZE), |text| number("pageSize", text, PAGE_SIZE_MAX))?;
        let lite = call.query("lite").map_or(Ok(false), |text| flag("lite", text))?;
        let html = as_html(&call)?;
        let locale = locale(&call)?;
        Ok(Self { call, app, feed, place, most, lite, html, locale })
    }
}

/// An answer that is told in pieces.
struct FeedPieces {
    asked: FeedRequest,
    told: ChangePage,
    went: usize,
    is_whole: bool,
}

impl FeedPieces {
    fn piece(&self, tx: &mut Tx<'_>, actor: &Arc<Actor>) -> Result<(String, usize, bool)> {
        let mut out = String::new();
        if self.went == 0 {
            out.push_str("{\"data\":[");
        }
        let rest = self.told.changes.get(self.went..).unwrap_or_default();
        let FeedRequest { lite, html, ref locale, .. } = self.asked;
        let base = self.asked.call.state().public_url.as_str();
        let form = Form { lite, html, locale: locale.as_deref(), base };
        let mut is_first = self.went == 0;
        let went = change::each(tx, actor, self.asked.call.project()?, rest, form, |change, now| {
            if !std::mem::take(&mut is_first) {
                out.push(',');
            }
            out.push_str(&item(change, now, lite)?);
            Ok(out.len() < PIECE)
        })?;
        let is_whole = went == rest.len();
        if is_whole {
            let (cursor, has_more) = (self.told.place.encode(self.asked.feed), self.told.has_more);
            out.push_str(&format!("],\"cursor\":{},\"hasMore\":{has_more}}}", json!(cursor)));
        }
        Ok((out, self.went + went, is_whole))
    }

    /// The next piece, in a read of its own, for a caller who was let in at `began` and still would be.
    fn next(&mut self, began: Instant) -> Result<Option<String>> {
        if self.is_whole {
            return Ok(None);
        }
        let store = self.asked.call.state().store.clone();
        let (piece, went, is_whole) = store.read_now(|tx| {
            let actor = self.asked.call.actor_since(tx, began)?;
            self.piece(tx, &actor)
        })?;
        (self.went, self.is_whole) = (went, is_whole);
        Ok(Some(piece))
    }
}

/// One change as JSON.
fn item(change: &FeedItem, now: std::result::Result<Put, Gone>, lite: bool) -> Result<String> {
    let broken = |_| Error::Internal("an entry is no JSON".into());
    let (reason, entry) = match now {
        Err(gone) => (Some(gone.word()), None),
        Ok(Put { entry, frame, rendered }) => {
            let mut text = String::new();
            write_entry(&mut text, &entry, lite, &Around::of(&frame));
            if let Some(rendered) = rendered {
                add_html(&mut text, &rendered);
            }
            (None, Some(RawValue::from_string(text).map_err(broken)?))
        }
    };
    let told = Change {
        change: if entry.is_some() { "put" } else { "remove" },
        reason,
        id: change.entry,
        app_id: change.app,
        content_type: change.content_type.clone(),
        changed_at: change.at,
        entry,
    };
    serde_json::to_string(&told).map_err(broken)
}

async fn feed(call: ApiCall) -> Result<HttpResponse> {
    let asked = FeedRequest::read(call.clone())?;
    let (state, began) = (call.state().clone(), call.state().store.now());
    let store = state.store.clone();
    let mut answer = call.clone().reading(move || look(&store, asked)).await?;
    let (first, is_whole) = (std::mem::take(&mut answer.0), answer.1.is_whole);
    let language = answer.1.told.language.clone();
    if is_whole {
        return Ok(in_language(raw(200, first), language.as_deref()));
    }
    let mut rest = answer.1;
    let body = pieces_after(first, state, call.caller(), move || rest.next(began));
    Ok(in_language(raw(200, "").map_body(|_, _| body), language.as_deref()))
}

/// What there is to tell, and its first piece.
fn look(store: &crate::store::Store, asked: FeedRequest) -> Result<(String, FeedPieces)> {
    let (org, project) = asked.call.project()?;
    let call = asked.call.clone();
    let (place, of, most) = (asked.place, (org, project, asked.app), asked.most);
    let told = ChangePage { changes: Vec::new(), place: FeedPosition { after: 0, begun: 0 }, has_more: false, language: None };
    let mut answer = FeedPieces { asked, told, went: 0, is_whole: false };
    let piece = store.read_now(|tx| {
        let actor = call.actor(tx)?;
        answer.told = change::page(tx, &actor, of, (place, most), answer.asked.locale.as_deref())?;
        answer.piece(tx, &actor)
    })?;
    (answer.went, answer.is_whole) = (piece.1, piece.2);
    Ok((piece.0, answer))
}

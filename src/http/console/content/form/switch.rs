//! A form switched on or off, and made once more.

use askama::Template;

use crate::{
    domain::{Error, Result, access::Permission, content::Kind, error::Fault},
    http::console::{
        base::{
            chrome::Chrome,
            done::Done,
            form::Form,
            link::AppLink,
            page_route::{PageRoute, form, post},
            request::PageRequest,
            response::render,
        },
        content::{
            entry::{edit_page, id},
            entry_list::{all, frame, kind},
        },
    },
    service::{content::entry_list, form::form as forms},
    store::Tx,
};

#[derive(Template)]
#[template(path = "content/form/duplicate.html")]
struct Duplicate {
    c: Chrome,
    app: AppLink,
    kind: &'static Kind,
    form: Form,
    name: String,
    list: String,
    back: String,
}

/// The pages of this file.
pub(in crate::http::console) fn pages() -> Vec<PageRoute> {
    let switched = post(all!("/{entry}/active"), |request, tx, other| edit_page(request, tx, None, other), switch)
        .shown_at(all!("/{entry}"))
        .does("switch-form");
    let copied = form(all!("/{entry}/duplicate"), duplicate_page, duplicate);
    [switched].into_iter().chain(copied).map(|page| page.needs(Permission::EntryWrite)).collect()
}

/// The kind of the path, if it is that of forms.
fn asking(request: &PageRequest) -> Result<&'static Kind> {
    kind(request).ok().filter(|kind| kind.is_form()).ok_or(Error::NotFound("page"))
}

fn switch(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let kind = asking(request)?;
    let is_active = match request.form.text("active") {
        "on" => true,
        "off" => false,
        _ => return Err(Fault::new("active", "required", "Say whether it is to be on or off.").into()),
    };
    let form = forms::set_active(tx, request.actor()?, request.app()?, (kind, id(request)?), is_active, None)?.found;
    let words = if is_active { "form-switched-on" } else { "form-switched-off" };
    let to = request.path().strip_suffix("/active").unwrap_or_default().to_owned();
    Ok(Done::Say(to, request.locale.lang.t(words).s("name", form.name).to_string()))
}

fn duplicate_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let kind = asking(request)?;
    let (c, app, at, list) = frame(request, tx)?;
    let name = entry_list::view(tx, request.actor()?, at, kind, id(request)?)?.entry.name;
    let suggested = || Form::of([("name", c.t("form-copy-of").s("name", &name).to_string())]);
    let form = typed.cloned().unwrap_or_else(suggested);
    let back = format!("{list}/{}", request.param("entry"));
    render(&Duplicate { c, app, kind, form, name, list, back })
}

fn duplicate(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let (kind, at, actor) = (asking(request)?, request.app()?, request.actor()?);
    let name = request.form.text("name");
    let slug = request.form.optional("slug");
    let made = forms::duplicate(tx, actor, at, (kind, id(request)?), (name, slug.as_deref()))?.found;
    let list = request.path().rsplitn(3, '/').nth(2).unwrap_or("/");
    Ok(Done::Say(format!("{list}/{}", made.id), request.locale.lang.t("content-made").s("name", made.name).to_string()))
}

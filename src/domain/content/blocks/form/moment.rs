//! A day, and a time of day.

use crate::domain::content::{
    Block, Field, Shape,
    render::{data::Data, page::Page},
};

use super::{HELP, LABEL, NAME, REQUIRED, SHOW_IF, control::Control, field, shaped};

/// A day.
pub static DATE: Block = field(
    "dateField",
    "calendar",
    DATES,
    r#"{"label": "When do you come?", "name": "day", "earliest": "2026-01-01", "latest": "2026-12-31"}"#,
    |page, data| input(page, data, "date"),
);

/// A time of day.
pub static TIME: Block = field(
    "timeField",
    "history",
    TIMES,
    r#"{"label": "At what time?", "name": "time", "earliest": "09:00", "latest": "18:00"}"#,
    |page, data| {
        input(page, data, "time");
    },
);

const DATES: &[Field] = &[LABEL, NAME, HELP, REQUIRED, shaped("earliest", Shape::Day), shaped("latest", Shape::Day), SHOW_IF];
const TIMES: &[Field] = &[LABEL, NAME, HELP, REQUIRED, shaped("earliest", Shape::Time), shaped("latest", Shape::Time), SHOW_IF];

fn input(page: &mut Page<'_>, data: &Data<'_>, kind: &str) {
    let control = Control::of(page, data);
    control.single(page, data, |page| {
        let mut all = vec![("type", kind.to_owned())];
        all.extend(control.attributes(data));
        let ends = [("min", "earliest"), ("max", "latest")].map(|(end, name)| (end, data.text(name).to_owned()));
        all.extend(ends.into_iter().chain([("value", control.value(""))]));
        page.open("input", &all);
    });
}

//! What a page of 500 blocks costs as HTML, against the Markdown of these blocks alone: `cargo bench --bench render`.
//!
//! `raw` is comrak with the same options on the same texts, one after the other. `page` reads the JSON of the tree and writes the page
//! around it, too.

#![allow(missing_docs, clippy::unwrap_used)]

use std::{hint::black_box, time::Duration};

use comrak::{Options, markdown_to_html};
use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::json;
use stele::domain::content::{
    Locales,
    render::{links::Nowhere, tree::render},
};

const BLOCKS: usize = 500;

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options.extension.cjk_friendly_emphasis = true;
    options.render.escape = true;
    options
}

/// What somebody writes into a block: some prose, sometimes a heading, a list or a table.
fn text(number: usize) -> String {
    let prose = format!("Edition **{number}** was printed on a _Tuesday_, see [the press](/press/{number}), with `lead` type. ");
    match number % 4 {
        0 => prose.repeat(4),
        1 => format!("## Part {number}\n\n{}\n\n{prose}", prose.repeat(2)),
        2 => format!("{prose}\n\n- {prose}\n- {prose}\n- ~~{prose}~~\n"),
        _ => format!("{prose}\n\n| Size | Price |\n| --- | --- |\n| A5 | {number} |\n| A4 | {prose} |\n"),
    }
}

fn rendering(bench: &mut Criterion) {
    let texts: Vec<_> = (0..BLOCKS).map(text).collect();
    let block = |(at, text)| json!({ "id": format!("block-{at}"), "type": "text", "data": { "markdown": text } });
    let blocks: Vec<_> = texts.iter().enumerate().map(block).collect();
    let tree = json!([{ "id": "section", "columns": [{ "id": "column", "blocks": blocks }] }]).to_string();
    let locales = Locales { default: "en", enabled: &[] };
    let options = options();

    let mut group = bench.benchmark_group("render");
    group.measurement_time(Duration::from_secs(5));
    group.bench_function("raw", |b| b.iter(|| texts.iter().map(|text| markdown_to_html(black_box(text), &options).len()).sum::<usize>()));
    group.bench_function("page", |b| b.iter(|| render(black_box(&tree), "en", &locales, &Nowhere).unwrap()));
    group.finish();
}

criterion_group!(benches, rendering);
criterion_main!(benches);

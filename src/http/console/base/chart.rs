//! A chart of bars, drawn here: in percent across and pixels down, so that it stretches without a script and its text
//! keeps its size. The same numbers stand in a table below it.

use crate::service::locale::Locale;

/// Height of the drawing, and where its highest and its base line lie, in pixels.
const HEIGHT: f64 = 168.0;
const TOP: f64 = 12.0;
const BASE: f64 = 146.0;
/// Bars are drawn beyond the base line and cut there, so that only their heads are round.
const FEET: f64 = 8.0;
/// Where the bars begin, in percent; the scale stands before.
const LEFT: f64 = 6.0;
/// The part of its place that a bar fills.
const FILL: f64 = 0.66;
/// Lines of the scale.
const STEPS: u32 = 3;
/// The lowest bar that can be seen, in pixels.
const LEAST: f64 = 2.0;

/// One stretch of time: what it is called below the chart and in full, and its numbers: all, and those among them that are marked.
pub struct Point {
    /// Below the chart; empty for most.
    pub tick: String,
    /// In full.
    pub name: String,
    /// All.
    pub all: u64,
    /// The marked ones among them.
    pub low: u64,
    /// What stands on the bar when one points at it.
    pub says: String,
}

/// A line of the scale.
pub struct GridLine {
    /// How far down.
    pub y: String,
    /// Where its number stands.
    pub label_y: String,
    /// Its number.
    pub label: String,
}

/// A bar.
pub struct Bar {
    /// How far across, in percent.
    pub x: String,
    /// Its top.
    pub y: String,
    /// Its height.
    pub height: String,
    /// Whether it is the marked part.
    pub low: bool,
    /// What it says.
    pub says: String,
}

/// What is written below.
pub struct Tick {
    /// How far across, in percent.
    pub x: String,
    /// Whether it ends there; else that is its middle.
    pub last: bool,
    /// The text.
    pub label: String,
}

/// A chart, ready for `templates/part/chart.html`.
pub struct Chart {
    /// Its name among the ids of the page.
    pub id: &'static str,
    /// Width of a bar, in percent.
    pub width: String,
    /// The scale.
    pub lines: Vec<GridLine>,
    /// The bars.
    pub bars: Vec<Bar>,
    /// The words below.
    pub ticks: Vec<Tick>,
    /// How often in all.
    pub total: u64,
}

impl Chart {
    /// The chart of these points, from left to right.
    pub fn of(id: &'static str, points: &[Point], locale: &Locale) -> Self {
        let step = step(points.iter().map(|point| point.all).max().unwrap_or(0));
        let scale = (BASE - TOP) / (step * f64::from(STEPS));
        let place = (100.0 - LEFT) / as_float(points.len().max(1) as u64);
        let mut chart = Self {
            id,
            width: percent(place * FILL),
            lines: (1..=STEPS).map(|n| line(step * f64::from(n), scale, locale)).collect(),
            bars: Vec::new(),
            ticks: Vec::new(),
            total: points.iter().map(|point| point.all).sum(),
        };
        let mut x = LEFT;
        for (at, point) in points.iter().enumerate() {
            let inset = percent(x + place * (1.0 - FILL) / 2.0);
            // A few refused ones among thousands would only draw a red line below all bars.
            let (all, low) = (as_float(point.all) * scale, as_float(point.low) * scale);
            if point.all > 0 {
                chart.bars.push(bar(all.max(LEAST), false, inset.clone(), &point.says));
            }
            if low >= LEAST {
                chart.bars.push(bar(low, true, inset, &point.says));
            }
            if !point.tick.is_empty() {
                let last = at + 1 == points.len();
                let tick = if last { 100.0 } else { x + place / 2.0 };
                chart.ticks.push(Tick { x: percent(tick), last, label: point.tick.clone() });
            }
            x += place;
        }
        chart
    }

    /// Its height in pixels.
    pub const fn height(&self) -> f64 {
        HEIGHT
    }

    /// How far down its base line is.
    pub const fn base(&self) -> f64 {
        BASE
    }
}

/// The distance of two lines: the smallest round number with which the highest bar fits.
fn step(highest: u64) -> f64 {
    let wanted = (as_float(highest) / f64::from(STEPS)).max(1.0);
    let unit = 10f64.powf(wanted.log10().floor());
    [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0].into_iter().map(|n| n * unit).find(|step| *step >= wanted).unwrap_or(10.0 * unit)
}

fn line(value: f64, scale: f64, locale: &Locale) -> GridLine {
    let y = BASE - value * scale;
    GridLine { y: pixels(y), label_y: pixels(y + 4.0), label: locale.about(value) }
}

fn bar(height: f64, low: bool, x: String, says: &str) -> Bar {
    Bar { x, y: pixels(BASE - height), height: pixels(height + FEET), low, says: says.to_owned() }
}

#[expect(clippy::cast_precision_loss, reason = "a picture needs no more digits")]
const fn as_float(n: u64) -> f64 {
    n as f64
}

fn percent(n: f64) -> String {
    format!("{n:.2}%")
}

fn pixels(n: f64) -> String {
    format!("{n:.2}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::time::Instant, service::i18n::Lang};

    fn chart(numbers: &[(u64, u64)]) -> Chart {
        let point = |(all, low): &(u64, u64)| Point { tick: "x".into(), name: String::new(), all: *all, low: *low, says: String::new() };
        let points: Vec<_> = numbers.iter().map(point).collect();
        Chart::of("test", &points, &Locale::new(Lang::En, None, Instant::default()))
    }

    #[test]
    fn the_scale_is_round_and_the_highest_bar_fits() {
        let labels = |numbers| chart(numbers).lines.into_iter().map(|line| line.label).collect::<Vec<_>>();
        assert_eq!(labels(&[(11_600, 0)]), ["4k", "8k", "12k"]);
        assert_eq!(labels(&[(1, 0), (0, 0)]), ["1", "2", "3"]);
        assert_eq!(labels(&[]), ["1", "2", "3"]);
        for highest in 1..5_000 {
            let wanted = step(highest) * f64::from(STEPS);
            assert!(wanted >= f64::from(u32::try_from(highest).unwrap_or(u32::MAX)), "{highest}: {wanted}");
        }
    }

    #[test]
    fn bars_stand_on_the_base_line_and_the_marked_part_lies_within() {
        let chart = chart(&[(300, 150), (0, 0), (1, 0)]);
        let told: Vec<_> = chart.bars.iter().map(|bar| (bar.y.as_str(), bar.height.as_str(), bar.low)).collect();
        assert_eq!(told, [("12.00", "142.00", false), ("79.00", "75.00", true), ("144.00", "10.00", false)]);
        assert_eq!((chart.total, chart.width.as_str()), (301, "20.68%"));
        assert_eq!(chart.ticks.iter().map(|tick| tick.last).collect::<Vec<_>>(), [false, false, true]);
    }
}

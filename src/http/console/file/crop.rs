//! How a picture looks where it is cut: around its focal point.

use super::frame::ShownFile;

/// The forms that are shown: what they are called, and their width for one of height.
const FORMS: [(&str, f64); 3] = [("square", 1.0), ("wide", 16.0 / 9.0), ("tall", 2.0 / 3.0)];
/// How high they are shown, in pixels.
const HEIGHT: f64 = 84.0;

/// A picture that is cut.
pub(super) struct Crop {
    /// Its form.
    pub(super) form: &'static str,
    /// The part that is seen, as SVG says it.
    pub(super) view: String,
    /// Its width for one of height.
    pub(super) ratio: f64,
    /// How wide it is shown.
    pub(super) width: u32,
}

/// The picture of a file, cut in each form; none where its size is not known.
pub(super) fn crops(shown: &ShownFile) -> Vec<Crop> {
    let Some((width, height)) = shown.file.dimensions.filter(|(width, height)| *width > 0 && *height > 0) else { return Vec::new() };
    let (size, focus) = ((f64::from(width), f64::from(height)), shown.focus());
    let crop = |(form, ratio): (&'static str, f64)| {
        let (x, y, wide, high) = part(size, focus, ratio);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most twice the height")]
        let shown = (HEIGHT * ratio).round() as u32;
        Crop { form, view: format!("{x:.1} {y:.1} {wide:.1} {high:.1}"), ratio, width: shown }
    };
    FORMS.into_iter().map(crop).collect()
}

/// The part of a picture that has this form, is as large as it can be, and lies as near to its focus as it can; the focus in percent.
fn part((width, height): (f64, f64), (x, y): (f64, f64), ratio: f64) -> (f64, f64, f64, f64) {
    let wide = width.min(height * ratio);
    let high = wide / ratio;
    // What is as large as the picture may be larger by the last digit.
    let from = |focus: f64, all: f64, part: f64| (focus / 100.0 * all - part / 2.0).clamp(0.0, (all - part).max(0.0));
    (from(x, width, wide), from(y, height, high), wide, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crop_keeps_the_focus_in_view_and_never_leaves_the_picture() {
        assert_eq!(part((400.0, 200.0), (50.0, 50.0), 1.0), (100.0, 0.0, 200.0, 200.0));
        for (width, height) in (1..60).flat_map(|width| (1..60).map(move |height| (f64::from(width), f64::from(height)))) {
            for (_, ratio) in FORMS {
                let (x, y, ..) = part((width, height), (50.0, 50.0), ratio);
                assert!(x >= 0.0 && y >= 0.0, "{width} by {height}");
            }
        }
        assert_eq!(part((400.0, 200.0), (100.0, 0.0), 1.0), (200.0, 0.0, 200.0, 200.0));
        assert_eq!(part((400.0, 200.0), (0.0, 100.0), 4.0), (0.0, 100.0, 400.0, 100.0));
    }
}

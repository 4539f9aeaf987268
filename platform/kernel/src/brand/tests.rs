#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;

fn color(text: &str) -> BrandColor {
    BrandColor::parse(text).unwrap()
}

fn written(palette: &Palette) -> String {
    palette.iter().map(|(name, color)| format!("{name} {color}")).collect::<Vec<_>>().join(", ")
}

/// Every pair of colours that meet on a page, with the contrast it needs.
fn audit(palette: &Palette) -> Vec<(&'static str, f64, f64)> {
    let p = palette;
    let surfaces = [p.bg, p.surface, p.surface_2, p.surface_3, p.brand_soft];
    let mut pairs = vec![
        ("brand-on/brand", contrast(p.brand_on, p.brand), 4.5),
        ("brand-on/brand-hover", contrast(p.brand_on, p.brand_hover), 4.5),
        ("line-control/surface", contrast(p.line_control, p.surface), 3.0),
        ("line-control/surface-2", contrast(p.line_control, p.surface_2), 3.0),
        ("brand-ring/surface", contrast(p.brand_ring, p.surface), 3.0),
        ("brand-ring/bg", contrast(p.brand_ring, p.bg), 3.0),
        ("chart-1/surface", contrast(p.chart_1, p.surface), 3.0),
    ];
    for surface in surfaces {
        pairs.push(("text", contrast(p.text, surface), 4.5));
        pairs.push(("text-2", contrast(p.text_2, surface), 4.5));
        pairs.push(("text-3", contrast(p.text_3, surface), 4.5));
        pairs.push(("brand-text", contrast(p.brand_text, surface), 4.5));
    }
    pairs.retain(|(_, ratio, needed)| ratio < needed);
    pairs
}

#[test]
fn every_colour_gives_a_readable_brand() {
    let steps = || (0..=u8::MAX).step_by(12);
    let (mut colours, mut failures) = (0, Vec::new());
    for red in steps() {
        for green in steps() {
            for blue in steps() {
                let color = BrandColor::new(red, green, blue);
                let BrandTokens { light, dark } = tokens(color);
                colours += 1;
                failures.extend(audit(&light).into_iter().map(|failure| (color, "light", failure)));
                failures.extend(audit(&dark).into_iter().map(|failure| (color, "dark", failure)));
            }
        }
    }
    assert_eq!(colours, 10_648);
    assert!(failures.is_empty(), "{} failures, the first: {:?}", failures.len(), failures.first());
}

#[test]
fn a_colour_comes_back_from_oklch_as_it_was() {
    let steps = || (0..=u8::MAX).step_by(17);
    for red in steps() {
        for green in steps() {
            for blue in steps() {
                let color = BrandColor::new(red, green, blue);
                let Oklch { lightness, chroma, hue } = color.into();
                assert_eq!(Shade::new(chroma, hue).at(lightness), color);
            }
        }
    }
}

#[test]
fn the_shades_of_two_known_brands() {
    let indigo = tokens(color("#4F46E5"));
    assert_eq!(written(&indigo.light), INDIGO_LIGHT);
    assert_eq!(written(&indigo.dark), INDIGO_DARK);
    let amber = tokens(color("#F5A300"));
    assert_eq!(written(&amber.light), AMBER_LIGHT);
    assert_eq!(written(&amber.dark), AMBER_DARK);
}

#[test]
fn a_colour_is_read_only_as_a_hash_and_six_digits() {
    assert_eq!(color("#F5A300"), BrandColor::new(0xf5, 0xa3, 0x00));
    assert_eq!(color("#f5a300").to_string(), "#f5a300");
    for text in ["", "#", "#fff", "F5A300", "#F5A30", "#F5A3000", "#F5A30G", "#+5A300", " #F5A300", "#F5A30é", "red;}"]
    {
        assert_eq!(BrandColor::parse(text), None, "{text}");
    }
}

#[test]
fn contrast_is_that_of_wcag() {
    assert!((contrast(BrandColor::BLACK, BrandColor::WHITE) - 21.0).abs() < 1e-9);
    assert!((contrast(BrandColor::WHITE, BrandColor::WHITE) - 1.0).abs() < 1e-9);
    // #767676 is the well-known lightest grey that is AA on white.
    assert!(contrast(color("#767676"), BrandColor::WHITE) >= 4.5);
    assert!(contrast(color("#777777"), BrandColor::WHITE) < 4.5);
}

#[test]
fn the_style_sheet_declares_every_token_for_both_themes() {
    let css = css(&tokens(color("#4F46E5")));
    assert!(css.starts_with(":root{--bg:light-dark(#f5f6fa,#0c0d10);--surface:light-dark(#ffffff,#131418);"), "{css}");
    assert!(css.ends_with("}") && !css.contains(";}"), "{css}");
    assert_eq!(css.matches("light-dark(").count(), 19);
}

#[test]
fn the_checks_say_what_the_page_shows() {
    let amber = checks(color("#F5A300"));
    assert!(amber.button_text.passes() && amber.links.passes() && amber.exact);
    assert_eq!(
        amber.lines(),
        [
            "Button text 8.7:1 light, 9.3:1 dark (needs 4.5:1)",
            "Links 5.3:1 light, 8.9:1 dark (needs 4.5:1)",
            "Your exact colour is used on buttons",
        ]
    );
    // Neither white nor ink can be read on this green.
    let green = checks(color("#3A9A5B"));
    assert!(green.button_text.passes() && !green.exact);
}

const INDIGO_LIGHT: &str = "bg #f5f6fa, surface #ffffff, surface-2 #f9fafc, surface-3 #f1f2f7, line #e4e5e9, line-strong #cfd0d6, line-control #878991, text #1a1b22, text-2 #4b4d55, text-3 #676871, brand #4f46e5, brand-on #ffffff, brand-hover #4535d5, brand-soft #edf0ff, brand-soft-2 #e0e5fe, brand-text #4f46e5, brand-ring #4f46e5, chart-1 #4f46e5, chart-muted #d2d4de";
const INDIGO_DARK: &str = "bg #0c0d10, surface #131418, surface-2 #191a1f, surface-3 #202127, line #26272c, line-strong #393a41, line-control #6f7179, text #ececf0, text-2 #b4b5bc, text-3 #9899a0, brand #544dec, brand-on #ffffff, brand-hover #483bda, brand-soft #20233b, brand-soft-2 #2d3159, brand-text #8f9bfc, brand-ring #605efe, chart-1 #6668fd, chart-muted #3b3d45";
const AMBER_LIGHT: &str = "bg #f8f6f3, surface #ffffff, surface-2 #fbf9f7, surface-3 #f5f2ee, line #e8e5e1, line-strong #d4cfca, line-control #8e8881, text #201b15, text-2 #524c45, text-3 #6e6861, brand #f5a300, brand-on #1c150c, brand-hover #e69a0e, brand-soft #fdefdd, brand-soft-2 #fbe2c2, brand-text #946100, brand-ring #bf7e00, chart-1 #c98719, chart-muted #dad3ca";
const AMBER_DARK: &str = "bg #0f0c0a, surface #161410, surface-2 #1d1a16, surface-3 #25211c, line #2a2622, line-strong #3e3a34, line-control #767169, text #efece9, text-2 #b9b5b0, text-3 #9e9993, brand #fca918, brand-on #1c150c, brand-hover #fcbc63, brand-soft #322109, brand-soft-2 #4b2f00, brand-text #f3a41b, brand-ring #f5a300, chart-1 #f5a300, chart-muted #423c35";

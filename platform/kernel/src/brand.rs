//! A tenant's brand: from one colour to every colour of the pages, always readable.
//!
//! The neutrals take the brand's hue at a chroma too small to notice; the brand's own shades are walked along the
//! lightness axis of OKLCH until they reach their contrast. All work happens in OKLCH (Björn Ottosson, *A perceptual
//! color space for image processing*, 2020, <https://bottosson.github.io/posts/oklab/>), where equal steps of lightness
//! look equal whatever the hue; readability is the contrast ratio of WCAG 2.2
//! (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>): 4.5:1 for text (criterion 1.4.3), 3:1 for the borders of
//! controls, focus rings and charts (1.4.11).

mod oklch;

use std::fmt;

use oklch::{Oklch, Shade};

/// Least contrast of text with what is behind it, WCAG 2.2 criterion 1.4.3 (AA).
pub const TEXT_CONTRAST: f64 = 4.5;

/// A colour of the sRGB space, written `#rrggbb`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct BrandColor {
    red: u8,
    green: u8,
    blue: u8,
}

impl BrandColor {
    const WHITE: Self = Self::new(0xff, 0xff, 0xff);
    const BLACK: Self = Self::new(0, 0, 0);

    /// Red, green and blue, 0 to 255 each.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Reads `#F5A300` in either case, nothing shorter and nothing else; so what is stored can stand in a style sheet.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        Some(Self { red, green, blue })
    }

    const fn channels(self) -> [u8; 3] {
        [self.red, self.green, self.blue]
    }
}

impl fmt::Display for BrandColor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl fmt::Debug for BrandColor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Contrast ratio of two colours by WCAG 2.2: 1 for the same colour to 21 for black on white.
pub fn contrast(one: BrandColor, other: BrandColor) -> f64 {
    let (one, other) = (oklch::luminance(one), oklch::luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Declares [`Palette`] with the name each colour has in the style sheet, so that the two cannot drift apart.
macro_rules! palette {
    ($($(#[$doc:meta])* $field:ident = $name:literal,)*) => {
        /// The colours of one theme.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Palette {
            $($(#[$doc])* pub $field: BrandColor,)*
        }

        impl Palette {
            /// Names as in the style sheet (without the leading `--`) with their colours, always in the same order.
            pub fn iter(&self) -> impl Iterator<Item = (&'static str, BrandColor)> {
                [$(($name, self.$field)),*].into_iter()
            }
        }
    };
}

palette! {
    /// Behind everything.
    bg = "bg",
    /// Panels, tables, dialogs.
    surface = "surface",
    /// Table heads, hovered rows.
    surface_2 = "surface-2",
    /// Pressed and selected neutral parts.
    surface_3 = "surface-3",
    line = "line",
    line_strong = "line-strong",
    /// Borders of inputs: 3:1.
    line_control = "line-control",
    text = "text",
    text_2 = "text-2",
    /// Hints; still 4.5:1.
    text_3 = "text-3",
    /// Primary buttons: the tenant's exact colour where text on it can be read.
    brand = "brand",
    /// Text on `brand`.
    brand_on = "brand-on",
    brand_hover = "brand-hover",
    /// Fill of the selected row and the current item.
    brand_soft = "brand-soft",
    brand_soft_2 = "brand-soft-2",
    /// Links.
    brand_text = "brand-text",
    /// Focus ring: 3:1.
    brand_ring = "brand-ring",
    /// First series of a chart: 3:1.
    chart_1 = "chart-1",
    /// The series compared with.
    chart_muted = "chart-muted",
}

/// All colours that follow from a tenant's one, for both themes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrandTokens {
    pub light: Palette,
    pub dark: Palette,
}

/// Derives every colour of the pages from the tenant's one.
pub fn tokens(color: BrandColor) -> BrandTokens {
    let brand = Oklch::from(color);
    BrandTokens { light: light(brand), dark: dark(brand) }
}

/// A neutral with the brand's hue. A grey brand gives grey neutrals, a vivid one (chroma 0.14 and more) the full tint.
fn neutral(brand: Oklch, lightness: f64, chroma: f64) -> BrandColor {
    const FULL_TINT: f64 = 0.14;
    let tint = brand.chroma.min(FULL_TINT) / FULL_TINT;
    Shade::new(chroma * tint, brand.hue).at(lightness)
}

/// Dark text on light buttons.
fn ink(brand: Oklch) -> BrandColor {
    neutral(brand, 0.2, 0.02)
}

/// A button's fill, the text on it, and its lightness in OKLCH.
///
/// The fill keeps the lightness asked for where white text reaches 4.5:1, or dark ink 6:1 on a light fill; in between,
/// where ink looks muddy and white is too faint, it is darkened until white passes.
fn button(brand: Oklch, shade: &Shade, lightness: f64) -> (BrandColor, BrandColor) {
    const INK_CONTRAST: f64 = 6.0;
    const INK_LIGHTNESS: f64 = 0.68;
    let fill = shade.at(lightness);
    if contrast(fill, BrandColor::WHITE) >= TEXT_CONTRAST {
        return (fill, BrandColor::WHITE);
    }
    let ink = ink(brand);
    if lightness > INK_LIGHTNESS && contrast(fill, ink) >= INK_CONTRAST {
        return (fill, ink);
    }
    let darker = shade.darken(lightness, |fill| contrast(fill, BrandColor::WHITE) >= TEXT_CONTRAST);
    (darker, BrandColor::WHITE)
}

/// Links must pass against every surface they can stand on; a little over 4.5:1 leaves room for rounding.
const LINK_CONTRAST: f64 = 4.6;
const RING_CONTRAST: f64 = 3.1;

fn light(brand: Oklch) -> Palette {
    let n = |lightness, chroma| neutral(brand, lightness, chroma);
    let shade = Shade::new(brand.chroma, brand.hue);
    let soft = |lightness, most: f64| Shade::new(brand.chroma.min(most), brand.hue).at(lightness);
    let bg = n(0.974, 0.005);
    let surface = BrandColor::WHITE;
    let surface_3 = n(0.962, 0.006);
    let brand_soft = soft(0.958, 0.028);

    let lightness = brand.lightness.clamp(0.32, 0.9);
    let (fill, brand_on) = button(brand, &shade, lightness);
    let darkened = fill != shade.at(lightness);
    let brand_hover = match (brand_on == BrandColor::WHITE, darkened) {
        (true, true) => shade.at(Oklch::from(fill).lightness - 0.045),
        (true, false) => shade.at(lightness - 0.045),
        (false, _) => shade.at(lightness - 0.035),
    };
    Palette {
        bg,
        surface,
        surface_2: n(0.984, 0.004),
        surface_3,
        line: n(0.922, 0.006),
        line_strong: n(0.858, 0.009),
        line_control: n(0.63, 0.012),
        text: n(0.225, 0.014),
        text_2: n(0.42, 0.014),
        text_3: n(0.52, 0.013),
        brand: fill,
        brand_on,
        brand_hover,
        brand_soft,
        brand_soft_2: soft(0.925, 0.05),
        brand_text: shade.darken(brand.lightness.min(0.56), |text| {
            [bg, brand_soft, surface_3].into_iter().all(|behind| contrast(text, behind) >= LINK_CONTRAST)
        }),
        brand_ring: shade.darken(brand.lightness.min(0.72), |ring| contrast(ring, bg) >= RING_CONTRAST),
        chart_1: shade.darken(brand.lightness.min(0.75), |bar| contrast(bar, surface) >= 3.0),
        chart_muted: n(0.87, 0.014),
    }
}

fn dark(brand: Oklch) -> Palette {
    let n = |lightness, chroma| neutral(brand, lightness, chroma);
    let shade = Shade::new(brand.chroma, brand.hue);
    let soft = |lightness, most: f64| Shade::new(brand.chroma.min(most), brand.hue).at(lightness);
    let surface = n(0.192, 0.008);
    let surface_2 = n(0.22, 0.009);
    let surface_3 = n(0.25, 0.010);
    let brand_soft = soft(0.265, 0.045);

    let (fill, brand_on) = button(brand, &shade, (brand.lightness + 0.02).clamp(0.5, 0.82));
    let lightness = Oklch::from(fill).lightness;
    let brand_hover =
        if brand_on == BrandColor::WHITE { shade.at(lightness - 0.05) } else { shade.at(lightness + 0.04) };
    let text_shade = Shade::new(brand.chroma.min(0.16), brand.hue);
    Palette {
        bg: n(0.158, 0.007),
        surface,
        surface_2,
        surface_3,
        line: n(0.272, 0.010),
        line_strong: n(0.35, 0.012),
        line_control: n(0.55, 0.013),
        text: n(0.945, 0.005),
        text_2: n(0.775, 0.009),
        text_3: n(0.685, 0.010),
        brand: fill,
        brand_on,
        brand_hover,
        brand_soft,
        brand_soft_2: soft(0.33, 0.07),
        brand_text: text_shade.lighten(brand.lightness.max(0.72), |text| {
            [surface_3, brand_soft].into_iter().all(|behind| contrast(text, behind) >= LINK_CONTRAST)
        }),
        brand_ring: shade.lighten(brand.lightness.max(0.58), |ring| contrast(ring, surface_2) >= RING_CONTRAST),
        chart_1: shade.lighten(brand.lightness.max(0.6), |bar| contrast(bar, surface) >= 3.2),
        chart_muted: n(0.36, 0.014),
    }
}

/// The tokens as one CSS rule on the root: `:root{--bg:light-dark(#f5f6fa,#0c0d10);…}`.
pub fn css(tokens: &BrandTokens) -> String {
    let declarations: Vec<String> = tokens
        .light
        .iter()
        .zip(tokens.dark.iter())
        .map(|((name, light), (_, dark))| format!("--{name}:light-dark({light},{dark})"))
        .collect();
    format!(":root{{{}}}", declarations.join(";"))
}

/// The least contrast found in each theme, beside what is needed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ContrastCheck {
    pub light: f64,
    pub dark: f64,
    pub needed: f64,
}

impl ContrastCheck {
    pub fn passes(self) -> bool {
        self.light >= self.needed && self.dark >= self.needed
    }
}

impl fmt::Display for ContrastCheck {
    /// `8.7:1 light, 9.3:1 dark (needs 4.5:1)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1}:1 light, {:.1}:1 dark (needs {:.1}:1)", self.light, self.dark, self.needed)
    }
}

/// What the branding page tells about a colour before it is saved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BrandChecks {
    /// Text on primary buttons.
    pub button_text: ContrastCheck,
    /// Links on a panel.
    pub links: ContrastCheck,
    /// Whether buttons of the light theme have exactly the tenant's colour.
    pub exact: bool,
}

impl BrandChecks {
    /// The three lines under the preview, in English.
    pub fn lines(&self) -> [String; 3] {
        [
            format!("Button text {}", self.button_text),
            format!("Links {}", self.links),
            match self.exact {
                true => "Your exact colour is used on buttons".to_owned(),
                false => "Buttons use a close shade of your colour that can be read".to_owned(),
            },
        ]
    }
}

/// Measures what follows from a colour.
pub fn checks(color: BrandColor) -> BrandChecks {
    let BrandTokens { light, dark } = tokens(color);
    let check = |of: fn(&Palette) -> f64| ContrastCheck { light: of(&light), dark: of(&dark), needed: TEXT_CONTRAST };
    BrandChecks {
        button_text: check(|palette| contrast(palette.brand_on, palette.brand)),
        links: check(|palette| contrast(palette.brand_text, palette.surface)),
        exact: light.brand == color,
    }
}

#[cfg(test)]
mod tests;

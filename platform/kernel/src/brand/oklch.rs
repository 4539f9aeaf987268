//! sRGB to OKLCH and back.
//!
//! Matrices from Björn Ottosson, <https://bottosson.github.io/posts/oklab/> (values of 2021-01-25); transfer function of
//! IEC 61966-2-1 (sRGB).

use std::sync::LazyLock;

use super::BrandColor;

/// A colour by lightness (0 to 1), chroma (0 to about 0.32 in sRGB) and hue (degrees).
#[derive(Debug, Clone, Copy)]
pub(super) struct Oklch {
    pub(super) lightness: f64,
    pub(super) chroma: f64,
    pub(super) hue: f64,
}

/// Linear light of each of the 256 values of a channel.
static LINEAR: LazyLock<[f64; 256]> = LazyLock::new(|| {
    let mut linear = [0.0; 256];
    for (value, light) in (0..=u8::MAX).zip(&mut linear) {
        let value = f64::from(value) / 255.0;
        *light = if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) };
    }
    linear
});

fn linear(color: BrandColor) -> [f64; 3] {
    color.channels().map(|value| LINEAR.get(usize::from(value)).copied().unwrap_or_default())
}

/// Relative luminance by WCAG 2.2, 0 (black) to 1 (white).
pub(super) fn luminance(color: BrandColor) -> f64 {
    let [red, green, blue] = linear(color);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

impl From<BrandColor> for Oklch {
    fn from(color: BrandColor) -> Self {
        let [red, green, blue] = linear(color);
        let l = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue).cbrt();
        let m = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue).cbrt();
        let s = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue).cbrt();
        let a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
        let b = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
        Self {
            lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
            chroma: a.hypot(b),
            hue: b.atan2(a).to_degrees().rem_euclid(360.0),
        }
    }
}

/// All lightnesses of one chroma and hue.
pub(super) struct Shade {
    chroma: f64,
    sine: f64,
    cosine: f64,
}

impl Shade {
    pub(super) fn new(chroma: f64, hue: f64) -> Self {
        let (sine, cosine) = hue.to_radians().sin_cos();
        Self { chroma, sine, cosine }
    }

    /// The colour of this lightness. Where sRGB has none as vivid, chroma gives way, 6 % a step, and hue and lightness
    /// stay.
    pub(super) fn at(&self, lightness: f64) -> BrandColor {
        const STEPS: u32 = 40;
        let mut chroma = self.chroma;
        let mut light = self.linear(lightness, chroma);
        for _ in 1..STEPS {
            if light.iter().all(|value| (-0.0005..1.0005).contains(value)) {
                break;
            }
            chroma *= 0.94;
            light = self.linear(lightness, chroma);
        }
        let [red, green, blue] = light.map(channel);
        BrandColor::new(red, green, blue)
    }

    fn linear(&self, lightness: f64, chroma: f64) -> [f64; 3] {
        let (a, b) = (chroma * self.cosine, chroma * self.sine);
        let l = (lightness + 0.3963377774 * a + 0.2158037573 * b).powi(3);
        let m = (lightness - 0.1055613458 * a - 0.0638541728 * b).powi(3);
        let s = (lightness - 0.0894841775 * a - 1.291485548 * b).powi(3);
        [
            4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
        ]
    }

    /// The lightest colour from `lightness` downwards that passes; black when none does.
    pub(super) fn darken(&self, lightness: f64, passes: impl Fn(BrandColor) -> bool) -> BrandColor {
        self.walk(lightness, -0.005, passes).unwrap_or(BrandColor::BLACK)
    }

    /// The darkest colour from `lightness` upwards that passes; white when none does.
    pub(super) fn lighten(&self, lightness: f64, passes: impl Fn(BrandColor) -> bool) -> BrandColor {
        self.walk(lightness, 0.005, passes).unwrap_or(BrandColor::WHITE)
    }

    fn walk(&self, mut lightness: f64, step: f64, passes: impl Fn(BrandColor) -> bool) -> Option<BrandColor> {
        while (0.04..=0.99).contains(&lightness) {
            let color = self.at(lightness);
            if passes(color) {
                return Some(color);
            }
            lightness += step;
        }
        None
    }
}

/// The value of a channel, 0 to 255, for its linear light.
fn channel(linear: f64) -> u8 {
    let linear = linear.max(0.0);
    let value = if linear <= 0.0031308 { 12.92 * linear } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 };
    byte((value.clamp(0.0, 1.0) * 255.0).round())
}

#[expect(clippy::as_conversions, reason = "std has no other way from a float to a byte; this one saturates")]
const fn byte(value: f64) -> u8 {
    value as u8
}

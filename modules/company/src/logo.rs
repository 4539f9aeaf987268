//! Which images may be a logo.
//!
//! The bytes decide, not the name or what the browser says. An SVG is a document that could run scripts or load what
//! others watch, so only drawings are let through: known elements, no handlers, links to the file itself alone. It is
//! refused rather than repaired: what is left of a repaired file is nobody's logo.

/// Largest logo.
pub const LOGO_MAX_BYTES: usize = 256 * 1_024;

/// The content type of an image that may be a logo; nothing for all else.
pub fn logo_type(bytes: &[u8]) -> Option<&'static str> {
    if bytes.len() > LOGO_MAX_BYTES {
        return None;
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some("image/png");
    }
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        return Some("image/jpeg");
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some("image/webp");
    }
    let text = std::str::from_utf8(bytes).ok()?;
    is_drawing(text.trim_start_matches('\u{feff}')).then_some("image/svg+xml")
}

const ELEMENTS: &[&str] = &[
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "title",
    "desc",
    "metadata",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "pattern",
    "marker",
    "filter",
    "feBlend",
    "feColorMatrix",
    "feComposite",
    "feFlood",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feOffset",
    "feDropShadow",
    "view",
    "switch",
    "style",
];

/// Whether a text is an SVG of known elements only.
fn is_drawing(text: &str) -> bool {
    let mut rest = text;
    let mut elements = 0_usize;
    while let Some(start) = rest.find('<') {
        let Some(tag) = rest.get(start..) else { return false };
        let end = if tag.starts_with("<!--") {
            tag.find("-->").map(|at| at + 3)
        } else if tag.starts_with("<?xml ") && elements == 0 {
            tag.find("?>").map(|at| at + 2)
        } else if tag.starts_with("<!") || tag.starts_with("<?") {
            None
        } else {
            tag_end(tag)
        };
        let Some(end) = end else { return false };
        let Some(inside) = tag.get(1..end.saturating_sub(1)) else { return false };
        if !tag.starts_with("<!--") && !tag.starts_with("<?") {
            if !is_harmless(inside, elements == 0) {
                return false;
            }
            elements += 1;
        }
        let Some(after) = tag.get(end..) else { return false };
        rest = after;
    }
    elements > 0 && !dangerous_style(text)
}

/// The length of a tag up to its `>`, which may not be one inside quotes.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, '>') => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// A tag without its brackets: a known element, whose attributes neither act nor point outside.
fn is_harmless(inside: &str, first: bool) -> bool {
    let inside = inside.strip_prefix('/').unwrap_or_else(|| inside.trim_end_matches('/'));
    let name = inside.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
    if !ELEMENTS.contains(&name) || (first && name != "svg") {
        return false;
    }
    attributes(inside.get(name.len()..).unwrap_or_default()).is_some_and(|attributes| {
        attributes.iter().all(|(name, value)| {
            let local = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
            let points = matches!(local.as_str(), "href" | "src" | "base" | "action" | "from" | "to" | "values");
            !local.starts_with("on") && !value.contains("&#") && (!points || value.trim_start().starts_with('#'))
        })
    })
}

/// Names and quoted values; nothing when they are not written as XML wants.
fn attributes(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut attributes = Vec::new();
    let mut rest = text.trim_matches(|c: char| c.is_whitespace() || c == '/');
    while !rest.is_empty() {
        let (name, value) = rest.split_once('=')?;
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, after) = value.get(1..)?.split_once(quote)?;
        attributes.push((name.trim(), value));
        rest = after.trim_start();
    }
    Some(attributes)
}

/// Styles that load something: imports, addresses other than of the file's own parts, and escapes that could hide them.
fn dangerous_style(text: &str) -> bool {
    let lower: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let outside = lower.match_indices("url(").any(|(at, _)| {
        let target = lower.get(at + 4..).unwrap_or_default().trim_start_matches(['"', '\'']);
        !target.starts_with('#') && !target.starts_with("&quot;#")
    });
    outside
        || ["@import", "javascript:", "expression(", "image-set(", "image(", "src(", "\\"]
            .iter()
            .any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
        <!-- Northwind --><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox='0 0 10 10'>
        <defs><linearGradient id=\"g\"><stop offset=\"0\" stop-color=\"#F5A300\"/></linearGradient></defs>
        <style>.a{fill:url(#g)}</style><path class=\"a\" d=\"M0 0h10v10z\"/><use href=\"#g\" /><text>a > b &amp; c</text></svg>";

    #[test]
    fn the_bytes_say_what_an_image_is() {
        assert_eq!(logo_type(b"\x89PNG\r\n\x1a\n0000"), Some("image/png"));
        assert_eq!(logo_type(&[0xff, 0xd8, 0xff, 0xe0, 0]), Some("image/jpeg"));
        assert_eq!(logo_type(b"RIFF\x10\0\0\0WEBPVP8 "), Some("image/webp"));
        assert_eq!(logo_type(DRAWING.as_bytes()), Some("image/svg+xml"));
        for other in
            [&b"GIF89a"[..], b"", b"<html><body></body></html>", b"%PDF-1.7", b"RIFF\x10\0\0\0WAVE", b"plain text"]
        {
            assert_eq!(logo_type(other), None, "{}", String::from_utf8_lossy(other));
        }
        let mut large = b"\x89PNG\r\n\x1a\n".to_vec();
        large.resize(LOGO_MAX_BYTES + 1, 0);
        assert_eq!(logo_type(&large), None);
    }

    #[test]
    fn a_drawing_that_acts_or_points_outside_is_refused() {
        for inner in [
            "<script>alert(1)</script>",
            "<svg:script xmlns:svg=\"http://www.w3.org/2000/svg\">alert(1)</svg:script>",
            "<SCRIPT>alert(1)</SCRIPT>",
            "<path onclick=\"alert(1)\"/>",
            "<path ONLOAD='alert(1)'/>",
            "<path/onload=\"alert(1)\"/>",
            "<foreignObject><p>hello</p></foreignObject>",
            "<a href=\"javascript:alert(1)\"><path/></a>",
            "<use href=\"https://example.com/a.svg#b\"/>",
            "<use xlink:href=\"data:image/svg+xml;base64,AAAA\"/>",
            "<use href=\"&#106;avascript:alert(1)\"/>",
            "<image href=\"https://example.com/pixel.png\"/>",
            "<set attributeName=\"href\" to=\"javascript:alert(1)\"/>",
            "<style>@import url(https://example.com/a.css);</style>",
            "<style>path{fill:url( 'https://example.com/a')}</style>",
            "<style>path{fill:u\\72l(https://example.com)}</style>",
            "<path style=\"fill:url(//example.com/a)\"/>",
            "<![CDATA[<script>alert(1)</script>]]>",
            "<path title=\"a>b\" onclick=\"alert(1)\"/>",
            "<path d=M0/>",
            "<?php echo 1 ?>",
        ] {
            let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inner}</svg>");
            assert_eq!(logo_type(svg.as_bytes()), None, "{inner}");
        }
        for whole in [
            "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg>&a;</svg>",
            "<svg onload=\"alert(1)\"/>",
            "<svg",
            "<g><svg/></g>",
            "<!-- <svg/> -->",
        ] {
            assert_eq!(logo_type(whole.as_bytes()), None, "{whole}");
        }
    }
}

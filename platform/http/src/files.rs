use poem::{
    Response,
    http::{StatusCode, header},
};

/// A file that is part of the program. `forever` is for names that carry a hash of their content.
pub fn static_file(content_type: &str, bytes: Vec<u8>, forever: bool) -> Response {
    let cache = if forever { "public, max-age=31536000, immutable" } else { "public, max-age=300" };
    Response::builder()
        .status(StatusCode::OK)
        .content_type(content_type)
        .header(header::CACHE_CONTROL, cache)
        .body(bytes)
}

//! Addresses in stylesheets, as seen from the project's templates.

use crate::assets::join;

/// `path` as written in the file `base`, as a path from the templates' root. What is no relative
/// path (an address on the network, a `data:` address, a path that climbs out) stays as it is; the
/// reader of files refuses it with a reason.
pub(crate) fn joined(path: &str, base: &str) -> String {
    if path.starts_with('#') || path.is_empty() {
        return path.to_owned();
    }
    join(path, base).unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn joined_path_is_seen_from_the_root() {
        assert_eq!(joined("a.png", "css/x.css"), "css/a.png");
        assert_eq!(joined("../a.png", "css/x.css"), "a.png");
        assert_eq!(joined("../../a.png", "css/x.css"), "../../a.png");
        assert_eq!(joined("data:image/png;base64,AA", "css/x.css"), "data:image/png;base64,AA");
    }
}

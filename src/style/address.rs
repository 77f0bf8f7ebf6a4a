//! Addresses in stylesheets, as seen from the project's templates.

/// `path` as written in the file `base`, as a path from the templates' root. What is no relative
/// path (an address on the network, a `data:` address, a path that climbs out) stays as it is; the
/// reader of files refuses it with a reason.
pub(crate) fn joined(path: &str, base: &str) -> String {
    if path.contains(':') || path.starts_with('/') || path.starts_with('#') || path.is_empty() {
        return path.to_owned();
    }
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn joined_path_is_seen_from_the_root() {
        assert_eq!(joined("a.png", "css/x.css"), "css/a.png");
        assert_eq!(joined("../a.png", "css/x.css"), "a.png");
        assert_eq!(joined("../../a.png", "css/x.css"), "../a.png");
        assert_eq!(joined("data:image/png;base64,AA", "css/x.css"), "data:image/png;base64,AA");
    }
}

//! Files that documents are made of (templates, stylesheets, pictures, fonts, locales): the
//! project's own first, then the ones compiled into the binary, then the pictures that records name,
//! which lie anywhere in the project. Nothing outside is ever read.

mod builtin;
mod embedded;

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

pub use builtin::BUILTIN;
pub use embedded::{embedded, shown_name};

/// Why a file cannot be had.
#[derive(Debug)]
pub enum AssetError {
    /// No root holds it and it is not built in.
    Missing,
    /// The path is absolute, is an address on the network, or climbs out of its root (a symbolic
    /// link that leads out counts).
    Outside,
    /// It is larger than [`Assets::MAX_BYTES`].
    TooLarge(u64),
    /// It is there and cannot be read.
    Unreadable(std::io::Error),
}

/// Where files come from, in order of preference.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    roots: Vec<PathBuf>,
    builtin: bool,
    project: Option<PathBuf>,
}

/// A file's bytes and the name to show for it.
#[derive(Debug)]
pub struct Asset {
    /// As the user would write it: `templates/brief.hbs`, or `built-in:brief.hbs`.
    pub name: String,
    /// The whole file.
    pub bytes: Cow<'static, [u8]>,
}

impl Assets {
    /// No single file may be larger.
    pub const MAX_BYTES: u64 = 64 << 20;

    /// The built-in files only.
    pub fn builtin() -> Assets {
        Assets { roots: Vec::new(), builtin: true, project: None }
    }

    /// The folder first, then whatever was there before.
    #[must_use]
    pub fn with_root(mut self, root: impl Into<PathBuf>) -> Assets {
        self.roots.insert(0, here_or(root.into()));
        self
    }

    /// Besides, every file of the project's folder by its path there, as records name pictures. Such
    /// files come last, so that none stands in for one of ours, and are not listed.
    #[must_use]
    pub fn with_project(mut self, folder: impl Into<PathBuf>) -> Assets {
        self.project = Some(here_or(folder.into()));
        self
    }

    /// Reads the file at `path`, relative with forward slashes, as seen from `base` (the path of
    /// the file that names it, `""` for none).
    pub fn read(&self, path: &str, base: &str) -> Result<Asset, AssetError> {
        let relative = join(path, base).ok_or(AssetError::Outside)?;
        for root in &self.roots {
            match read_below(root, &relative) {
                Err(AssetError::Missing) => continue,
                Err(error) => return Err(error),
                Ok(bytes) => {
                    return Ok(Asset { name: display_name(root, &relative), bytes: bytes.into() });
                }
            }
        }
        let found = BUILTIN.iter().find(|(name, _)| self.builtin && *name == relative);
        if let Some((name, bytes)) = found {
            return Ok(Asset { name: format!("built-in:{name}"), bytes: Cow::Borrowed(bytes) });
        }
        let project = self.project.as_deref().ok_or(AssetError::Missing)?;
        let bytes = read_below(project, &relative)?;
        Ok(Asset { name: relative, bytes: bytes.into() })
    }

    /// Whether the file at `path`, from the root, is a built-in one for which no other stands in.
    pub fn is_builtin(&self, path: &str) -> bool {
        let is_there = |root: &PathBuf| root.join(path).exists();
        let known = || BUILTIN.iter().any(|(name, _)| *name == path);
        self.builtin && known() && !self.roots.iter().any(is_there)
    }

    /// The paths of all files with the extension `extension` below `folder`, sorted, each once.
    pub fn list(&self, folder: &str, extension: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for root in &self.roots {
            collect(root, &root.join(folder), extension, &mut found);
        }
        let built_in = BUILTIN.iter().map(|(name, _)| *name).filter(|_| self.builtin);
        let below = |name: &&str| folder.is_empty() || Path::new(name).starts_with(folder);
        let matching = |name: &&str| Path::new(name).extension().is_some_and(|e| e == extension);
        found.extend(built_in.filter(below).filter(matching).map(str::to_owned));
        found.sort();
        found.dedup();
        found
    }
}

/// `path` as written in the file `base`, as seen from the root; `None` when it is no relative path
/// or would leave the root.
pub fn join(path: &str, base: &str) -> Option<String> {
    if path.contains(':') || path.contains('\\') || path.starts_with('/') {
        return None;
    }
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The folder, which is the one that the program runs in where it has no name.
fn here_or(folder: PathBuf) -> PathBuf {
    if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder }
}

fn read_below(root: &Path, relative: &str) -> Result<Vec<u8>, AssetError> {
    let path = root.join(relative);
    let missing = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => AssetError::Missing,
        _ => AssetError::Unreadable(error),
    };
    if has_links(root, relative).map_err(missing)? {
        let real = path.canonicalize().map_err(missing)?;
        if !real.starts_with(root.canonicalize().map_err(missing)?) {
            return Err(AssetError::Outside);
        }
    }
    let length = std::fs::metadata(&path).map_err(missing)?.len();
    if length > Assets::MAX_BYTES {
        return Err(AssetError::TooLarge(length));
    }
    std::fs::read(&path).map_err(AssetError::Unreadable)
}

/// Whether a symbolic link stands on the way from the root: without one, the way stays below it.
fn has_links(root: &Path, relative: &str) -> std::io::Result<bool> {
    let mut path = root.to_owned();
    for part in Path::new(relative) {
        path.push(part);
        if path.symlink_metadata()?.is_symlink() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn display_name(root: &Path, relative: &str) -> String {
    match root.file_name().map(|name| name.to_string_lossy()) {
        Some(folder) if folder == "templates" => format!("{folder}/{relative}"),
        _ => relative.to_owned(),
    }
}

fn collect(root: &Path, folder: &Path, extension: &str, found: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
        if path.is_dir() && !is_link {
            collect(root, &path, extension, found);
        } else if path.extension().is_some_and(|e| e == extension)
            && let Ok(relative) = path.strip_prefix(root)
        {
            let parts = relative.components().filter_map(|part| match part {
                Component::Normal(part) => Some(part.to_string_lossy()),
                _ => None,
            });
            found.push(parts.collect::<Vec<_>>().join("/"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn join_path_that_climbs_out_is_none() {
        assert_eq!(join("../x.css", "a/b.css").as_deref(), Some("x.css"));
        assert_eq!(join("../../x.css", "a/b.css"), None);
        assert_eq!(join("/etc/passwd", ""), None);
        assert_eq!(join("https://example.org/x.css", ""), None);
    }

    #[test]
    fn file_of_the_project_comes_after_ours_and_is_not_listed() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["paper.css", "logo.svg"] {
            std::fs::create_dir_all(folder.path().join("styles")).unwrap();
            std::fs::write(folder.path().join("styles").join(name), name).unwrap();
        }
        let assets = Assets::builtin().with_project(folder.path());
        let name = |path| assets.read(path, "").map(|asset| asset.name).ok();
        assert_eq!(name("styles/logo.svg").as_deref(), Some("styles/logo.svg"));
        assert_eq!(name("styles/paper.css").as_deref(), Some("built-in:styles/paper.css"));
        assert!(assets.list("", "svg").is_empty());
        assert!(matches!(assets.read("../x.svg", ""), Err(AssetError::Outside)));
    }

    #[test]
    fn folder_without_a_name_is_the_one_that_the_program_runs_in() {
        let found = Assets::default().with_project("").read("templates/styles/paper.css", "");
        assert!(found.is_ok(), "pictures of the project in this folder are found");
        assert!(Assets::default().with_root("").read("Cargo.toml", "").is_ok());
    }

    #[test]
    fn builtin_table_lists_every_file_of_the_templates_folder() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        for extension in ["hbs", "css", "yaml", "ttf", "svg"] {
            let mut on_disk = Vec::new();
            collect(&root, &root, extension, &mut on_disk);
            on_disk.sort();
            assert_eq!(Assets::builtin().list("", extension), on_disk, "extension {extension}");
        }
    }
}

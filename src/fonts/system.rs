//! Font files in folders: those given by `--font-dir`, and the system's when they are asked for.

use std::path::{Path, PathBuf};

use super::book::EXTENSIONS;

/// Folders below folders are followed no deeper than this.
const DEPTH: usize = 8;

/// The font files in `folder` and below, sorted. Symbolic links to folders are not followed.
pub(super) fn font_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut pending = vec![(folder.to_owned(), 0)];
    while let Some((folder, depth)) = pending.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            if path.is_dir() {
                if !is_link && depth < DEPTH {
                    pending.push((path, depth + 1));
                }
            } else if is_font(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn is_font(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|e| EXTENSIONS.iter().any(|kind| e.eq_ignore_ascii_case(kind)))
}

/// The folders in which systems keep their fonts.
pub(super) fn system_folders() -> Vec<PathBuf> {
    let fixed = [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "/System/Library/Fonts",
        "/Library/Fonts",
        "C:\\Windows\\Fonts",
    ];
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let personal = home.into_iter().flat_map(|home| {
        [".local/share/fonts", ".fonts", "Library/Fonts"].map(|folder| home.join(folder))
    });
    fixed.into_iter().map(PathBuf::from).chain(personal).filter(|folder| folder.is_dir()).collect()
}

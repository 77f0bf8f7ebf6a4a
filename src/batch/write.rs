//! Files written whole or not at all, and files that nobody writes any more.

use std::io::{Error, ErrorKind, Write};
use std::path::Path;

/// Puts `bytes` at `path`: under a temporary name first, then renamed, so that a reader never sees
/// half a file and the previous one stays until the new one is complete. Missing folders are made.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let temporary = || {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".dossier-");
        readable(&mut builder);
        builder.tempfile_in(folder)
    };
    let mut file = match temporary() {
        // Mostly the folder is there already.
        Err(error) if error.kind() == ErrorKind::NotFound => {
            std::fs::create_dir_all(folder)?;
            temporary()?
        }
        made => made?,
    };
    file.write_all(bytes)?;
    file.persist(path).map_err(|failed| failed.error)?;
    Ok(())
}

/// Temporary files are private to their owner; a finished paper is as readable as any other file.
#[cfg(unix)]
fn readable(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(std::fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn readable(_builder: &mut tempfile::Builder<'_, '_>) {}

/// The PDFs below `out` that are not wanted, with forward slashes, sorted.
pub fn stale(out: &Path, wanted: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    collect_pdfs(out, "", &mut found);
    found.retain(|name| !wanted(name));
    found.sort();
    found
}

fn collect_pdfs(folder: &Path, prefix: &str, found: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => collect_pdfs(&entry.path(), &format!("{name}/"), found),
            Ok(kind) if kind.is_file() && name.to_lowercase().ends_with(".pdf") => found.push(name),
            _ => {}
        }
    }
}

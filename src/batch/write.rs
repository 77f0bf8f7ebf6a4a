//! Files written whole or not at all, and files that nobody writes any more.

use std::io::{Error, ErrorKind, Write};
use std::path::Path;

/// Puts `bytes` at `path`: under a temporary name first, then renamed, so that a reader never sees
/// half a file and the previous one stays until the new one is complete. A file that holds just these
/// bytes is left alone: what copies and watches files has nothing to do for it, and replacing many files
/// takes longer than making them. Missing folders are made.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if holds(path, bytes) {
        return Ok(());
    }
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

/// Whether `path` is a file of just these bytes. What is only pointed at from there is replaced by a file.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    let length = u64::try_from(bytes.len());
    std::fs::symlink_metadata(path)
        .is_ok_and(|known| known.is_file() && length.is_ok_and(|length| length == known.len()))
        && std::fs::read(path).is_ok_and(|held| held == bytes)
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

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn file_that_holds_the_same_is_left_alone_and_any_other_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("papers/brief.pdf");
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let written = || {
            let modified = std::fs::metadata(&path).unwrap().modified().unwrap();
            (std::fs::read(&path).unwrap(), modified > long_ago)
        };
        write_atomically(&path, b"one").unwrap();
        std::fs::File::open(&path).unwrap().set_modified(long_ago).unwrap();
        write_atomically(&path, b"one").unwrap();
        assert_eq!(written(), (b"one".to_vec(), false));
        for other in ["two", "four"] {
            write_atomically(&path, other.as_bytes()).unwrap();
            assert_eq!(written(), (other.as_bytes().to_vec(), true));
        }
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn link_to_a_file_that_holds_the_same_becomes_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("a.pdf"), folder.path().join("b.pdf"));
        std::fs::write(&other, b"one").unwrap();
        std::os::unix::fs::symlink(&other, &path).unwrap();
        write_atomically(&path, b"one").unwrap();
        assert!(std::fs::symlink_metadata(&path).unwrap().is_file());
    }
}

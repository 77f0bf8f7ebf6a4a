//! One run at a time writes into an output folder.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::diag::Diagnostic;

/// Held while a run writes; the system releases it when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Makes the folder if needed and takes its lock.
pub fn acquire(out: &Path) -> Result<Lock, Diagnostic> {
    let unwritable = |error: std::io::Error| super::unwritable(out, &error);
    std::fs::create_dir_all(out).map_err(unwritable)?;
    let path = out.join(".dossier.lock");
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(unwritable)?;
    match file.try_lock() {
        Ok(()) => Ok(Lock { _file: file }),
        Err(TryLockError::WouldBlock) => Err(Diagnostic::error(
            "batch/locked",
            format!("another run of dossier is writing into `{}`", out.display()),
        )
        .help("Wait until it has finished, or write elsewhere with --out DIR.")),
        // Some network file systems know no locks; writing there is still better than not.
        Err(TryLockError::Error(_)) => Ok(Lock { _file: file }),
    }
}

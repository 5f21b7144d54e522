//! The archived files that travel with a mail.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::outbox::Attachment;

/// Why an attachment cannot be sent.
#[derive(Debug, thiserror::Error)]
pub(super) enum AttachmentError {
    /// The file is not in the archive any more. Only a person can bring it back.
    #[error("`{0}` is not in the archive any more; restore it from a backup, then retry")]
    Missing(String),
    /// The marked copy of an answer, which no backup carries.
    #[error(
        "the marked copy that was to go with this answer is gone (a backup does not carry it): cancel this mail, and \
         let the workbook be dropped again; it is answered anew"
    )]
    CopyGone,
    /// The file is not the one that was released. It is never sent in its place.
    #[error(
        "`{path}` is not the file that was released: its SHA-256 is {found}, not {expected}; restore it, then retry"
    )]
    Changed { path: String, expected: String, found: String },
    /// The path leaves the home.
    #[error("`{0}` does not lie below the home")]
    Outside(String),
    /// The disk's trouble, which may pass.
    #[error("`{path}` cannot be read: {error}")]
    Unreadable { path: String, error: std::io::Error },
}

impl AttachmentError {
    /// Whether another try may find the file.
    pub(super) fn is_transient(&self) -> bool {
        matches!(self, Self::Unreadable { .. })
    }
}

/// The bytes of an archived file, checked against the hash it was released with.
pub(super) async fn read(home: &Path, attachment: &Attachment) -> Result<Vec<u8>, AttachmentError> {
    let path = || attachment.path.clone();
    let below = Path::new(&attachment.path);
    if below.components().any(|part| !matches!(part, std::path::Component::Normal(_))) {
        return Err(AttachmentError::Outside(path()));
    }
    let bytes = tokio::fs::read(home.join(below)).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound if below.starts_with("state/spool") => AttachmentError::CopyGone,
        std::io::ErrorKind::NotFound => AttachmentError::Missing(path()),
        _ => AttachmentError::Unreadable { path: path(), error },
    })?;
    let found = hex(&Sha256::digest(&bytes));
    if found != attachment.sha256 {
        return Err(AttachmentError::Changed { path: path(), expected: attachment.sha256.clone(), found });
    }
    Ok(bytes)
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_released_bytes_are_sent() {
        let home = tempfile::tempdir().unwrap();
        let attachment = |path: &str| Attachment {
            path: path.to_owned(),
            file_name: "a.pdf".to_owned(),
            sha256: hex(&Sha256::digest(b"released")),
        };
        std::fs::write(home.path().join("a.pdf"), "released").unwrap();
        assert_eq!(read(home.path(), &attachment("a.pdf")).await.unwrap(), b"released");
        std::fs::write(home.path().join("a.pdf"), "touched").unwrap();
        let changed = read(home.path(), &attachment("a.pdf")).await.unwrap_err();
        assert!(matches!(changed, AttachmentError::Changed { .. }) && !changed.is_transient());
        let missing = read(home.path(), &attachment("b.pdf")).await.unwrap_err();
        assert!(matches!(missing, AttachmentError::Missing(_)) && !missing.is_transient());
        let gone = read(home.path(), &attachment("state/spool/0f")).await.unwrap_err();
        assert!(matches!(gone, AttachmentError::CopyGone) && !gone.is_transient());
        for outside in ["../a.pdf", "/etc/hostname"] {
            let refused = read(home.path(), &attachment(outside)).await.unwrap_err();
            assert!(matches!(refused, AttachmentError::Outside(_)), "{outside}");
        }
    }
}

//! The archived files that travel with a mail.

use std::path::Path;
use std::sync::Arc;

use base64::Engine as _;

use crate::digest;
use crate::outbox::{Attachment, Outcome};

/// Characters of base64 on a line (RFC 2045, section 6.8).
const BASE64_LINE: usize = 76;

/// The most that a shelf keeps, in bytes.
const ROOM: usize = 8 * 1024 * 1024;

/// The files sent last, encoded: a report goes to many, and is read, checked and encoded once.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    /// By the hash of what was released, which alone may be sent under it.
    kept: Vec<(String, Arc<[u8]>)>,
}

impl Shelf {
    /// The contents of the files in base64, checked against what was released.
    ///
    /// Where a file is missing or is another one, the attempt ends for good: waiting does not
    /// bring it back, and the channel is not at fault. Trouble in reading is transient.
    pub(super) async fn bodies(&mut self, home: &Path, attachments: &[Attachment]) -> Result<Vec<Arc<[u8]>>, Outcome> {
        let mut bodies = Vec::with_capacity(attachments.len());
        for attachment in attachments {
            let body = self.body(home, attachment).await.map_err(|error| {
                let reply = error.to_string();
                if error.is_transient() { Outcome::Transient { reply } } else { Outcome::Permanent { reply } }
            })?;
            bodies.push(body);
        }
        Ok(bodies)
    }

    async fn body(&mut self, home: &Path, attachment: &Attachment) -> Result<Arc<[u8]>, AttachmentError> {
        if let Some((_, body)) = self.kept.iter().find(|(hash, _)| *hash == attachment.sha256) {
            return Ok(Arc::clone(body));
        }
        let body: Arc<[u8]> = base64_lines(&read(home, attachment).await?).into();
        self.kept.push((attachment.sha256.clone(), Arc::clone(&body)));
        while self.kept.iter().map(|(_, body)| body.len()).sum::<usize>() > ROOM {
            self.kept.remove(0);
        }
        Ok(body)
    }
}

fn base64_lines(bytes: &[u8]) -> Vec<u8> {
    let encoded = base64::engine::general_purpose::STANDARD.encode(bytes);
    let mut out = Vec::with_capacity(encoded.len() + encoded.len() / BASE64_LINE * 2);
    for (index, line) in encoded.as_bytes().chunks(BASE64_LINE).enumerate() {
        if index > 0 {
            out.extend_from_slice(b"\r\n");
        }
        out.extend_from_slice(line);
    }
    out
}

/// Why an attachment cannot be sent.
#[derive(Debug, thiserror::Error)]
pub(super) enum AttachmentError {
    /// The file is not in the archive any more. Only a person can bring it back.
    #[error("`{0}` is not in the archive any more; restore it from a backup, then retry")]
    Missing(String),
    /// The marked copy of an answer is in the spool no more.
    #[error(
        "the marked copy that was to go with this answer is gone: cancel this mail, and \
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
async fn read(home: &Path, attachment: &Attachment) -> Result<Vec<u8>, AttachmentError> {
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
    let found = digest::of(&bytes);
    if found != attachment.sha256 {
        return Err(AttachmentError::Changed { path: path(), expected: attachment.sha256.clone(), found });
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_shelf_keeps_a_report_for_the_next_mail_and_is_never_full() {
        let home = tempfile::tempdir().unwrap();
        let mut shelf = Shelf::default();
        for number in 0..4u8 {
            let bytes = vec![number; 3 * 1024 * 1024];
            let file =
                Attachment { path: format!("{number}.pdf"), file_name: "a.pdf".to_owned(), sha256: digest::of(&bytes) };
            std::fs::write(home.path().join(&file.path), &bytes).unwrap();
            let first = shelf.bodies(home.path(), std::slice::from_ref(&file)).await.unwrap();
            std::fs::remove_file(home.path().join(&file.path)).unwrap();
            let again = shelf.bodies(home.path(), &[file]).await.unwrap();
            assert!(Arc::ptr_eq(&first[0], &again[0]));
        }
        assert!(shelf.kept.iter().map(|(_, body)| body.len()).sum::<usize>() <= ROOM);
    }

    #[tokio::test]
    async fn only_the_released_bytes_are_sent() {
        let home = tempfile::tempdir().unwrap();
        let attachment = |path: &str| Attachment {
            path: path.to_owned(),
            file_name: "a.pdf".to_owned(),
            sha256: digest::of(b"released"),
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

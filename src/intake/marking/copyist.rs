//! The parent's side of a marked copy: start the child, keep what it writes, and survive it.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::remarks::{Copied, MarkRequest};
use crate::intake::child::MARK_COMMAND;
use crate::intake::spool;
use crate::intake::started::{self, Started};

/// Largest copy that is kept, in bytes: a workbook may be as large as the configuration says, and
/// a mail as large as its server takes.
const COPY_BYTES: u64 = 300 << 20;

/// A marked copy, kept under its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::intake) struct MarkedCopy {
    /// Where it is kept.
    pub(in crate::intake) path: PathBuf,
    pub(in crate::intake) sha256: String,
    /// How its name must end, without a dot.
    pub(in crate::intake) ending: String,
}

/// Why there is no marked copy, as a word that the answer has a sentence for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::intake) enum NoCopy {
    /// The workbook is built in a way that is not edited.
    Unusual,
    /// It is too large.
    TooLarge,
    /// The child did not come to an end, or the copy could not be kept.
    Failed,
}

impl NoCopy {
    /// Its word.
    pub(in crate::intake) const fn word(&self) -> &'static str {
        match self {
            Self::Unusual => "unusual",
            Self::TooLarge => "too-large",
            Self::Failed => "failed",
        }
    }
}

/// Has a workbook copied with marks by a child process of `program`, into a folder of ours.
pub(in crate::intake) async fn copy(
    program: &Path,
    wall: Duration,
    request: &MarkRequest,
    folder: &Path,
) -> Result<MarkedCopy, NoCopy> {
    match tokio::time::timeout(wall, copied(program, request, folder)).await {
        Ok(Ok(done)) => done,
        Ok(Err(error)) => {
            tracing::warn!(%error, "a marked copy could not be made");
            Err(NoCopy::Failed)
        }
        // With the future goes the child.
        Err(_) => Err(NoCopy::Failed),
    }
}

async fn copied(program: &Path, request: &MarkRequest, folder: &Path) -> io::Result<Result<MarkedCopy, NoCopy>> {
    let Started { mut child, stdout, last_words } = started::start(program, MARK_COMMAND, request).await?;
    let coming = spool::coming(folder)?;
    let mut file = tokio::fs::File::from_std(coming.as_file().try_clone()?);
    let length = tokio::io::copy(&mut stdout.take(COPY_BYTES + 1), &mut file).await?;
    file.flush().await?;
    if length > COPY_BYTES {
        return Ok(Err(NoCopy::TooLarge));
    }
    let status = child.wait().await?;
    let said = last_words.await.ok().and_then(|words| serde_json::from_slice::<Copied>(&words).ok());
    let ending = match said {
        Some(Copied::Done(ending)) if status.success() => ending,
        Some(Copied::Refused(reason)) if reason == "unusual" => return Ok(Err(NoCopy::Unusual)),
        Some(Copied::Refused(reason)) if reason == "too-large" => return Ok(Err(NoCopy::TooLarge)),
        _ => return Ok(Err(NoCopy::Failed)),
    };
    let folder = folder.to_owned();
    let kept = tokio::task::spawn_blocking(move || spool::keep(coming, &folder)).await.map_err(io::Error::other)??;
    Ok(Ok(MarkedCopy { path: kept.path, sha256: kept.sha256, ending }))
}

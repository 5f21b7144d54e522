//! A child of ours that works on one file: started, given its request, and listened to for its last
//! words.

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::Stdio;

use serde::Serialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdout, Command};
use tokio::task::JoinHandle;

/// How much of a child's last words is kept, in bytes.
const LAST_WORDS_BYTES: u64 = 4096;

/// A child that has its request. It dies with this.
pub(super) struct Started {
    pub(super) child: Child,
    /// What it writes.
    pub(super) stdout: ChildStdout,
    /// What it says on standard error, the beginning of it.
    pub(super) last_words: JoinHandle<Vec<u8>>,
}

/// Starts `program` under a hidden command and hands it a request.
///
/// # Errors
/// The process cannot be started.
pub(super) async fn start(program: &Path, command: &str, request: &impl Serialize) -> io::Result<Started> {
    let mut child = Command::new(program)
        .arg(OsStr::new(command))
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let (Some(mut stdin), Some(stdout), Some(mut stderr)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err(io::Error::other("the child has no pipes"));
    };
    let last_words = tokio::spawn(async move {
        let mut kept = Vec::new();
        let _ = (&mut stderr).take(LAST_WORDS_BYTES).read_to_end(&mut kept).await;
        let _ = tokio::io::copy(&mut stderr, &mut tokio::io::sink()).await;
        kept
    });
    let json = serde_json::to_vec(request).map_err(io::Error::from)?;
    // A child that dies before it has read its request tells more by its exit.
    let _ = stdin.write_all(&json).await;
    drop(stdin);
    Ok(Started { child, stdout, last_words })
}

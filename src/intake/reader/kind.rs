//! What a file is, by its first bytes.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use super::super::raw::Unreadable;
use super::encoding::{self, TextEncoding};
use super::guard::Limits;
use super::refusal::{refuse, refuse_with};

/// A kind of file that may hold a workbook.
pub(super) enum Kind {
    /// A zip package: `.xlsx`, `.xlsm`, `.ods`, or nothing of ours.
    Zip,
    /// The binary workbook of Excel 97.
    Xls,
    /// Text in an encoding: a CSV.
    Text(TextEncoding),
}

impl Kind {
    /// Whether a file of this kind may end with `.claimed`.
    pub(super) fn answers_to(&self, claimed: &str) -> bool {
        match self {
            Self::Zip => matches!(claimed, "xlsx" | "xlsm" | "xltx" | "xltm" | "ods" | "ots"),
            Self::Xls => matches!(claimed, "xls" | "xlt"),
            Self::Text(_) => matches!(claimed, "csv" | "tsv" | "txt" | "tab"),
        }
    }

    /// The kind, as the sentences choose by it.
    pub(super) const fn key(&self) -> &'static str {
        match self {
            Self::Zip => "package",
            Self::Xls => "xls",
            Self::Text(_) => "csv",
        }
    }
}

/// Extension that a file's name claims, in lower case.
pub(super) fn claimed_by(name: &str) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    let plausible = !stem.is_empty() && (1..=5).contains(&extension.len());
    (plausible && extension.bytes().all(|b| b.is_ascii_alphanumeric())).then(|| extension.to_ascii_lowercase())
}

/// First bytes of files that people drop by mistake, with what to call them.
const STRANGERS: [(&[u8], &str); 9] = [
    (b"%PDF", "pdf"),
    (b"{\\rtf", "text-document"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"\x7fELF", "program"),
];

/// Tells what `file` is.
pub(super) fn of(file: &File, name: &str, limits: &Limits) -> Result<Kind, Unreadable> {
    let unreadable = |_| refuse("file-cannot-be-opened", name);
    let mut file = file;
    let length = file.metadata().map_err(unreadable)?.len();
    if length == 0 {
        return Err(refuse("file-empty", name));
    }
    if length > limits.file_bytes {
        return Err(too_large(name, length, limits.file_bytes));
    }
    let mut head = Vec::with_capacity(1024);
    file.by_ref().take(1024).read_to_end(&mut head).map_err(unreadable)?;
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Ok(Kind::Zip);
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return if holds_encrypted_package(file).map_err(unreadable)? {
            Err(refuse("file-has-password", name))
        } else {
            Ok(Kind::Xls)
        };
    }
    if let Some((_, what)) = STRANGERS.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(refuse_with("file-is-no-workbook", name, "found", *what));
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
    if text.starts_with(b"<?xml") || text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case(b"<html")) {
        return Err(refuse_with("file-is-no-workbook", name, "found", "web-page"));
    }
    match encoding::of(file).map_err(unreadable)? {
        Some(encoding) => Ok(Kind::Text(encoding)),
        None => Err(refuse_with("file-is-no-workbook", name, "found", "other")),
    }
}

/// The refusal of a file that is larger than the configuration allows.
pub(in crate::intake) fn too_large(name: &str, length: u64, limit: u64) -> Unreadable {
    let megabytes = |bytes: u64| bytes.div_ceil(1_000_000);
    let mut refusal = refuse_with("file-too-large", name, "found", megabytes(length));
    refusal.0.args.insert("limit".to_owned(), megabytes(limit).into());
    refusal
}

/// Whether an OLE file holds a stream `EncryptedPackage`: an `.xlsx` under a password. The
/// name is looked for in the raw bytes, so that no walk through a hostile directory is needed.
fn holds_encrypted_package(mut file: &File) -> std::io::Result<bool> {
    let needle: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut window: Vec<u8> = Vec::new();
    let mut chunk = vec![0; 64 * 1024];
    file.seek(SeekFrom::Start(0))?;
    let found = loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            break false;
        }
        window.extend_from_slice(chunk.get(..read).unwrap_or_default());
        if window.windows(needle.len()).any(|bytes| bytes == needle) {
            break true;
        }
        let keep = window.len().saturating_sub(needle.len());
        window.drain(..keep);
    };
    file.seek(SeekFrom::Start(0))?;
    Ok(found)
}

//! Who signed a document off, in its information.
//!
//! By an incremental update (ISO 32000-1, 7.5.6): the bytes that were approved stay as they are, at the head of
//! the file, and the information says how many they are and what their hash is. Whoever doubts takes the first
//! so many bytes and compares.

use chrono::{DateTime, NaiveDateTime, Utc};
use lopdf::{Dictionary, Document, Object, Stream};

use super::attachments::{Unreadable, bounded};
use super::file;
use super::metadata::text;
use crate::digest;

/// A date to the second (ISO 32000-1, 7.9.4).
const MODIFIED: &str = "D:%Y%m%d%H%M%SZ";

/// Adds to the information of a document written by [`super::write`] that it was signed off: `by` says by whom
/// and when, one person after the other; `at` becomes its date of modification, in the information and in XMP.
///
/// # Errors
/// What is not a PDF of ours.
pub fn sign_off(pdf: &[u8], by: &str, at: DateTime<Utc>) -> Result<Vec<u8>, Unreadable> {
    let unreadable = |error: lopdf::Error| Unreadable::new(&error);
    let document = Document::load_mem_with_options(pdf, bounded()).map_err(unreadable)?;
    let info = document.trailer.get(b"Info").and_then(Object::as_reference).map_err(unreadable)?;
    let mut entries = document.get_dictionary(info).map_err(unreadable)?.clone();
    entries.set("SignedOff", text(by));
    entries.set("SignedOffBytes", text(&pdf.len().to_string()));
    entries.set("SignedOffSHA256", text(&digest::of(pdf)));
    entries.set("ModDate", text(&at.format(MODIFIED).to_string()));
    let mut changed: Vec<(u32, Object)> = vec![(info.0, Object::Dictionary(entries))];

    let catalog = document.catalog().map_err(unreadable)?;
    let packet = catalog.get(b"Metadata").and_then(Object::as_reference).map_err(unreadable)?;
    let stream = document.get_object(packet).and_then(Object::as_stream).map_err(unreadable)?;
    changed.push((packet.0, Object::Stream(modified(stream, at))));
    Ok(file::append(pdf, &document, changed))
}

/// What was signed off: the bytes that [`sign_off`] was given, where all of the file is what it made of them. A file
/// that says nothing of sign-off, or to which somebody has added more, is given back whole.
#[must_use]
pub fn signed_part(pdf: &[u8]) -> &[u8] {
    head(pdf).unwrap_or(pdf)
}

fn head(pdf: &[u8]) -> Option<&[u8]> {
    let document = Document::load_mem_with_options(pdf, bounded()).ok()?;
    let info = document.trailer.get(b"Info").and_then(Object::as_reference).ok()?;
    let entries = document.get_dictionary(info).ok()?;
    let said = |key: &[u8]| lopdf::decode_text_string(entries.get(key).ok()?).ok();
    let head = pdf.get(..said(b"SignedOffBytes")?.parse::<usize>().ok()?)?;
    let at = NaiveDateTime::parse_from_str(&said(b"ModDate")?, MODIFIED).ok()?.and_utc();
    (sign_off(head, &said(b"SignedOff")?, at).ok()? == pdf).then_some(head)
}

/// The XMP packet with another date of modification.
fn modified(packet: &Stream, at: DateTime<Utc>) -> Stream {
    let mut xmp = String::from_utf8_lossy(&packet.content).into_owned();
    let date = at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    for tag in ["xmp:ModifyDate", "xmp:MetadataDate"] {
        let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
        if let Some((head, rest)) = xmp.split_once(&open)
            && let Some((_, tail)) = rest.split_once(&close)
        {
            xmp = format!("{head}{open}{date}{close}{tail}");
        }
    }
    let mut header: Dictionary = packet.dict.clone();
    header.remove(b"Length");
    Stream::new(header, xmp.into_bytes()).with_compression(false)
}

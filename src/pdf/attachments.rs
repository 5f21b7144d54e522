//! Files that travel inside the PDF (ISO 32000-1, 7.11.4; associated files of PDF/A-3).

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream};

use super::metadata::{name, pdf_date, text};
use super::skeleton::{Skeleton, dictionary};
use super::{Info, PdfError};

/// A file to travel inside the PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// ASCII name, such as `activities.csv`; unique in the document.
    pub name: String,
    /// Media type, such as `text/csv`.
    pub media_type: &'static str,
    /// What it is, in the language of the document.
    pub description: String,
    /// How it belongs to the document.
    pub relationship: Relationship,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// How an attached file belongs to the document (ISO 19005-3, annex E).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relationship {
    /// Data that tables and figures were made from.
    Data,
    /// What the document was compiled from.
    Source,
    /// Something beside it.
    Supplement,
}

impl Relationship {
    const fn key(self) -> &'static str {
        match self {
            Self::Data => "Data",
            Self::Source => "Source",
            Self::Supplement => "Supplement",
        }
    }
}

/// Embeds the files of `info`, in order of their names.
///
/// # Errors
/// When the catalog is not where printpdf puts it.
pub(super) fn add(skeleton: &mut Skeleton, info: &Info) -> Result<(), PdfError> {
    if info.attachments.is_empty() {
        return Ok(());
    }
    let mut sorted: Vec<&Attachment> = info.attachments.iter().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    let (mut names, mut associated) = (Vec::new(), Vec::new());
    for attachment in sorted {
        let size = i64::try_from(attachment.bytes.len()).unwrap_or(i64::MAX);
        let date = text(&pdf_date(info.as_of));
        let parameters =
            dictionary([("Size", Object::Integer(size)), ("CreationDate", date.clone()), ("ModDate", date)]);
        let header = dictionary([
            ("Type", name("EmbeddedFile")),
            ("Subtype", name(attachment.media_type)),
            ("Params", Object::Dictionary(parameters)),
        ]);
        let stream = skeleton.document.add_object(Stream::new(header, attachment.bytes.clone()));
        let files = dictionary([("F", Object::Reference(stream)), ("UF", Object::Reference(stream))]);
        let specification = skeleton.document.add_object(dictionary([
            ("Type", name("Filespec")),
            ("F", text(&attachment.name)),
            ("UF", text(&attachment.name)),
            ("Desc", text(&attachment.description)),
            ("AFRelationship", name(attachment.relationship.key())),
            ("EF", Object::Dictionary(files)),
        ]));
        names.push(text(&attachment.name));
        names.push(Object::Reference(specification));
        associated.push(Object::Reference(specification));
    }
    let files = dictionary([("Names", Object::Array(names))]);
    let catalog = skeleton.catalog()?;
    catalog.set("Names", dictionary([("EmbeddedFiles", Object::Dictionary(files))]));
    catalog.set("AF", Object::Array(associated));
    Ok(())
}

/// Why the files inside a PDF could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the PDF cannot be read: {0}")]
pub struct Unreadable(String);

impl Unreadable {
    pub(super) fn new(error: &lopdf::Error) -> Self {
        Self(error.to_string())
    }
}

/// The files inside a PDF, with their names, in order of the names.
///
/// # Errors
/// What is not a PDF that lopdf reads, or one whose attachments are broken. A PDF without
/// attachments has none.
pub fn attachments(pdf: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Unreadable> {
    let unreadable = |error: lopdf::Error| Unreadable::new(&error);
    let document = Document::load_mem_with_options(pdf, bounded()).map_err(unreadable)?;
    let catalog = document.catalog().map_err(unreadable)?;
    let Ok(names) = inner(&document, catalog, b"Names") else { return Ok(Vec::new()) };
    let Ok(files) = inner(&document, names, b"EmbeddedFiles") else { return Ok(Vec::new()) };
    let listed = files.get(b"Names").and_then(Object::as_array).map_err(unreadable)?;
    let mut found = Vec::new();
    for pair in listed.chunks_exact(2) {
        let [label, specification] = pair else { continue };
        let specification = document.dereference(specification).and_then(|(_, o)| o.as_dict()).map_err(unreadable)?;
        let files = inner(&document, specification, b"EF").map_err(unreadable)?;
        let stream: ObjectId = files.get(b"F").and_then(Object::as_reference).map_err(unreadable)?;
        let stream = document.get_object(stream).and_then(Object::as_stream).map_err(unreadable)?;
        let bytes = stream.get_plain_content_with_limit(MOST).map_err(unreadable)?;
        found.push((lopdf::decode_text_string(label).map_err(unreadable)?, bytes));
    }
    Ok(found)
}

/// The content of each page, in order, to be compared with another document's.
///
/// # Errors
/// What is not a PDF that lopdf reads.
pub fn page_contents(pdf: &[u8]) -> Result<Vec<Vec<u8>>, Unreadable> {
    let unreadable = |error: lopdf::Error| Unreadable::new(&error);
    let document = Document::load_mem_with_options(pdf, bounded()).map_err(unreadable)?;
    let pages = document.get_pages();
    pages.into_values().map(|page| document.get_page_content_with_limit(page, MOST).map_err(unreadable)).collect()
}

/// Most bytes that any one stream may unpack to: a PDF from outside may be made to fill the memory.
const MOST: usize = 64 << 20;

pub(super) fn bounded() -> LoadOptions {
    LoadOptions::with_max_decompressed_size(MOST)
}

fn inner<'d>(document: &'d Document, outer: &'d Dictionary, key: &[u8]) -> Result<&'d Dictionary, lopdf::Error> {
    document.dereference(outer.get(key)?).and_then(|(_, object)| object.as_dict())
}

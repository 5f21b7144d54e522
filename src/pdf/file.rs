//! Objects into a file: object streams and a cross-reference stream (ISO 32000-1, 7.5).
//!
//! Compressed by `miniz_oxide` at level 6. It has no code for particular processors, so the
//! same document is the same bytes everywhere; `flate2`, which lopdf would use, takes whatever
//! backend another dependency has switched on.

use lopdf::{Dictionary, Document, Object, Stream, StringFormat};
use sha2::{Digest, Sha256};

use super::metadata::name;
use super::number::{decimal, hundredths};
use super::skeleton::dictionary;

/// Objects packed into one stream. A reader unpacks all to get at one.
const PACKED: usize = 200;

/// Where an object is.
enum Entry {
    /// Nowhere: object 0, which heads the list of free ones.
    Free,
    /// At an offset of the file.
    At(usize),
    /// In an object stream, at an index.
    In(u32, u16),
}

/// Writes a document, and `raw` objects that are bytes already. Its `/ID` is drawn from its content.
pub(super) fn write(document: Document, raw: Vec<(u32, Vec<u8>)>) -> Vec<u8> {
    let mut next = document.max_id + 1;
    let mut out = format!("%PDF-{}\n%", document.version).into_bytes();
    out.extend_from_slice(&[0xBB, 0xAD, 0xC0, 0xDE, b'\n']);
    let mut entries: Vec<(u32, Entry)> = Vec::with_capacity(document.objects.len());

    let mut packs: Vec<Pack> = Vec::new();
    let mut streams = Vec::new();
    for ((number, _), object) in document.objects {
        match object {
            Object::Stream(stream) => streams.push((number, stream)),
            object => pack(&mut packs, number, |out| write_object(out, &object)),
        }
    }
    for (number, bytes) in raw {
        pack(&mut packs, number, |out| out.extend_from_slice(&bytes));
    }
    for pack in packs {
        for (index, (number, _)) in pack.places.iter().enumerate() {
            entries.push((*number, Entry::In(next, u16::try_from(index).unwrap_or(u16::MAX))));
        }
        streams.push((next, packed(pack)));
        next += 1;
    }
    compress_all(&mut streams);
    for (number, stream) in &streams {
        entries.push((*number, Entry::At(out.len())));
        write_stream(&mut out, *number, stream);
    }
    let id = short_hash(&out);
    entries.push((0, Entry::Free));
    let references = References { entries, trailer: &document.trailer, ids: [id.clone(), id], before: None };
    references.write(&mut out, next);
    out
}

/// Adds objects to a file, in place of those with their numbers (7.5.6). What was there stays as it is, and
/// whoever reads from the end finds the new ones.
pub(super) fn append(pdf: &[u8], document: &Document, changed: Vec<(u32, Object)>) -> Vec<u8> {
    let mut out = pdf.to_vec();
    let mut entries = Vec::with_capacity(changed.len());
    for (number, object) in changed {
        entries.push((number, Entry::At(out.len())));
        if let Object::Stream(stream) = &object {
            write_stream(&mut out, number, stream);
        } else {
            out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
            write_object(&mut out, &object);
            out.extend_from_slice(b"\nendobj\n");
        }
    }
    let added = out.get(pdf.len()..).unwrap_or_default();
    let id = short_hash(added);
    let ids = document.trailer.get(b"ID").and_then(Object::as_array).ok();
    let first = ids.and_then(|ids| ids.first()?.as_str().ok()).map_or_else(|| id.clone(), <[u8]>::to_vec);
    let size = document.trailer.get(b"Size").and_then(Object::as_i64).ok().and_then(|size| u32::try_from(size).ok());
    let own = size.unwrap_or(0).max(document.max_id + 1);
    let references =
        References { entries, trailer: &document.trailer, ids: [first, id], before: Some(document.xref_start) };
    references.write(&mut out, own);
    out
}

fn short_hash(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).iter().take(16).copied().collect()
}

/// Objects for one object stream: their numbers, and where each begins.
#[derive(Default)]
struct Pack {
    places: Vec<(u32, usize)>,
    body: Vec<u8>,
}

/// Adds an object to the last pack, or to a new one when that is full.
fn pack(packs: &mut Vec<Pack>, number: u32, write: impl FnOnce(&mut Vec<u8>)) {
    if packs.last().is_none_or(|pack| pack.places.len() >= PACKED) {
        packs.push(Pack::default());
    }
    let Some(last) = packs.last_mut() else { return };
    last.places.push((number, last.body.len()));
    write(&mut last.body);
    last.body.push(b'\n');
}

/// An object stream (7.5.7): numbers and offsets first, then the objects.
fn packed(mut pack: Pack) -> Stream {
    let mut head = Vec::new();
    for (number, place) in &pack.places {
        head.extend_from_slice(format!("{number} {place} ").as_bytes());
    }
    let header = dictionary([
        ("Type", name("ObjStm")),
        ("N", Object::Integer(i64::try_from(pack.places.len()).unwrap_or(0))),
        ("First", Object::Integer(i64::try_from(head.len()).unwrap_or(0))),
    ]);
    head.append(&mut pack.body);
    Stream::new(header, head)
}

/// Compresses the streams that are not yet, on as many threads as there are processors: it is
/// most of the work of writing, and each stream stands alone.
fn compress_all(streams: &mut [(u32, Stream)]) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let total: usize = streams.iter().map(|(_, stream)| stream.content.len()).sum();
    if threads == 1 || total < 64 << 10 {
        streams.iter_mut().for_each(|(_, stream)| compress(stream));
        return;
    }
    // Taken in turn, not in blocks: the fonts stand together and are the longest.
    let mut shares: Vec<Vec<&mut Stream>> = (0..threads).map(|_| Vec::new()).collect();
    let turns = (0..threads).cycle();
    for ((_, stream), turn) in streams.iter_mut().zip(turns) {
        if let Some(share) = shares.get_mut(turn) {
            share.push(stream);
        }
    }
    std::thread::scope(|scope| {
        for share in shares {
            scope.spawn(|| share.into_iter().for_each(compress));
        }
    });
}

fn compress(stream: &mut Stream) {
    if !stream.allows_compression || stream.dict.has(b"Filter") {
        return;
    }
    let compressed = miniz_oxide::deflate::compress_to_vec_zlib(&stream.content, 6);
    if compressed.len() + 20 < stream.content.len() {
        stream.dict.set("Filter", name("FlateDecode"));
        stream.content = compressed;
    }
}

/// The cross-reference stream (7.5.8), which is the trailer too.
struct References<'a> {
    entries: Vec<(u32, Entry)>,
    trailer: &'a Dictionary,
    /// Of the document as it was first written, and as it is now.
    ids: [Vec<u8>; 2],
    /// Where the references begin that these add to.
    before: Option<usize>,
}

impl References<'_> {
    /// Writes them as object `own`, the last of the file.
    fn write(mut self, out: &mut Vec<u8>, own: u32) {
        let start = out.len();
        self.entries.push((own, Entry::At(start)));
        self.entries.sort_unstable_by_key(|(number, _)| *number);
        let mut table = Vec::new();
        let mut index: Vec<(u32, u32)> = Vec::new();
        for (number, entry) in &self.entries {
            match index.last_mut() {
                Some((first, count)) if *first + *count == *number => *count += 1,
                _ => index.push((*number, 1)),
            }
            let (kind, place, detail) = match entry {
                Entry::Free => (0, 0, u16::MAX),
                Entry::At(offset) => (1, u32::try_from(*offset).unwrap_or(u32::MAX), 0),
                Entry::In(container, index) => (2, *container, *index),
            };
            table.push(kind);
            table.extend(place.to_be_bytes());
            table.extend(detail.to_be_bytes());
        }
        let index = index.into_iter().flat_map(|(first, count)| [Object::from(first), Object::from(count)]).collect();
        let ids = self.ids.into_iter().map(|id| Object::String(id, StringFormat::Hexadecimal)).collect();
        let mut header = dictionary([
            ("Type", name("XRef")),
            ("Size", Object::from(own + 1)),
            ("W", Object::Array([1, 4, 2].map(Object::Integer).to_vec())),
            ("Index", Object::Array(index)),
            ("ID", Object::Array(ids)),
        ]);
        if let Some(before) = self.before {
            header.set("Prev", i64::try_from(before).unwrap_or(0));
        }
        for key in ["Root", "Info"] {
            if let Ok(value) = self.trailer.get(key.as_bytes()) {
                header.set(key, value.clone());
            }
        }
        let mut stream = Stream::new(header, table);
        compress(&mut stream);
        write_stream(out, own, &stream);
        out.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
    }
}

fn write_stream(out: &mut Vec<u8>, number: u32, stream: &Stream) {
    out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
    let mut header = stream.dict.clone();
    header.set("Length", i64::try_from(stream.content.len()).unwrap_or(i64::MAX));
    write_dictionary(out, &header);
    out.extend_from_slice(b"\nstream\n");
    out.extend_from_slice(&stream.content);
    out.extend_from_slice(b"\nendstream\nendobj\n");
}

/// Writes an object as it stands in a file.
pub(super) fn write_object(out: &mut Vec<u8>, object: &Object) {
    match object {
        // A stream inside another object is no valid PDF; there is none.
        Object::Null | Object::Stream(_) => out.extend_from_slice(b"null"),
        Object::Boolean(value) => out.extend_from_slice(if *value { b"true" } else { b"false" }),
        Object::Integer(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Object::Real(value) => {
            decimal(out, hundredths(*value));
            out.pop(); // the space after it
        }
        Object::Name(name) => write_name(out, name),
        Object::String(bytes, format) => write_string(out, bytes, *format),
        Object::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 && !starts_apart(item) {
                    out.push(b' ');
                }
                write_object(out, item);
            }
            out.push(b']');
        }
        Object::Dictionary(dictionary) => write_dictionary(out, dictionary),
        Object::Reference((number, generation)) => out.extend_from_slice(format!("{number} {generation} R").as_bytes()),
    }
}

/// Whether an object begins with a delimiter, so that it needs no space before it.
fn starts_apart(object: &Object) -> bool {
    matches!(object, Object::Name(_) | Object::String(..) | Object::Array(_) | Object::Dictionary(_))
}

fn write_dictionary(out: &mut Vec<u8>, dictionary: &Dictionary) {
    out.extend_from_slice(b"<<");
    for (key, value) in dictionary {
        write_name(out, key);
        if !starts_apart(value) {
            out.push(b' ');
        }
        write_object(out, value);
    }
    out.extend_from_slice(b">>");
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for &byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(&byte) {
            out.push(byte);
        } else {
            out.extend_from_slice(format!("#{byte:02X}").as_bytes());
        }
    }
}

fn write_string(out: &mut Vec<u8>, bytes: &[u8], format: StringFormat) {
    if format == StringFormat::Hexadecimal {
        out.push(b'<');
        for byte in bytes {
            out.extend_from_slice(format!("{byte:02X}").as_bytes());
        }
        out.push(b'>');
        return;
    }
    out.push(b'(');
    for &byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            b'\r' => out.extend_from_slice(b"\\r"), // a bare one would be read as a line feed
            _ => out.push(byte),
        }
    }
    out.push(b')');
}

#[cfg(test)]
mod tests {
    use lopdf::ObjectId;

    use super::*;

    fn written(object: &Object) -> String {
        let mut out = Vec::new();
        write_object(&mut out, object);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn objects_are_written_tightly_and_escaped() {
        let text = Object::String(b"a(b)\\\r".to_vec(), StringFormat::Literal);
        let list = Object::Array(vec![1.into(), (-2).into(), Object::Real(-0.5), Object::Null, name("A B#"), text]);
        assert_eq!(written(&list), "[1 -2 -0.5 null/A#20B#23(a\\(b\\)\\\\\\r)]");
        let map = dictionary([
            ("K", Object::Reference((7, 0))),
            ("B", Object::Boolean(true)),
            ("D", Dictionary::new().into()),
        ]);
        assert_eq!(written(&map.into()), "<</K 7 0 R/B true/D<<>>>>");
    }

    #[test]
    fn a_written_document_reads_back() {
        let mut document = Document::with_version("1.7");
        let pages = document.add_object(dictionary([
            ("Type", name("Pages")),
            ("Kids", Object::Array(Vec::new())),
            ("Count", 0.into()),
        ]));
        let gap = document.add_object(Object::Null);
        document.objects.remove(&gap);
        let numbers: Vec<ObjectId> = (0..450).map(|n: i64| document.add_object(Object::Integer(n))).collect();
        let stream = document.add_object(Stream::new(Dictionary::new(), vec![b'x'; 4000]));
        let root = document.add_object(dictionary([("Type", name("Catalog")), ("Pages", pages.into())]));
        document.trailer.set("Root", root);
        let bytes = write(document, Vec::new());
        assert!(bytes.starts_with(b"%PDF-1.7\n"));
        let read = Document::load_mem(&bytes).unwrap();
        for (index, id) in numbers.iter().enumerate() {
            assert_eq!(read.get_object(*id).unwrap().as_i64().unwrap(), index as i64);
        }
        let content = read.get_object(stream).unwrap().as_stream().unwrap().decompressed_content().unwrap();
        assert_eq!(content, vec![b'x'; 4000]);
        assert!(read.get_object(gap).is_err());
    }
}

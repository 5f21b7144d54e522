//! What a zip package really unpacks to, before any library believes what it says of itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Read};
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::super::raw::Unreadable;
use super::comments;
use super::refusal::{refuse, refuse_with};
use super::scan::{SheetScan, TagStream, attribute, local_name};

/// How much of a file is looked at before it is refused.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the file itself.
    pub file_bytes: u64,
    /// Entries of a package.
    pub entries: usize,
    /// Bytes that the XML parts of a package unpack to, together.
    pub unpacked_bytes: u64,
    /// Bytes that the table of shared strings unpacks to; it is held in memory.
    pub strings_bytes: u64,
    /// Bytes that styles, relations and the like unpack to, each; they are held in memory.
    pub part_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 256 << 20,
            entries: 5_000,
            unpacked_bytes: 640 << 20,
            strings_bytes: 160 << 20,
            part_bytes: 24 << 20,
        }
    }
}

/// A package that may be read.
pub(super) enum Package {
    /// Office Open XML, with what was seen of its sheets, by their place in the workbook.
    Xlsx(Vec<SheetScan>),
    /// An ODF spreadsheet.
    Ods,
}

/// Largest surplus of a claimed over a real count of shared strings that is let through:
/// the library reserves 24 bytes for each.
const STRINGS_CLAIMED_MORE: u64 = 100_000;

/// Unpacks every XML part once, counting, and tells what the package is.
pub(super) fn inspect(file: File, name: &str, limits: &Limits) -> Result<Package, Unreadable> {
    let damaged = || refuse("file-damaged", name);
    let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|_| damaged())?;
    if zip.len() > limits.entries {
        return Err(refuse_with("file-has-too-many-parts", name, "found", zip.len()));
    }
    let names = names(&zip).ok_or_else(damaged)?;
    if zip.has_duplicate_names() {
        return Err(damaged());
    }
    let is_ods = names.contains_key("content.xml") && names.contains_key("mimetype");
    if !is_ods {
        tell_strangers(&names, name)?;
    }
    let (sheets, styles) = if is_ods { (Vec::new(), None) } else { sheet_parts(&mut zip, &names, name, limits)? };
    let struck = match styles.filter(|part| names.contains_key(part)) {
        Some(part) => Rc::new(struck_styles(&mut zip, &names, &part, name, limits)?),
        None => Rc::default(),
    };
    let mut scans: Vec<SheetScan> = sheets.iter().map(|_| SheetScan::with_struck(Rc::clone(&struck))).collect();
    let mut total = 0;
    for (part, index) in &names {
        let is_xml = [".xml", ".rels", ".vml"].iter().any(|e| part.ends_with(e));
        if !is_xml {
            continue;
        }
        let sheet = sheets.iter().position(|s| s.as_ref() == Some(part));
        let is_strings = part.ends_with("sharedstrings.xml");
        let ceiling = if sheet.is_some() || (is_ods && part == "content.xml") {
            limits.unpacked_bytes
        } else if is_strings {
            limits.strings_bytes
        } else {
            limits.part_bytes
        };
        let mut strings = Strings::default();
        let entry = zip.by_index(*index).map_err(|e| unopened(&e, name))?;
        if entry.encrypted() {
            return Err(refuse("file-has-password", name));
        }
        let mut scan = sheet.and_then(|s| scans.get_mut(s));
        let mut see = |tag: &[u8]| match (&mut scan, is_strings) {
            (Some(scan), _) => scan.see(tag),
            (None, true) => strings.see(tag),
            (None, false) => {}
        };
        let wanted = sheet.is_some() || is_strings;
        total += unpack(entry, name, ceiling, limits.unpacked_bytes - total, wanted.then_some(&mut see))?;
        if let Some(scan) = scan {
            scan.finish();
        }
        if strings.claimed > strings.found.saturating_add(STRINGS_CLAIMED_MORE) {
            return Err(refuse("file-claims-too-much", name));
        }
    }
    for (sheet, scan) in sheets.iter().zip(&mut scans) {
        if let Some(part) = sheet {
            scan.with_comments(comments::of_sheet(&mut zip, &names, part, limits.part_bytes));
        }
    }
    if is_ods {
        super::ods::refuse_encrypted(&mut zip, name)?;
        return Ok(Package::Ods);
    }
    Ok(Package::Xlsx(scans))
}

/// What the table of shared strings claims, and what it holds.
#[derive(Default)]
struct Strings {
    claimed: u64,
    found: u64,
}

impl Strings {
    fn see(&mut self, tag: &[u8]) {
        match local_name(tag) {
            b"si" => self.found += 1,
            b"sst" => {
                let claim = attribute(tag, "uniqueCount").map(str::trim);
                self.claimed = claim.map_or(0, |c| c.parse().unwrap_or(u64::MAX));
            }
            _ => {}
        }
    }
}

/// Places of the parts by their names in lower case, or `None` where a name is unreadable.
fn names<R: Read + std::io::Seek>(zip: &ZipArchive<R>) -> Option<BTreeMap<String, usize>> {
    (0..zip.len())
        .map(|index| {
            let name = zip.name_for_index(index)?.ok()?;
            Some((name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase(), index))
        })
        .collect()
}

/// Refuses packages that hold something else than a workbook of ours, by what they are.
fn tell_strangers(names: &BTreeMap<String, usize>, name: &str) -> Result<(), Unreadable> {
    let has = |start: &str| names.keys().any(|n| n.starts_with(start));
    let found = if names.contains_key("xl/workbook.bin") {
        return Err(refuse("file-binary-xlsb", name));
    } else if has("word/") {
        "text-document"
    } else if has("ppt/") {
        "presentation"
    } else if names.contains_key("index/document.iwa") {
        "numbers"
    } else if names.contains_key("[content_types].xml") && names.contains_key("_rels/.rels") {
        return Ok(());
    } else {
        "archive"
    };
    Err(refuse_with("file-is-no-workbook", name, "found", found))
}

fn unopened(error: &zip::result::ZipError, name: &str) -> Unreadable {
    let text = error.to_string();
    let locked =
        matches!(error, zip::result::ZipError::InvalidPassword) || text.contains("assword") || text.contains("ncrypt");
    refuse(if locked { "file-has-password" } else { "file-damaged" }, name)
}

/// Is shown every tag of a part.
type Visitor<'a> = &'a mut dyn FnMut(&[u8]);

/// Unpacks a part to nowhere, counts its bytes, looks at its tags, and refuses a DOCTYPE.
fn unpack(
    mut entry: impl Read,
    name: &str,
    ceiling: u64,
    left: u64,
    mut see: Option<Visitor<'_>>,
) -> Result<u64, Unreadable> {
    let mut chunk = vec![0; 64 * 1024];
    let mut tags = TagStream::default();
    let mut count: u64 = 0;
    loop {
        let read = entry.read(&mut chunk).map_err(|_| refuse("file-damaged", name))?;
        let bytes = chunk.get(..read).unwrap_or_default();
        if bytes.is_empty() {
            return Ok(count);
        }
        if count == 0 && bytes.windows(9).take(4096).any(|w| w.eq_ignore_ascii_case(b"<!doctype")) {
            return Err(refuse("file-has-doctype", name));
        }
        count += bytes.len() as u64;
        if count > ceiling.min(left) {
            return Err(refuse_with("file-unpacks-too-large", name, "limit", ceiling.min(left).div_ceil(1_000_000)));
        }
        if let Some(see) = see.as_deref_mut() {
            tags.feed(bytes, see).map_err(|_| refuse("file-damaged", name))?;
        }
    }
}

type Zip = ZipArchive<BufReader<File>>;

/// The styles of cells whose font is struck through.
fn struck_styles(
    zip: &mut Zip,
    names: &BTreeMap<String, usize>,
    part: &str,
    name: &str,
    limits: &Limits,
) -> Result<BTreeSet<u32>, Unreadable> {
    let (mut section, mut font, mut style) = (String::new(), 0_u32, 0_u32);
    let (mut fonts, mut struck) = (BTreeSet::new(), BTreeSet::new());
    each_tag(zip, names, part, name, limits, &mut |tag| {
        let local = tag.local_name();
        match (section.as_str(), local.as_ref()) {
            (_, "fonts" | "fills" | "borders" | "cellStyleXfs" | "cellXfs" | "cellStyles" | "dxfs") => {
                local.as_ref().clone_into(&mut section);
            }
            ("fonts", "font") => font += 1,
            ("fonts", "strike") if !matches!(value(tag, "val").as_deref(), Some("0" | "false")) => {
                fonts.insert(font);
            }
            ("cellXfs", "xf") => {
                // Fonts are counted from one above, and named from nought.
                let of = value(tag, "fontId").and_then(|id| id.parse::<u32>().ok()).map(|id| id.saturating_add(1));
                if of.is_some_and(|id| fonts.contains(&id)) {
                    struck.insert(style);
                }
                style += 1;
            }
            _ => {}
        }
    })?;
    Ok(struck)
}

/// Parts of the sheets in the workbook's order, in lower case, `None` for one without a part; and
/// the part of the styles.
fn sheet_parts(
    zip: &mut Zip,
    names: &BTreeMap<String, usize>,
    name: &str,
    limits: &Limits,
) -> Result<(Vec<Option<String>>, Option<String>), Unreadable> {
    let mut workbook = "xl/workbook.xml".to_owned();
    each_tag(zip, names, "_rels/.rels", name, limits, &mut |tag| {
        if tag.local_name().as_ref() == "Relationship"
            && value(tag, "Type").is_some_and(|t| t.ends_with("/relationships/officeDocument"))
            && let Some(target) = value(tag, "Target")
        {
            workbook = target.trim_start_matches('/').to_ascii_lowercase();
        }
    })?;
    if !names.contains_key(&workbook) {
        return Err(refuse("file-damaged", name));
    }
    let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
    let mut targets = BTreeMap::new();
    let mut styles = None;
    each_tag(zip, names, &format!("{folder}/_rels/{file}.rels"), name, limits, &mut |tag| {
        if let (Some(id), Some(target)) = (value(tag, "Id"), value(tag, "Target")) {
            let path = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("{folder}/{target}"),
            };
            let path = path.to_ascii_lowercase();
            if value(tag, "Type").is_some_and(|kind| kind.ends_with("/relationships/styles")) {
                styles = Some(path.trim_start_matches('/').to_owned());
            }
            targets.insert(id, path);
        }
    })?;
    let mut sheets = Vec::new();
    each_tag(zip, names, &workbook, name, limits, &mut |tag| {
        if tag.local_name().as_ref() == "sheet" {
            let id = tag.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == "id");
            let id = id.and_then(|a| a.normalized_value(XmlVersion::Implicit1_0).ok().map(|v| v.into_owned()));
            sheets.push(id.and_then(|id| targets.get(&id).cloned()));
        }
    })?;
    Ok((sheets, styles))
}

/// Value of an attribute, decoded.
fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

fn each_tag(
    zip: &mut Zip,
    names: &BTreeMap<String, usize>,
    part: &str,
    name: &str,
    limits: &Limits,
    visit: &mut dyn FnMut(&BytesStart<'_>),
) -> Result<(), Unreadable> {
    let damaged = || refuse("file-damaged", name);
    let index = names.get(part.trim_start_matches('/')).ok_or_else(damaged)?;
    let entry = zip.by_index(*index).map_err(|e| unopened(&e, name))?;
    let mut xml = Reader::from_reader(BufReader::new(entry.take(limits.part_bytes)));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|_| damaged())? {
            Event::Start(tag) | Event::Empty(tag) => visit(&tag),
            Event::DocType(_) => return Err(refuse("file-has-doctype", name)),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

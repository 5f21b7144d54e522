//! The parts of a workbook's package, found through their relations.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::read::ZipFile;

use super::Unmarkable;
use super::xml::{Edits, Piece, attribute, element, elements, escaped, local, name, prefix, walk};

/// Most bytes of a part that is held in memory.
const PART_BYTES: u64 = 24 << 20;
/// Most entries of a package.
const MOST_ENTRIES: usize = 5_000;

/// A package that is being read.
pub(super) struct Package<R> {
    zip: ZipArchive<R>,
    /// Entries by their names in lower case, without a leading slash.
    places: BTreeMap<String, usize>,
}

impl<R: Read + Seek> Package<R> {
    pub(super) fn open(source: R) -> Result<Self, Unmarkable> {
        let zip = ZipArchive::new(source).map_err(|_| Unmarkable::Unusual)?;
        if zip.len() > MOST_ENTRIES || zip.has_duplicate_names() {
            return Err(Unmarkable::Unusual);
        }
        let mut places = BTreeMap::new();
        for index in 0..zip.len() {
            let name = zip.name_for_index(index).and_then(Result::ok).ok_or(Unmarkable::Unusual)?;
            if places.insert(key(&name), index).is_some() {
                return Err(Unmarkable::Unusual);
            }
        }
        Ok(Self { zip, places })
    }

    /// Names of all entries in the order of the package, in lower case.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<(usize, String)> = self.places.iter().map(|(name, index)| (*index, name.clone())).collect();
        names.sort_unstable();
        names.into_iter().map(|(_, name)| name).collect()
    }

    pub(super) fn has(&self, part: &str) -> bool {
        self.places.contains_key(&key(part))
    }

    /// Name as the package has it.
    pub(super) fn written(&self, part: &str) -> String {
        let index = self.places.get(&key(part)).copied();
        index
            .and_then(|i| self.zip.name_for_index(i))
            .and_then(Result::ok)
            .map_or_else(|| part.to_owned(), |name| name.into_owned())
    }

    /// An entry, to be unpacked as it is read.
    pub(super) fn entry(&mut self, part: &str) -> Result<ZipFile<'_, R>, Unmarkable> {
        let index = self.places.get(&key(part)).ok_or(Unmarkable::Unusual)?;
        let entry = self.zip.by_index(*index).map_err(|_| Unmarkable::Unusual)?;
        if entry.encrypted() { Err(Unmarkable::Unusual) } else { Ok(entry) }
    }

    /// An entry as it is packed.
    pub(super) fn packed(&mut self, part: &str) -> Result<ZipFile<'_, R>, Unmarkable> {
        let index = self.places.get(&key(part)).ok_or(Unmarkable::Unusual)?;
        self.zip.by_index_raw(*index).map_err(|_| Unmarkable::Unusual)
    }

    /// Text of a part that is small enough to be held.
    pub(super) fn text(&mut self, part: &str) -> Result<String, Unmarkable> {
        let mut bytes = Vec::new();
        self.entry(part)?.take(PART_BYTES + 1).read_to_end(&mut bytes).map_err(|_| Unmarkable::Unusual)?;
        if bytes.len() as u64 > PART_BYTES {
            return Err(Unmarkable::TooLarge);
        }
        let text = String::from_utf8(bytes).map_err(|_| Unmarkable::Unusual)?;
        Ok(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned))
    }

    /// The relations of a part; of the package itself where `part` is empty.
    pub(super) fn relations(&mut self, part: &str) -> Result<Relations, Unmarkable> {
        let at = relations_of(part);
        if self.has(&at) { Relations::read(&self.text(&at)?, part) } else { Ok(Relations::default()) }
    }

    /// A name for a new part that no part has: the stem with the first free number.
    pub(super) fn free_name(&self, stem: &str, ending: &str, taken: &BTreeSet<String>) -> String {
        (1_u32..)
            .map(|number| format!("{stem}{number}.{ending}"))
            .find(|name| !self.has(name) && !taken.contains(&key(name)))
            .unwrap_or_default()
    }
}

/// A name as it is compared.
pub(super) fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// Where the relations of a part stand.
pub(super) fn relations_of(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').map_or(("", part), |(folder, file)| (folder, file));
    if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") }
}

/// One relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Relation {
    pub(super) id: String,
    /// The last word of its type, such as `worksheet`.
    pub(super) kind: String,
    /// Name of the part, compared as [`key`] does.
    pub(super) target: String,
}

/// The relations of one part.
#[derive(Clone, Debug, Default)]
pub(super) struct Relations {
    text: String,
    pub(super) all: Vec<Relation>,
    /// What the types of this package begin with.
    pub(super) base: Option<String>,
    added: Vec<String>,
    removed: BTreeSet<String>,
    ids: BTreeSet<String>,
}

impl Relations {
    fn read(text: &str, part: &str) -> Result<Self, Unmarkable> {
        let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut relations = Self { text: text.to_owned(), ..Self::default() };
        walk(text, &mut |piece, _, _| {
            let (Piece::Start(tag) | Piece::Empty(tag)) = piece else { return };
            if local(name(tag)) != "Relationship" {
                return;
            }
            let (Some(id), Some(kind)) = (attribute(tag, "Id"), attribute(tag, "Type")) else { return };
            relations.ids.insert(id.clone().into_owned());
            if attribute(tag, "TargetMode").is_some_and(|mode| mode == "External") {
                return;
            }
            let Some(target) = attribute(tag, "Target") else { return };
            let (base, last) = kind.rsplit_once('/').unwrap_or(("", &kind));
            if base.ends_with("officeDocument/2006/relationships") || base.ends_with("officeDocument/relationships") {
                relations.base = Some(base.to_owned());
            }
            let target = resolved(folder, &target);
            relations.all.push(Relation { id: id.into_owned(), kind: last.to_owned(), target });
        })?;
        Ok(relations)
    }

    pub(super) fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Relation> {
        self.all.iter().filter(move |r| r.kind == kind)
    }

    pub(super) fn by_id(&self, id: &str) -> Option<&Relation> {
        self.all.iter().find(|r| r.id == id)
    }

    /// Adds a relation to a part of the package, and gives its id.
    pub(super) fn add(&mut self, base: &str, kind: &str, target: &str) -> String {
        let id = (1_u32..).map(|n| format!("rId{n}")).find(|id| !self.ids.contains(id)).unwrap_or_default();
        self.ids.insert(id.clone());
        self.added.push(format!(r#"Relationship Id="{id}" Type="{base}/{kind}" Target="/{}"/>"#, escaped(target)));
        id
    }

    pub(super) fn remove(&mut self, id: &str) {
        self.removed.insert(id.to_owned());
    }

    pub(super) fn is_changed(&self) -> bool {
        !(self.added.is_empty() && self.removed.is_empty())
    }

    /// The part with what was added and without what was removed.
    pub(super) fn write(&self) -> Result<String, Unmarkable> {
        const EMPTY: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships \
             xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
        let text = if self.text.is_empty() { EMPTY } else { &self.text };
        let mut edits = Edits::default();
        for relation in elements(text, &["Relationships", "Relationship"])? {
            if attribute(relation.tag, "Id").is_some_and(|id| self.removed.contains(&*id)) {
                edits.remove(relation.range);
            }
        }
        let root = element(text, &["Relationships"])?.ok_or(Unmarkable::Unusual)?;
        let prefix = prefix(root.tag);
        root.append(&mut edits, &self.added.iter().map(|r| format!("<{prefix}{r}")).collect::<String>());
        Ok(edits.apply(text))
    }
}

/// A target seen from the folder of its source.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.split('#').next().unwrap_or_default();
    if target.starts_with('/') {
        return key(target);
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|s| !s.is_empty()).collect();
    for step in target.split(['/', '\\']) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    key(&steps.join("/"))
}

/// `[Content_Types].xml`.
pub(super) struct ContentTypes {
    text: String,
    overrides: BTreeMap<String, String>,
    defaults: BTreeMap<String, String>,
    added: Vec<String>,
    removed: BTreeSet<String>,
}

/// Where it stands.
pub(super) const CONTENT_TYPES: &str = "[Content_Types].xml";

impl ContentTypes {
    pub(super) fn read(text: String) -> Result<Self, Unmarkable> {
        let (mut overrides, mut defaults) = (BTreeMap::new(), BTreeMap::new());
        walk(&text, &mut |piece, _, _| {
            let (Piece::Start(tag) | Piece::Empty(tag)) = piece else { return };
            let Some(kind) = attribute(tag, "ContentType") else { return };
            if let Some(part) = attribute(tag, "PartName") {
                overrides.insert(key(&part), kind.into_owned());
            } else if let Some(ending) = attribute(tag, "Extension") {
                defaults.insert(ending.to_ascii_lowercase(), kind.into_owned());
            }
        })?;
        Ok(Self { text, overrides, defaults, added: Vec::new(), removed: BTreeSet::new() })
    }

    pub(super) fn of(&self, part: &str) -> Option<&str> {
        let part = key(part);
        let ending = part.rsplit('.').next().unwrap_or_default();
        self.overrides.get(&part).or_else(|| self.defaults.get(ending)).map(String::as_str)
    }

    pub(super) fn add(&mut self, part: &str, kind: &str) {
        self.added.push(format!(r#"Override PartName="/{}" ContentType="{kind}"/>"#, escaped(part)));
    }

    /// Says of what type parts with an ending are, where nothing says so yet.
    pub(super) fn add_default(&mut self, ending: &str, kind: &str) {
        if self.defaults.insert(ending.to_owned(), kind.to_owned()).is_none() {
            self.added.push(format!(r#"Default Extension="{ending}" ContentType="{kind}"/>"#));
        }
    }

    pub(super) fn remove(&mut self, part: &str) {
        self.removed.insert(key(part));
    }

    pub(super) fn write(&self) -> Result<String, Unmarkable> {
        let mut edits = Edits::default();
        for part in elements(&self.text, &["Types", "Override"])? {
            if attribute(part.tag, "PartName").is_some_and(|name| self.removed.contains(&key(&name))) {
                edits.remove(part.range);
            }
        }
        let root = element(&self.text, &["Types"])?.ok_or(Unmarkable::Unusual)?;
        let prefix = prefix(root.tag);
        root.append(&mut edits, &self.added.iter().map(|r| format!("<{prefix}{r}")).collect::<String>());
        Ok(edits.apply(&self.text))
    }
}

//! Small edits in the text of an XML part: everything that is not edited stays byte for byte.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::Unmarkable;

/// Replacements in a text, by their places; they may not overlap.
#[derive(Debug, Default)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts `text` in the place of a range.
    pub(super) fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.0.push((range, text.into()));
    }

    /// Puts `text` before a place; what comes first stands first.
    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// Takes a range out.
    pub(super) fn remove(&mut self, range: Range<usize>) {
        self.replace(range, "");
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text with all edits made.
    pub(super) fn apply(mut self, text: &str) -> String {
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let added: usize = self.0.iter().map(|(_, new)| new.len()).sum();
        let (mut out, mut done) = (String::with_capacity(text.len() + added), 0);
        for (range, new) in &self.0 {
            out.push_str(text.get(done..range.start).unwrap_or_default());
            out.push_str(new);
            done = done.max(range.end);
        }
        out.push_str(text.get(done..).unwrap_or_default());
        out
    }
}

/// Something in a part, with the place where it stands.
pub(super) enum Piece<'a> {
    /// A start tag, without its brackets.
    Start(&'a str),
    /// An element without content.
    Empty(&'a str),
    /// Name of an end tag.
    End(&'a str),
    /// Characters as a reader sees them.
    Text(Cow<'a, str>),
}

/// Shows every piece of a part to a visitor, with its place and the number of elements that it
/// stands in.
pub(super) fn walk<'a>(text: &'a str, visit: &mut dyn FnMut(Piece<'a>, Range<usize>, usize)) -> Result<(), Unmarkable> {
    let mut reader = Reader::from_str(text);
    // What drawing programs write is not always well formed.
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let (mut depth, mut from) = (0_usize, 0_usize);
    loop {
        let event = reader.read_event().map_err(|_| Unmarkable::Unusual)?;
        let to = place(&reader);
        let range = from..to;
        from = to;
        let inside =
            |brackets: usize, end: usize| text.get(range.start + brackets..range.end - end).unwrap_or_default();
        match event {
            Event::Start(_) => {
                visit(Piece::Start(inside(1, 1)), range, depth);
                depth += 1;
            }
            Event::Empty(_) => visit(Piece::Empty(inside(1, 2)), range, depth),
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                visit(Piece::End(inside(2, 1).trim()), range, depth);
            }
            Event::Text(words) => visit(Piece::Text(words.into_inner()), range, depth),
            Event::CData(words) => visit(Piece::Text(words.into_inner()), range, depth),
            Event::GeneralRef(name) => {
                let named = name.resolve_char_ref().ok().flatten().or(match &*name {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => None,
                });
                if let Some(letter) = named {
                    visit(Piece::Text(Cow::Owned(letter.to_string())), range, depth);
                }
            }
            Event::DocType(_) => return Err(Unmarkable::Unusual),
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// An element with its places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element<'a> {
    /// Its start tag, without brackets.
    pub(super) tag: &'a str,
    /// All of it.
    pub(super) range: Range<usize>,
    /// What stands between its tags; `None` for an element written without content.
    pub(super) content: Option<Range<usize>>,
}

impl Element<'_> {
    /// Puts text before its end tag, giving it one where it was written without content.
    pub(super) fn append(&self, edits: &mut Edits, text: &str) {
        match &self.content {
            Some(content) => edits.insert(content.end, text),
            None => edits.replace(self.range.clone(), format!("<{}>{text}</{}>", self.tag.trim_end(), name(self.tag))),
        }
    }
}

/// The elements under a path of local names from the root; `*` stands for any name.
pub(super) fn elements<'a>(text: &'a str, path: &[&str]) -> Result<Vec<Element<'a>>, Unmarkable> {
    let mut found = Vec::new();
    let mut open: Vec<(&str, Range<usize>, bool)> = Vec::new();
    let fits = |open: &[(&str, Range<usize>, bool)], tag: &str| {
        let wanted = path.get(open.len()).copied().unwrap_or_default();
        (open.is_empty() || open.last().is_some_and(|(.., on_path)| *on_path))
            && (wanted == "*" || wanted == local(name(tag)))
    };
    walk(text, &mut |piece, range, _| match piece {
        Piece::Start(tag) => {
            let on_path = fits(&open, tag);
            open.push((tag, range, on_path));
        }
        Piece::Empty(tag) => {
            if open.len() + 1 == path.len() && fits(&open, tag) {
                found.push(Element { tag, range, content: None });
            }
        }
        Piece::End(_) => {
            if let Some((tag, start, true)) = open.pop()
                && open.len() + 1 == path.len()
            {
                found.push(Element { tag, range: start.start..range.end, content: Some(start.end..range.start) });
            }
        }
        Piece::Text(_) => {}
    })?;
    Ok(found)
}

/// The first element under a path.
pub(super) fn element<'a>(text: &'a str, path: &[&str]) -> Result<Option<Element<'a>>, Unmarkable> {
    Ok(elements(text, path)?.into_iter().next())
}

fn place(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// Name of a tag, with its prefix.
pub(super) fn name(tag: &str) -> &str {
    let end = tag.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(tag.len());
    tag.get(..end).unwrap_or_default()
}

/// Name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Prefix of a tag with its colon; empty where it has none.
pub(super) fn prefix(tag: &str) -> &str {
    let name = name(tag);
    name.rfind(':').map_or("", |colon| name.get(..=colon).unwrap_or_default())
}

/// The attributes of a tag: name, and where its value stands.
fn attributes(tag: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut at = name(tag).len();
    std::iter::from_fn(move || {
        let rest = tag.get(at..)?;
        let equals = at + rest.find('=')?;
        let key = tag.get(at..equals)?.trim();
        let after = tag.get(equals + 1..)?;
        let open = equals + 1 + (after.len() - after.trim_start().len());
        let quote = tag.get(open..)?.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let close = open + 1 + tag.get(open + 1..)?.find(quote)?;
        at = close + 1;
        Some((key, open + 1..close))
    })
}

/// Value of an attribute by its whole name, decoded.
pub(super) fn attribute<'a>(tag: &'a str, wanted: &str) -> Option<Cow<'a, str>> {
    let (_, range) = attributes(tag).find(|(key, _)| *key == wanted)?;
    quick_xml::escape::unescape(tag.get(range)?).ok()
}

/// The same by its name without a prefix, among those that have one.
pub(super) fn prefixed_attribute<'a>(tag: &'a str, wanted: &str) -> Option<Cow<'a, str>> {
    let (_, range) = attributes(tag).find(|(key, _)| key.contains(':') && local(key) == wanted)?;
    quick_xml::escape::unescape(tag.get(range)?).ok()
}

/// The tag with an attribute that has this value; it may be added. `value` needs no escaping.
pub(super) fn with_attribute(tag: &str, wanted: &str, value: &str) -> String {
    let found = attributes(tag).find(|(key, _)| *key == wanted);
    match found {
        Some((_, range)) => {
            let (before, after) = (tag.get(..range.start), tag.get(range.end..));
            format!("{}{value}{}", before.unwrap_or_default(), after.unwrap_or_default())
        }
        None => {
            let (name, rest) = tag.split_at(name(tag).len());
            format!("{name} {wanted}=\"{value}\"{rest}")
        }
    }
}

/// The tag without an attribute.
pub(super) fn without_attribute(tag: &str, wanted: &str) -> String {
    let Some((_, value)) = attributes(tag).find(|(key, _)| *key == wanted) else { return tag.to_owned() };
    let before = tag.get(..value.start).unwrap_or_default();
    let from = before.rfind(wanted).unwrap_or(value.start);
    format!("{}{}", before.get(..from).unwrap_or_default().trim_end(), tag.get(value.end + 1..).unwrap_or_default())
}

/// A text for an XML part: escaped, and without the control characters that XML does not have.
pub(super) fn escaped(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}'))
        .map(|c| if c == '\r' { '\n' } else { c })
        .collect();
    quick_xml::escape::escape(kept).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_and_changed_in_their_place() {
        let tag = r#"x:c r="A1"  s = '7' t="a&amp;b""#;
        assert_eq!((name(tag), local(name(tag)), prefix(tag)), ("x:c", "c", "x:"));
        assert_eq!(attribute(tag, "t").as_deref(), Some("a&b"));
        assert_eq!(with_attribute(tag, "s", "12"), r#"x:c r="A1"  s = '12' t="a&amp;b""#);
        assert_eq!(with_attribute("c", "s", "1"), r#"c s="1""#);
        assert_eq!(without_attribute(tag, "s"), r#"x:c r="A1" t="a&amp;b""#);
        assert_eq!(without_attribute("row r=\"1\"", "spans"), "row r=\"1\"");
        assert_eq!(prefixed_attribute(r#"sheet id="3" r:id="rId1""#, "id").as_deref(), Some("rId1"));
    }

    #[test]
    fn a_part_is_walked_with_places() {
        let text = "<?xml version=\"1.0\"?><a><b x=\"1\"/>t&lt;<c>é</c ></a>";
        let mut seen = Vec::new();
        walk(text, &mut |piece, range, depth| {
            let shown = match piece {
                Piece::Start(tag) => format!("<{tag}"),
                Piece::Empty(tag) => format!("<{tag}/"),
                Piece::End(name) => format!("/{name}"),
                Piece::Text(words) => words.into_owned(),
            };
            seen.push(format!("{depth}{shown}|{}", &text[range]));
        })
        .unwrap();
        let expected =
            ["0<a|<a>", "1<b x=\"1\"/|<b x=\"1\"/>", "1t|t", "1<|&lt;", "1<c|<c>", "2é|é", "1/c|</c >", "0/a|</a>"];
        assert_eq!(seen, expected);
    }

    #[test]
    fn elements_are_found_by_their_path() {
        let text = r#"<x:a><x:b><c n="1"/></x:b><x:b/><d><c n="2"/></d><x:b><c n="3">t</c></x:b></x:a>"#;
        let found = elements(text, &["a", "b", "c"]).unwrap();
        assert_eq!(
            found.iter().map(|e| &text[e.range.clone()]).collect::<Vec<_>>(),
            [r#"<c n="1"/>"#, r#"<c n="3">t</c>"#]
        );
        assert_eq!(found[1].content.clone().map(|c| &text[c]), Some("t"));
        assert_eq!(elements(text, &["a", "*"]).unwrap().len(), 4);
        let mut edits = Edits::default();
        elements(text, &["a", "b"]).unwrap()[1].append(&mut edits, "<n/>");
        assert!(edits.apply(text).contains("<x:b><n/></x:b><d>"));
    }

    #[test]
    fn edits_leave_the_rest_alone() {
        let mut edits = Edits::default();
        edits.replace(3..4, "X");
        edits.insert(0, "<");
        edits.remove(5..6);
        assert_eq!(edits.apply("abcdefg"), "<abcXeg");
    }

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(escaped("a\u{0}\u{1b}<b>\r\n\t\"ё"), "a&lt;b&gt;\n\n\t&quot;ё");
    }
}

//! The workbook's own part: which sheets there are, and in which order.

use super::Unmarkable;
use super::xml::{
    Edits, attribute, element, elements, escaped, prefix, prefixed_attribute, with_attribute, without_attribute,
};

/// A sheet as the workbook lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) relation: String,
    pub(super) visible: bool,
}

/// Longest name of a sheet, in UTF-16 units.
const LONGEST_NAME: usize = 31;

/// The sheets in their order.
pub(super) fn sheets(text: &str) -> Result<Vec<Listed>, Unmarkable> {
    let listed = elements(text, &["workbook", "sheets", "sheet"])?;
    let listed = listed.into_iter().filter_map(|sheet| {
        let hidden = attribute(sheet.tag, "state").is_some_and(|s| matches!(&*s, "hidden" | "veryHidden"));
        Some(Listed {
            name: attribute(sheet.tag, "name")?.into_owned(),
            relation: prefixed_attribute(sheet.tag, "id")?.into_owned(),
            visible: !hidden,
        })
    });
    Ok(listed.collect())
}

/// A name that no sheet has.
pub(super) fn free_name(wanted: &str, taken: &[String]) -> String {
    let is_free = |name: &str| !taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let cut = |text: &str, most: usize| {
        let mut units = 0;
        text.chars()
            .filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\'))
            .take_while(|c| {
                units += c.len_utf16();
                units <= most
            })
            .collect::<String>()
    };
    let plain = cut(wanted, LONGEST_NAME).trim_matches(['\'', ' ']).to_owned();
    let plain = if plain.is_empty() { "Sheet".to_owned() } else { plain };
    if is_free(&plain) {
        return plain;
    }
    let numbered = (2_u32..).map(|n| format!("{} {n}", cut(&plain, LONGEST_NAME - 6)));
    numbered.into_iter().find(|name| is_free(name)).unwrap_or(plain)
}

/// A sheet to be listed first.
pub(super) struct First<'a> {
    pub(super) name: &'a str,
    pub(super) relation: &'a str,
    /// Namespace of the attribute that names the relation.
    pub(super) relations: &'a str,
}

/// Lists a sheet first and takes out others, by their places: names of one sheet follow it, and
/// the first sheet is the one that is shown.
pub(super) fn with_first(text: &str, first: &First<'_>, removed: &[usize]) -> Result<String, Unmarkable> {
    let mut edits = Edits::default();
    let listed = elements(text, &["workbook", "sheets", "sheet"])?;
    let list = element(text, &["workbook", "sheets"])?.ok_or(Unmarkable::Unusual)?;
    let p = prefix(list.tag);
    let start = list.content.clone().ok_or(Unmarkable::Unusual)?.start;
    let highest = listed.iter().filter_map(|s| attribute(s.tag, "sheetId")?.parse::<u32>().ok()).max().unwrap_or(0);
    edits.insert(
        start,
        format!(
            "<{p}sheet xmlns:r=\"{}\" name=\"{}\" sheetId=\"{}\" r:id=\"{}\"/>",
            first.relations,
            escaped(first.name),
            highest.saturating_add(1),
            first.relation
        ),
    );
    for (place, sheet) in listed.into_iter().enumerate() {
        if removed.contains(&place) {
            edits.remove(sheet.range);
        }
    }
    for name in elements(text, &["workbook", "definedNames", "definedName"])? {
        let Some(sheet) = attribute(name.tag, "localSheetId").and_then(|s| s.parse::<usize>().ok()) else { continue };
        if removed.contains(&sheet) {
            edits.remove(name.range);
            continue;
        }
        let moved = sheet.saturating_add(1) - removed.iter().filter(|r| **r < sheet).count();
        let tag = with_attribute(name.tag, "localSheetId", &moved.to_string());
        let start = name.range.start;
        edits.replace(start + 1..start + 1 + name.tag.len(), tag);
    }
    let views = elements(text, &["workbook", "bookViews", "workbookView"])?;
    if views.is_empty() {
        edits.insert(list.range.start, format!("<{p}bookViews><{p}workbookView/></{p}bookViews>"));
    }
    for view in views {
        let tag = with_attribute(&without_attribute(view.tag, "firstSheet"), "activeTab", "0");
        let start = view.range.start;
        edits.replace(start + 1..start + 1 + view.tag.len(), tag);
    }
    Ok(edits.apply(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sheet_moves_the_names_of_the_others() {
        let text = "<x:workbook xmlns:x=\"m\"><x:bookViews><x:workbookView firstSheet=\"1\" activeTab=\"2\"/></x:bookViews>\
            <x:sheets><x:sheet name=\"Remarks\" sheetId=\"4\" r:id=\"rId9\"/><x:sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/>\
            <x:sheet name=\"B\" sheetId=\"7\" state=\"hidden\" r:id=\"rId2\"/></x:sheets><x:definedNames>\
            <x:definedName name=\"a\" localSheetId=\"0\">x</x:definedName><x:definedName name=\"b\">y</x:definedName>\
            <x:definedName name=\"c\" localSheetId=\"2\">z</x:definedName></x:definedNames></x:workbook>";
        let listed = sheets(text).unwrap();
        assert_eq!(
            listed.iter().map(|s| (s.name.as_str(), s.visible)).collect::<Vec<_>>(),
            [("Remarks", true), ("A", true), ("B", false)]
        );
        assert_eq!(free_name("remarks", &[listed[0].name.clone()]), "remarks 2");
        assert_eq!(free_name("'a/b:'", &[]), "ab");
        let first = First { name: "O'Brien & co", relation: "rId3", relations: "r" };
        let edited = with_first(text, &first, &[0]).unwrap();
        assert!(
            edited.contains(
                "<x:sheets><x:sheet xmlns:r=\"r\" name=\"O&apos;Brien &amp; co\" sheetId=\"8\" r:id=\"rId3\"/>"
            ),
            "{edited}"
        );
        assert!(
            !edited.contains("rId9") && !edited.contains("name=\"a\"") && !edited.contains("firstSheet"),
            "{edited}"
        );
        assert!(edited.contains("name=\"c\" localSheetId=\"2\"") && edited.contains("activeTab=\"0\""), "{edited}");
        let views = with_first("<workbook><sheets><sheet name=\"A\" r:id=\"1\"/></sheets></workbook>", &first, &[]);
        assert!(views.unwrap().contains("<bookViews><workbookView/></bookViews><sheets>"));
    }
}

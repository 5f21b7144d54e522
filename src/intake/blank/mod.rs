//! The blank workbook that contributors fill in.

mod cells;
mod example;

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Note, Workbook, Worksheet,
};

use super::interpret::headings::{self, Heading};
use crate::config::{Config, Programme};
use crate::locale::Locale;
use crate::recipient::Language;
use crate::record::Sheet;

/// What the writer of the format refuses; nothing that a programme could be at fault for.
#[derive(Debug, thiserror::Error)]
pub enum BlankError {
    /// The library's own reason.
    #[error("the workbook: {0}")]
    Writer(#[from] rust_xlsxwriter::XlsxError),
    /// A number that the format has no room for.
    #[error("the workbook: {0}")]
    Number(#[from] std::num::TryFromIntError),
}

type Result<T> = std::result::Result<T, BlankError>;

/// Rows that carry drop-downs and checks, counted from the head.
const ROWS: u32 = 500;

/// The blank workbook of the default programme.
///
/// # Errors
/// Only what the writer of the format refuses.
pub fn blank(language: Language) -> Result<Vec<u8>> {
    blank_for(&Config::defaults(std::path::Path::new(".")).programme, language)
}

/// The blank workbook: ten sheets, each with its head, one example row, drop-downs and notes.
/// The same programme and language give the same bytes.
///
/// # Errors
/// Only what the writer of the format refuses.
pub fn blank_for(programme: &Programme, language: Language) -> Result<Vec<u8>> {
    let locale = Locale::embedded(language);
    let looks = Looks::new();
    let mut workbook = Workbook::new();
    // The library would put the present moment into the file.
    let made = ExcelDateTime::from_ymd(2017, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    for sheet in Sheet::ALL {
        let page = workbook.add_worksheet();
        page.set_name(locale.word(&format!("workbook-sheet-{}", sheet.name().to_lowercase())))?;
        write_sheet(page, sheet, programme, &locale, &looks)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// The formats of the workbook.
struct Looks {
    needed: Format,
    wanted: Format,
    example: Format,
    example_date: Format,
    by_kind: BTreeMap<cells::Kind, Format>,
}

impl Looks {
    fn new() -> Self {
        let head = |fill: u32, ink: Color| {
            Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_background_color(Color::RGB(fill))
                .set_font_color(ink)
                .set_border_bottom(FormatBorder::Thin)
        };
        let example = Format::new().set_italic().set_font_color(Color::RGB(0x0080_8080)).set_text_wrap();
        let example = example.set_align(FormatAlign::Top);
        let by_kind = cells::Kind::ALL.into_iter().map(|kind| (kind, kind.format())).collect();
        Self {
            needed: head(0x0000_3399, Color::White),
            wanted: head(0x00DD_E4F2, Color::Black),
            example_date: example.clone().set_num_format("yyyy-mm-dd"),
            example,
            by_kind,
        }
    }
}

fn write_sheet(
    page: &mut Worksheet,
    sheet: Sheet,
    programme: &Programme,
    locale: &Locale,
    looks: &Looks,
) -> Result<()> {
    let (columns, _) = headings::of(sheet);
    let needed = headings::required(sheet);
    page.set_freeze_panes(1, 0)?;
    page.set_row_height(0, 32)?;
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    page.set_repeat_rows(0, 0)?;
    for (column, heading) in (0u16..).zip(columns) {
        let kind = cells::Kind::of(sheet, *heading);
        let look = if needed.contains(heading) { &looks.needed } else { &looks.wanted };
        page.set_column_width(column, u32::try_from(kind.letters())?)?;
        if let Some(format) = looks.by_kind.get(&kind) {
            page.set_column_format(column, format)?;
        }
        page.write_with_format(0, column, name_of(*heading, locale.language()), look)?;
        let note = note_of(sheet, *heading, needed.contains(heading), programme, locale);
        let note = Note::new(note).add_author_prefix(false).set_width(260).set_height(110);
        page.insert_note(0, column, &note)?;
        if let Some(check) = kind.check(programme, locale)? {
            page.add_data_validation(1, column, ROWS, column, &check)?;
        }
    }
    example::write(page, sheet, columns, programme, locale, looks)
}

fn name_of(heading: Heading, language: Language) -> &'static str {
    match language {
        Language::En => heading.english(),
        Language::Ru => heading.russian(),
    }
}

/// What a heading's note says: what belongs there, in which form, whether it must be there.
fn note_of(sheet: Sheet, heading: Heading, needed: bool, programme: &Programme, locale: &Locale) -> String {
    let key = heading.key();
    let own = format!("workbook-note-{}-{key}", sheet.name().to_lowercase());
    let id = if locale.find(&own, &BTreeMap::new()).is_some() { own } else { format!("workbook-note-{key}") };
    let mut note = locale.word(&id);
    if heading == Heading::Component {
        let language = locale.language();
        for component in &programme.components {
            let title = component.title.get(&language).or_else(|| component.title.values().next());
            note.push_str(&format!("\n{} – {}", component.number, title.map_or("", String::as_str)));
        }
    }
    if needed {
        note = format!("{}\n{note}", locale.word("workbook-note-needed"));
    }
    note
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_has_a_note_in_both_languages() {
        let programme = Config::defaults(std::path::Path::new(".")).programme;
        for language in Language::ALL {
            let locale = Locale::embedded(language);
            for sheet in Sheet::ALL {
                assert!(locale.has(&format!("workbook-sheet-{}", sheet.name().to_lowercase())));
                for heading in headings::of(sheet).0 {
                    let note = note_of(sheet, *heading, false, &programme, &locale);
                    assert!(!note.contains('‹'), "{language} {sheet}: {note}");
                    let own = format!("workbook-note-{}-{}", sheet.name().to_lowercase(), heading.key());
                    let shared = format!("workbook-note-{}", heading.key());
                    assert!(locale.has(&own) || locale.has(&shared), "{language} {sheet}: {}", heading.key());
                }
            }
        }
    }

    #[test]
    fn the_same_programme_gives_the_same_bytes() {
        assert_eq!(blank(Language::En).unwrap(), blank(Language::En).unwrap());
        assert_ne!(blank(Language::En).unwrap(), blank(Language::Ru).unwrap());
    }
}

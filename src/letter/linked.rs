//! A letter whose attachment is too large for a mail: it says where to fetch it.

use minijinja::HtmlEscape;

use super::Desk;
use crate::outbox::Letter;

/// A file that is fetched instead of attached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// Its name.
    pub file: String,
    /// Its size in bytes.
    pub size: u64,
    /// Where it is.
    pub link: String,
}

/// Stands for the link while the sentence is made; no sentence has it.
const PLACE: &str = "\u{1}";

/// The letter with the links in place of the sentence that says what is attached; above the
/// letter where it has no such sentence.
#[must_use]
pub fn linked(letter: &Letter, files: &[Linked], desk: &Desk) -> Letter {
    let sentence = |file: &Linked| {
        let size = desk.size(file.size);
        desk.say("mail-linked", &[("file", file.file.as_str().into()), ("size", size.into()), ("link", PLACE.into())])
    };
    // The angle brackets keep a full stop out of what mail programs take for the address.
    let text = |file: &Linked| sentence(file).replace(PLACE, &format!("<{}>", file.link));
    let html = |file: &Linked| {
        let link = HtmlEscape(&file.link).to_string();
        HtmlEscape(&sentence(file)).to_string().replace(PLACE, &format!("<a href=\"{link}\">{link}</a>"))
    };
    let texts = files.iter().map(text).collect::<Vec<_>>().join(" ");
    let htmls = files.iter().map(html).collect::<Vec<_>>().join(" ");
    let attached = letter.attached.as_deref().filter(|sentence| letter.text.contains(sentence));
    let text = match attached {
        Some(attached) => letter.text.replace(attached, &texts),
        None => format!("{texts}\n\n{}", letter.text),
    };
    let escaped = attached.map(|sentence| HtmlEscape(sentence).to_string());
    let html = match escaped.filter(|sentence| letter.html.contains(sentence.as_str())) {
        Some(attached) => letter.html.replace(&attached, &htmls),
        None => {
            let body = letter.html.find("<body").and_then(|at| Some(at + letter.html.get(at..)?.find('>')? + 1));
            let (before, after) = letter.html.split_at(body.unwrap_or(0));
            format!("{before}<p>{htmls}</p>{after}")
        }
    };
    Letter { text, html, attached: None, ..letter.clone() }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::locale::Locale;
    use crate::recipient::Language;

    fn letter(language: Language, attached: &str) -> Letter {
        Letter {
            language,
            subject: "Report".to_owned(),
            text: format!("Dear Anna,\n\n{attached} Nine activities.\n"),
            html: format!("<html><body style=\"x\"><p>{} Nine activities.</p></body></html>", HtmlEscape(attached)),
            thread: Vec::new(),
            attached: Some(attached.to_owned()),
        }
    }

    #[test]
    fn the_link_stands_where_the_letter_said_that_the_report_is_attached() {
        let file = Linked {
            file: "Report_RU.pdf".to_owned(),
            size: 31_200_000,
            link: "https://reports.example.org/a?b=1&c".to_owned(),
        };
        for (language, text) in [
            (
                Language::En,
                "Dear Anna,\n\nReport_RU.pdf is too large to be sent by mail (31.2\u{a0}MB). It can be downloaded here: \
                 <https://reports.example.org/a?b=1&c>. Nine activities.\n",
            ),
            (
                Language::Ru,
                "Dear Anna,\n\nФайл Report_RU.pdf слишком велик, чтобы отправить его по почте (31,2\u{a0}МБ). Его можно скачать \
                 здесь: <https://reports.example.org/a?b=1&c>. Nine activities.\n",
            ),
        ] {
            let desk = Desk::new(Arc::new(Locale::embedded(language)), None).unwrap();
            let before = letter(language, "The report \"Q4\" is attached.");
            let after = linked(&before, std::slice::from_ref(&file), &desk);
            assert_eq!(after.text, text);
            assert!(
                after.html.contains("<a href=\"https:&#x2f;&#x2f;reports.example.org&#x2f;a?b=1&amp;c\">"),
                "{}",
                after.html
            );
            assert!(!after.html.contains("attached") && after.html.contains("Nine activities."));

            // A template of the home's own may say it in other words.
            let other = Letter { attached: None, ..before };
            let after = linked(&other, std::slice::from_ref(&file), &desk);
            let above = after.text.strip_suffix(&other.text).unwrap();
            assert!(text.contains(above.trim_end()), "{above}");
            assert!(after.html.contains("<body style=\"x\"><p>"), "{}", after.html);
        }
    }
}

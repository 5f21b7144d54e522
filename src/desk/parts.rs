//! What several pages are made of: buttons, cells of tables, what was just done, ways to the next page.

use maud::{Markup, html};

use super::visitor::Visitor;
use super::words::Words;

/// A button that does something: a form of its own, with the visitor's token.
pub(super) fn button(visitor: &Visitor, action: &str, label: &str, class: &str) -> Markup {
    html! {
        form method="post" action=(action) {
            (token(visitor))
            button class=(format!("button {class}")) type="submit" { (label) }
        }
    }
}

/// The token that every form carries.
pub(super) fn token(visitor: &Visitor) -> Markup {
    html! { input type="hidden" name="token" value=(visitor.token); }
}

/// A button that asks once more before it does what cannot be undone: what it does is read first.
pub(super) fn grave(visitor: &Visitor, action: &str, label: &str, what: &str, yes: &str) -> Markup {
    html! {
        details.grave {
            summary { (label) }
            p { (what) }
            div.acts { (button(visitor, action, yes, "grave small")) }
        }
    }
}

/// A cell of a table that becomes a card on a narrow screen, where its column's name stands before it.
pub(super) fn cell(label: &str, content: &Markup) -> Markup {
    html! { td role="cell" data-label=(label) { (content) } }
}

/// The same for a number.
pub(super) fn number(label: &str, content: &str) -> Markup {
    html! { td.number role="cell" data-label=(label) { (content) } }
}

/// The head of such a table.
pub(super) fn head(columns: &[String], numbers: &[usize]) -> Markup {
    html! {
        thead role="rowgroup" {
            tr role="row" {
                @for (place, column) in columns.iter().enumerate() {
                    th role="columnheader" scope="col" class=[numbers.contains(&place).then_some("number")] { (column) }
                }
            }
        }
    }
}

/// What was just done, where the page says so of itself.
pub(super) fn told(words: &Words<'_>, done: Option<&str>) -> Markup {
    let text = done.and_then(|done| words.maybe(&format!("desk-done-{done}")));
    html! { @if let Some(text) = text { div.told role="status" { p { (text) } } } }
}

/// A part of a page under its own title.
pub(super) fn part(id: &str, title: &str, body: &Markup) -> Markup {
    html! {
        section.part aria-labelledby=(id) {
            h2 id=(id) { (title) }
            div.body { (body) }
        }
    }
}

/// A part as wide as the page, for tables.
pub(super) fn wide(id: &str, title: &str, body: &Markup) -> Markup {
    html! {
        section.part.wide aria-labelledby=(id) {
            h2 id=(id) { (title) }
            div.body { (body) }
        }
    }
}

/// Ways to the newest and to older ones of a list that is shown page by page.
pub(super) fn pages(words: &Words<'_>, newest: Option<String>, older: Option<String>) -> Markup {
    html! {
        @if newest.is_some() || older.is_some() {
            nav.pages aria-label=(words.t("desk-pages")) {
                @if let Some(address) = newest { a href=(address) { (words.t("desk-newest")) } }
                @if let Some(address) = older { a rel="next" href=(address) { (words.t("desk-older")) } }
            }
        }
    }
}

/// A value for the query of an address.
pub(super) fn escaped(text: &str) -> String {
    use std::fmt::Write as _;
    let mut escaped = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

/// `attachment; filename="…"; filename*=UTF-8''…` (RFC 6266), whatever stands in the name.
pub(super) fn disposition(kind: &str, name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || " -._()".contains(c) { c } else { '_' }).collect();
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{}", escaped(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_breaks_out_of_its_header() {
        assert_eq!(
            disposition("attachment", "план \"IV\"\r\nX: y.xlsx"),
            "attachment; filename=\"____ _IV___X_ y.xlsx\"; filename*=UTF-8''%D0%BF%D0%BB%D0%B0%D0%BD%20%22IV%22%0D%0AX%3A%20y.xlsx"
        );
    }
}

//! The frame of every page: title, ways, languages, and whose clock it is.

use maud::{DOCTYPE, Markup, html};

use super::Desk;
use super::visitor::{Role, Visitor};
use super::words::Words;
use crate::recipient::Language;

/// The ways through the dashboard: address, message of the locale, and who is shown it.
const WAYS: [(&str, &str, Role); 8] = [
    ("/", "desk-way-today", Role::Viewer),
    ("/readiness", "desk-way-readiness", Role::Viewer),
    ("/workbooks", "desk-way-workbooks", Role::Viewer),
    ("/runs", "desk-way-runs", Role::Viewer),
    ("/deliveries", "desk-way-deliveries", Role::Viewer),
    ("/configuration", "desk-way-configuration", Role::Viewer),
    ("/health", "desk-way-health", Role::Viewer),
    ("/audit", "desk-way-audit", Role::Admin),
];

/// A page about to be filled.
pub struct Sheet<'a> {
    desk: &'a Desk,
    visitor: &'a Visitor,
    title: String,
    here: &'static str,
    back: Option<(String, String)>,
    every: u32,
    is_bare: bool,
}

impl<'a> Sheet<'a> {
    /// A page with a title.
    #[must_use]
    pub const fn new(desk: &'a Desk, visitor: &'a Visitor, title: String) -> Self {
        Self { desk, visitor, title, here: "", back: None, every: 0, is_bare: false }
    }

    /// Marks which way of the dashboard leads here.
    #[must_use]
    pub const fn at(mut self, path: &'static str) -> Self {
        self.here = path;
        self
    }

    /// With a way back to the list that it belongs to.
    #[must_use]
    pub fn back(mut self, path: &str, words: String) -> Self {
        self.back = Some((path.to_owned(), words));
        self
    }

    /// Its parts with `data-live` are asked for again every so many seconds, where scripts run.
    #[must_use]
    pub const fn live(mut self, seconds: u32) -> Self {
        self.every = seconds;
        self
    }

    /// Without the ways of the dashboard: for somebody who came by a link and may go no further.
    #[must_use]
    pub const fn bare(mut self) -> Self {
        self.is_bare = true;
        self
    }

    /// The page with its contents.
    #[must_use]
    pub fn render(&self, body: &Markup) -> Markup {
        let (desk, visitor) = (self.desk, self.visitor);
        let words = Words::of(desk, visitor);
        let config = desk.config();
        let language = visitor.language;
        let name = config.programme.name.get(&language).or_else(|| config.programme.name.values().next());
        let name = name.filter(|name| !name.is_empty() && **name != config.programme.code);
        // A stranger without an account is shown no ways.
        let is_bare = self.is_bare || visitor.role.is_none();
        html! {
            (DOCTYPE)
            html lang=(language) data-every=[(self.every > 0).then_some(self.every)] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " – " (config.programme.code) }
                    link rel="stylesheet" href="/desk.css";
                    script src="/desk.js" defer {}
                }
                body {
                    a.skip href="#contents" { (words.t("desk-skip")) }
                    header.mast {
                        p.programme {
                            @if is_bare { b { (config.programme.code) } } @else { a href="/" { (config.programme.code) } }
                            @if let Some(name) = name { " " span { (name) } }
                        }
                        div.who {
                            @if !is_bare && !visitor.secret.is_empty() {
                                span { (visitor.name) }
                                form method="post" action="/logout" {
                                    input type="hidden" name="token" value=(visitor.token);
                                    button type="submit" { (words.t("desk-log-out")) }
                                }
                            }
                            (languages(desk, visitor))
                        }
                        @if !is_bare {
                            nav.ways aria-label=(words.t("desk-ways")) {
                                ul {
                                    @for (path, message, least) in WAYS {
                                        @if visitor.may(least) {
                                            li { a href=(path) aria-current=[(path == self.here).then_some("page")] { (words.t(message)) } }
                                        }
                                    }
                                }
                            }
                        }
                    }
                    main id="contents" tabindex="-1" {
                        @if let Some((path, text)) = &self.back { p.way-back { a href=(path) { "← " (text) } } }
                        h1 { (self.title) }
                        (body)
                    }
                    footer.foot {
                        span { (words.say("desk-clock", &[("zone", config.programme.timezone.name().into())])) }
                        span { "rapporteur " (env!("CARGO_PKG_VERSION")) }
                    }
                }
            }
        }
    }
}

/// The languages, each called by its own name; the one in use is no link.
fn languages(desk: &Desk, visitor: &Visitor) -> Markup {
    let other = match visitor.language {
        Language::En => Language::Ru,
        Language::Ru => Language::En,
    };
    html! {
        a href=(address_in(other, &visitor.here)) lang=(other) hreflang=(other) {
            (desk.locale(other).word("desk-this-language"))
        }
    }
}

/// The same page in another language.
fn address_in(language: Language, here: &str) -> String {
    let (path, query) = here.split_once('?').unwrap_or((here, ""));
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("language="));
    let kept: String = kept.fold(String::new(), |all, pair| format!("{all}{pair}&"));
    // Never to another host: `//elsewhere` is one to a browser.
    let path = if path.starts_with('/') && !path.starts_with("//") { path } else { "/" };
    format!("{path}?{kept}language={language}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_language_shows_the_same_page() {
        for (here, expected) in [
            ("/", "/?language=ru"),
            ("/readiness?period=2017-Q4", "/readiness?period=2017-Q4&language=ru"),
            ("/runs?language=en&before=3", "/runs?before=3&language=ru"),
            ("//elsewhere.example/x", "/?language=ru"),
        ] {
            assert_eq!(address_in(Language::Ru, here), expected);
        }
    }
}

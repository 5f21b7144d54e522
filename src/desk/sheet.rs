//! The frame of every page: title, navigation, languages.

use maud::{DOCTYPE, Markup, html};

use super::Desk;
use super::visitor::Visitor;
use crate::recipient::Language;

/// Where the navigation leads: address, and message of the locale.
const NAVIGATION: [(&str, &str); 1] = [("/", "desk-home")];

/// A page about to be filled.
pub struct Sheet<'a> {
    desk: &'a Desk,
    visitor: &'a Visitor,
    title: String,
    here: &'static str,
}

impl<'a> Sheet<'a> {
    /// A page with a title.
    #[must_use]
    pub const fn new(desk: &'a Desk, visitor: &'a Visitor, title: String) -> Self {
        Self { desk, visitor, title, here: "" }
    }

    /// Marks where in the navigation the page is.
    #[must_use]
    pub const fn at(mut self, path: &'static str) -> Self {
        self.here = path;
        self
    }

    /// The page with its contents.
    #[must_use]
    pub fn render(&self, body: &Markup) -> Markup {
        let locale = self.desk.locale(self.visitor.language);
        let config = self.desk.config();
        let other = match self.visitor.language {
            Language::En => Language::Ru,
            Language::Ru => Language::En,
        };
        html! {
            (DOCTYPE)
            html lang=(self.visitor.language) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.title) " – " (config.programme.code) }
                    link rel="stylesheet" href="/desk.css";
                }
                body {
                    a.skip href="#contents" { (locale.word("desk-skip")) }
                    header {
                        p.programme { (config.programme.code) }
                        nav aria-label=(locale.word("desk-navigation")) {
                            ul {
                                @for (path, message) in NAVIGATION {
                                    li { a href=(path) aria-current=[(path == self.here).then_some("page")] { (locale.word(message)) } }
                                }
                            }
                        }
                        p.language {
                            a href=(format!("?language={other}")) lang=(other) hreflang=(other) {
                                (self.desk.locale(other).word("desk-this-language"))
                            }
                        }
                    }
                    main id="contents" tabindex="-1" {
                        h1 { (self.title) }
                        (body)
                    }
                }
            }
        }
    }
}

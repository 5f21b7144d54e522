//! Reading a row's countries and places.

use crate::diagnostic::Diagnostic;
use crate::recipient::Country;
use crate::record::Sheet;

use super::countries::{Countries, Listed, NoCountry};
use super::headings::Heading;
use super::places::Found;
use super::row::{Read, Remark, Row, Told};
use super::text::{cyrillised, excerpt, latinised};

impl Row<'_> {
    /// A cell with any number of countries; those of a group row above where it is blank.
    pub(super) fn countries(&mut self, heading: Heading) -> Read<Vec<Country>> {
        let Some(text) = self.raw_text(heading)? else {
            let group = self.group();
            if group.is_none() && self.ctx.countries_merged {
                self.missing(heading);
                return Err(Told);
            }
            return Ok(group);
        };
        let (listed, problems) = self.ctx.countries.list(&text);
        self.told_countries(heading, &text, &listed, &problems)?;
        // A plan or a challenge may well be the region's; who took part should be named.
        if listed.region && self.ctx.sheet == Sheet::Activities {
            self.warn_at("region-not-listed", heading, &text);
        }
        Ok((!listed.countries.is_empty()).then_some(listed.countries))
    }

    /// Whether a cell speaks of the region, in whole or in part.
    pub(super) fn names_a_region(&self, heading: Heading) -> bool {
        let Some(cell) = self.cell(heading) else { return false };
        self.ctx.countries.list(&super::row::as_text(&cell.value)).0.region
    }

    fn group(&mut self) -> Option<Vec<Country>> {
        let group = self.ctx.group.as_ref()?;
        self.took_group = true;
        Some(group.clone())
    }

    /// A cell with one country. `online` is none.
    pub(super) fn country(&mut self, heading: Heading) -> Read<Country> {
        let Some(text) = self.raw_text(heading)? else {
            if heading == Heading::HostCountry {
                return Ok(None);
            }
            let group = self.group().and_then(|g| g.first().copied());
            if group.is_none() && self.ctx.countries_merged && self.ctx.sheet == Sheet::Participants {
                self.missing(heading);
                return Err(Told);
            }
            return Ok(group);
        };
        if heading == Heading::HostCountry && is_online(&text) {
            return Ok(None);
        }
        let (listed, problems) = self.ctx.countries.list(&text);
        self.told_countries(heading, &text, &listed, &problems)?;
        match listed.countries.as_slice() {
            [only] => Ok(Some(*only)),
            [] if matches!(self.ctx.sheet, Sheet::Activities | Sheet::Participants) => {
                if listed.region {
                    self.warn_at("region-not-listed", heading, &text);
                }
                Ok(None)
            }
            // Equipment is given to a country, and a priority is a country's.
            _ => Err(self.error_at("one-country-expected", heading, &text)),
        }
    }

    fn told_countries(
        &mut self,
        heading: Heading,
        text: &str,
        listed: &Listed,
        problems: &[NoCountry],
    ) -> Result<(), Told> {
        for typed in &listed.look_alikes {
            // What it was read as: `KР` is a Kyrgyz abbreviation, and `KP` another country's code.
            let cyrillic = cyrillised(typed);
            let latin =
                latinised(typed).filter(|latin| Countries::is_spelt(latin) && self.ctx.countries.one(latin).is_some());
            let meant = match latin {
                Some(latin) if !Countries::is_spelt(&cyrillic) => latin,
                _ => cyrillic,
            };
            self.look_alike(heading, typed, &meant);
        }
        // One diagnostic for a cell: the first name that is none.
        let Some(problem) = problems.first() else { return Ok(()) };
        let place = self.place(heading);
        let diagnostic = match problem {
            NoCountry::OtherCode { typed, means, meant } => Diagnostic::error("country-unknown", place)
                .worded("country-other-code")
                .with("found", excerpt(typed))
                .with("means", means.0)
                .with("means-ru", means.1)
                .with("meant", *meant),
            NoCountry::Unknown { typed, nearest } => {
                let quoted = if problems.len() > 1 { text } else { typed };
                let base = Diagnostic::error("country-unknown", place).with("found", excerpt(quoted));
                match nearest {
                    Some(nearest) => base.with("nearest", *nearest).worded("country-unknown-near"),
                    None => base,
                }
            }
        };
        Err(self.error(diagnostic))
    }

    /// A place by its usual name, checked against the host country (V12).
    pub(super) fn venue(&mut self, host: Option<Country>) -> Option<String> {
        let text = self.optional(Heading::Place)?;
        if is_online(&text) {
            return Some(text);
        }
        // `Латвия, г. Резекне`, `Бишкек (КР)`: the town, and its country beside it.
        let parts = text.split([',', '(', ')']).map(str::trim).filter(|part| !part.is_empty());
        let towns: Vec<&str> = parts.filter(|part| self.ctx.countries.one(part).is_none()).collect();
        let text = match towns.as_slice() {
            [town] if text.contains([',', '(']) && matches!(self.ctx.places.find(town), Found::Known { .. }) => {
                (*town).to_owned()
            }
            _ => text,
        };
        match self.ctx.places.find(&text) {
            Found::Known { name, country } => {
                if let (Some(host), Some(country)) = (host, country)
                    && host != country
                {
                    let place = self.span(&[Heading::Place, Heading::HostCountry]);
                    let place = if self.adjacent(Heading::Place, Heading::HostCountry) {
                        place
                    } else {
                        self.place(Heading::Place)
                    };
                    self.note(
                        Diagnostic::warning("place-elsewhere", place)
                            .with("found", excerpt(&text))
                            .with("country", country)
                            .with("host", host),
                    );
                }
                // `Osh, Hotel Park` says more than the town's name.
                Some(if text.contains([',', '(']) { text } else { name.to_owned() })
            }
            Found::Near(near) => {
                let place = self.place(Heading::Place);
                self.note(
                    Diagnostic::warning("place-unknown", place).with("found", excerpt(&text)).with("nearest", near),
                );
                Some(text)
            }
            Found::Unknown => {
                if self.ctx.countries.one(&text).is_none() {
                    self.remarks.push(Remark::PlaceNotKnown);
                }
                Some(text)
            }
        }
    }

    fn adjacent(&self, a: Heading, b: Heading) -> bool {
        matches!((self.ctx.table.column(a), self.ctx.table.column(b)), (Some(a), Some(b)) if a.abs_diff(b) == 1)
    }
}

fn is_online(text: &str) -> bool {
    let plain = super::text::plain(text);
    [
        "online",
        "on-line",
        "онлайн",
        "zoom",
        "webex",
        "teams",
        "virtual",
        "remote",
        "дистанционно",
        "виртуально",
        "hybrid",
    ]
    .iter()
    .any(|w| plain.strip_prefix(w).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ','])))
}

//! `config/rapporteur.toml`: the programme, the folders, the ledger.

use std::path::PathBuf;

use chrono_tz::Tz;

use super::shape::Fields;
use super::source::Node;
use super::{Component, Config, Inbox, Indicator, Logo, Programme, Wording, bounces, dashboard, mail, values};
use crate::diagnostic::Severity;
use crate::recipient::{Country, Language};

/// Where secrets come from: the environment, by name of the variable.
pub(super) type Environment<'e> = &'e dyn Fn(&str) -> Option<String>;

/// Reads the file over the defaults in `config`.
pub(super) fn read(file: &Fields<'_>, config: &mut Config, environment: Environment<'_>) {
    if let Some(fields) = file.table("programme") {
        read_programme(&fields, &mut config.programme);
    }
    if let Some(fields) = file.table("inbox") {
        read_inbox(&fields, &mut config.inbox);
    }
    if let Some(fields) = file.table("ledger") {
        read_ledger(&fields, config);
    }
    if let Some(fields) = file.table("bounces") {
        bounces::read(&fields, &mut config.bounces, &config.home);
    }
    if let Some(fields) = file.table("dashboard") {
        dashboard::read(&fields, &mut config.dashboard, &config.home);
    }
    if let Some(fields) = file.table("mail") {
        let home = config.home.clone();
        mail::read(&fields, &mut config.mail, &home, environment);
    }
}

fn read_programme(fields: &Fields<'_>, programme: &mut Programme) {
    if let Some((code, _)) = fields.text("code") {
        code.clone_into(&mut programme.code);
    }
    if let Some(languages) = languages(fields, "languages") {
        programme.languages = languages;
    }
    if let Some(zone) = zone(fields) {
        programme.timezone = zone;
    }
    let start = fields.day("start");
    let end = fields.day("end");
    if let Some((day, _)) = start {
        programme.start = day;
    }
    if let Some((day, _)) = end {
        programme.end = day;
    }
    let sound = (!fields.has("start") || start.is_some()) && (!fields.has("end") || end.is_some());
    if let Some((_, node)) = end.or(start)
        && sound
        && programme.end < programme.start
    {
        fields.reader.report(
            fields
                .reader
                .error("programme-backwards", &node.span)
                .with("start", programme.start.to_string())
                .with("end", programme.end.to_string()),
        );
    }
    if let Some(found) = fields.texts("countries") {
        let mut countries = Vec::new();
        for (text, node) in found {
            if let Some(country) = country(fields, text, node)
                && !countries.contains(&country)
            {
                countries.push(country);
            }
        }
        if !countries.is_empty() {
            programme.countries = countries;
        }
    }
    if let Some((contact, node)) = fields.text("contact")
        && fields.reader.mailbox(contact, node).is_some()
    {
        contact.trim().clone_into(&mut programme.contact);
    }
    let languages = programme.languages.clone();
    read_wording(fields, "name", &languages, Severity::Warning, &mut programme.name);
    read_wording(fields, "funding_line", &languages, Severity::Error, &mut programme.funding_line);
    read_wording(fields, "disclaimer", &languages, Severity::Warning, &mut programme.disclaimer);
    if let Some(handling) = fields.wording("handling") {
        let empty = handling.values().all(|text| text.is_empty());
        if !empty {
            report_missing_languages(fields, "handling", &languages, Severity::Warning, &handling);
        }
        programme.handling = if empty { Wording::new() } else { handling };
    }
    for table in fields.tables("indicator") {
        let (code, counts) = (table.text("code"), table.text("counts"));
        if let (Some((code, _)), Some((counts, _))) = (code, counts) {
            programme.indicators.push(Indicator { code: code.trim().to_owned(), counts: counts.trim().to_owned() });
        }
    }
    read_logos(fields, &languages, &mut programme.logos);
    if let Some(map) = fields.word("map") {
        programme.map = map == "on";
    }
    read_wording(fields, "map_note", &languages, Severity::Warning, &mut programme.map_note);
    if fields.has("component") {
        read_components(fields, &languages, &mut programme.components);
    }
}

/// Takes a wording where it is given; what it lacks in a language of the programme is told.
fn read_wording(
    fields: &Fields<'_>,
    key: &'static str,
    languages: &[Language],
    severity: Severity,
    wording: &mut Wording,
) {
    if let Some(found) = fields.wording(key) {
        report_missing_languages(fields, key, languages, severity, &found);
        *wording = found;
    }
}

fn report_missing_languages(
    fields: &Fields<'_>,
    key: &'static str,
    languages: &[Language],
    severity: Severity,
    found: &Wording,
) {
    let missing: Vec<&str> = languages
        .iter()
        .filter(|language| found.get(language).is_none_or(|text| text.trim().is_empty()))
        .map(|language| language.code())
        .collect();
    let Some(first) = missing.first().copied() else { return };
    let span = fields.span_of(key);
    let told = match severity {
        Severity::Error => fields.reader.error("wording-missing", &span).worded("wording-missing-donor"),
        _ => fields.reader.warning("wording-missing", &span),
    };
    let list = missing.iter().map(|code| format!("`{code}`")).collect::<Vec<_>>().join(", ");
    fields.reader.report(told.with("key", key).with("languages", list).with("first", first));
}

fn read_components(fields: &Fields<'_>, languages: &[Language], components: &mut Vec<Component>) {
    let mut found: Vec<Component> = Vec::new();
    for table in fields.tables("component") {
        let number: Option<u32> = table.whole("number");
        let title = table.wording("title");
        if let Some(title) = &title {
            report_missing_languages(&table, "title", languages, Severity::Warning, title);
        }
        let (Some(number), Some(title)) = (number, title) else { continue };
        if found.iter().any(|component| component.number == number) {
            table
                .reader
                .report(table.reader.error("component-number-twice", &table.span_of("number")).with("number", number));
        } else {
            found.push(Component { number, title });
        }
    }
    found.sort_by_key(|component| component.number);
    if !found.is_empty() {
        *components = found;
    }
}

fn read_logos(fields: &Fields<'_>, languages: &[Language], logos: &mut Vec<Logo>) {
    for table in fields.tables("logo") {
        let (file, alt) = (table.text("file"), table.wording("alt"));
        if let Some(alt) = &alt {
            report_missing_languages(&table, "alt", languages, Severity::Warning, alt);
        }
        let (Some((file, node)), Some(alt)) = (file, alt) else { continue };
        let line = table.reader.source.place(node.span.start).line.unwrap_or(1);
        let donor = table.truth("donor").unwrap_or(false);
        logos.push(Logo { file: file.trim().to_owned(), alt, donor, line });
    }
}

fn read_inbox(fields: &Fields<'_>, inbox: &mut Inbox) {
    if let Some((folder, _)) = fields.text("folder") {
        inbox.folder = PathBuf::from(folder);
    }
    if let Some(span) = fields.duration("settle") {
        inbox.settle = span;
    }
    if let Some(span) = fields.duration("scan_every") {
        inbox.scan_every = span;
    }
    if let Some(megabytes) = fields.whole::<u64>("max_file_mb") {
        inbox.max_file_bytes = megabytes * 1_000_000;
    }
    if let Some(rows) = fields.whole("max_rows") {
        inbox.max_rows = rows;
    }
    if let Some(on) = fields.truth("answer_by_mail") {
        inbox.answer_by_mail = on;
    }
    if let Some(on) = fields.truth("legacy_xls") {
        inbox.legacy_xls = on;
        if on {
            fields
                .reader
                .report(fields.reader.error("not-yet", &fields.span_of("legacy_xls")).worded("not-yet-legacy-xls"));
        }
    }
}

fn read_ledger(fields: &Fields<'_>, config: &mut Config) {
    if let Some(least) = fields.whole("least_free_mb") {
        config.ledger.least_free_mb = least;
    }
    let Some((url, node)) = fields.text("url") else { return };
    let scheme = url.split(':').next().unwrap_or_default();
    if scheme == "sqlite" && url.len() > "sqlite:".len() {
        url.clone_into(&mut config.ledger.url);
        return;
    }
    // A database address may hold a password: no more than its scheme is shown.
    let told = fields.reader.error("ledger-url", &node.span);
    fields.reader.report(match scheme {
        "postgres" | "postgresql" => {
            fields.reader.error("not-yet", &node.span).worded("not-yet-postgres").with("found", scheme)
        }
        _ if url.contains('@') => told.with("found", "…"),
        _ => told.with("found", url),
    });
}

/// The languages of a list; unknown ones are told. `None` where none is left.
pub(super) fn languages(fields: &Fields<'_>, key: &'static str) -> Option<Vec<Language>> {
    let mut languages = Vec::new();
    for (text, node) in fields.texts(key)? {
        if let Some(language) = language(fields, text, node)
            && !languages.contains(&language)
        {
            languages.push(language);
        }
    }
    (!languages.is_empty()).then_some(languages)
}

/// A language by its code.
pub(super) fn language(fields: &Fields<'_>, text: &str, node: &Node) -> Option<Language> {
    let language = text.parse().ok();
    if language.is_none() {
        fields.reader.report(fields.reader.error("language-unknown", &node.span).with("found", text));
    }
    language
}

/// The time zone of a table, by its IANA name.
pub(super) fn zone(fields: &Fields<'_>) -> Option<Tz> {
    let (text, node) = fields.text("timezone")?;
    let zone = text.parse().ok();
    if zone.is_none() {
        let told = fields.reader.error("timezone-unknown", &node.span).with("found", text);
        fields.reader.report(match values::zone_meant(text) {
            Some(near) => told.worded("timezone-unknown-near").with("near", near),
            None => told,
        });
    }
    zone
}

/// A country by its ISO code.
pub(super) fn country(fields: &Fields<'_>, text: &str, node: &Node) -> Option<Country> {
    if values::is_country(text) {
        return Country::new(text);
    }
    let told = fields.reader.error("country-code", &node.span).with("found", text);
    fields.reader.report(match values::country_meant(text) {
        Some(near) => told.worded("country-code-near").with("near", near),
        None => told,
    });
    None
}

//! What single values mean: pure readings, without places.

use std::time::Duration;

use super::{Mailbox, PeriodRule, Rate};
use crate::period::Span;

/// ISO 3166-1 alpha-2 codes in force.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM \
FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP \
KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV \
MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD \
SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC \
VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/// What people write for a country of the region, and the code they mean.
const COUNTRY_SLIPS: &[(&str, &str)] = &[
    ("KAZ", "KZ"),
    ("KGZ", "KG"),
    ("TJK", "TJ"),
    ("TKM", "TM"),
    ("UZB", "UZ"),
    ("AFG", "AF"),
    ("KAZAKHSTAN", "KZ"),
    ("KYRGYZSTAN", "KG"),
    ("TAJIKISTAN", "TJ"),
    ("TURKMENISTAN", "TM"),
    ("UZBEKISTAN", "UZ"),
    ("AFGHANISTAN", "AF"),
    ("LATVIA", "LV"),
    ("LITHUANIA", "LT"),
    ("TU", "TM"),
    ("TA", "TJ"),
    ("UK", "GB"),
];

/// Whether a code is a country's.
pub(super) fn is_country(code: &str) -> bool {
    code.len() == 2 && COUNTRIES.split(' ').any(|known| known == code)
}

/// The code that was probably meant.
pub(super) fn country_meant(typed: &str) -> Option<&'static str> {
    let capital = typed.trim().to_uppercase();
    COUNTRIES
        .split(' ')
        .find(|code| *code == capital)
        .or_else(|| COUNTRY_SLIPS.iter().find(|(slip, _)| *slip == capital).map(|(_, code)| *code))
}

/// The known name that `typed` is probably a misspelling of.
pub fn nearest<'a>(typed: &str, known: &[&'a str]) -> Option<&'a str> {
    let folded = |text: &str| text.to_lowercase().replace(['-', ' '], "_");
    let wanted = folded(typed);
    known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(&wanted, &folded(name)), *name))
        .filter(|(distance, name)| *distance <= (wanted.chars().count().max(name.chars().count()) / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// The time zone that was probably meant: a city without its continent, or a misspelling.
pub(super) fn zone_meant(typed: &str) -> Option<&'static str> {
    let names: Vec<&'static str> = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
    let city = |name: &'static str| name.rsplit('/').next().unwrap_or(name);
    let wanted = typed.trim().replace(' ', "_");
    let wanted_city = wanted.rsplit('/').next().unwrap_or(&wanted).to_owned();
    let by_name = names.iter().find(|name| name.eq_ignore_ascii_case(&wanted)).copied();
    let by_city =
        || names.iter().find(|name| name.contains('/') && city(name).eq_ignore_ascii_case(&wanted_city)).copied();
    let by_slip = || nearest(&wanted, &names);
    let by_city_slip = || {
        let placed: Vec<&'static str> = names.iter().filter(|n| n.contains('/')).copied().collect();
        let cities: Vec<&'static str> = placed.iter().map(|n| city(n)).collect();
        let near = nearest(&wanted_city, &cities)?;
        placed.into_iter().find(|name| city(name) == near)
    };
    by_name.or_else(by_city).or_else(by_slip).or_else(by_city_slip)
}

/// A span of time: `10s`, `90 seconds`, `1h`, `5 days`, `1h 30m`. `None` for anything else.
pub(super) fn duration(text: &str) -> Option<Duration> {
    let mut total: u64 = 0;
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let (number, after) = rest.split_at(digits);
        let after = after.trim_start();
        let end = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        let (unit, tail) = after.split_at(end);
        let seconds: u64 = match unit.to_ascii_lowercase().as_str() {
            "s" | "sec" | "secs" | "second" | "seconds" => 1,
            "m" | "min" | "mins" | "minute" | "minutes" => 60,
            "h" | "hour" | "hours" => 3600,
            "d" | "day" | "days" => 86_400,
            "w" | "week" | "weeks" => 604_800,
            _ => return None,
        };
        total = total.checked_add(number.parse::<u64>().ok()?.checked_mul(seconds)?)?;
        rest = tail.trim_start();
    }
    Some(Duration::from_secs(total))
}

/// So many in a span of time: `100 per minute`, `500 per hour`, `20 per 10 minutes`. `None` for
/// anything else.
pub(super) fn rate(text: &str) -> Option<Rate> {
    let (mails, span) = text.split_once(" per ")?;
    let mails = mails.trim().parse().ok().filter(|mails| *mails > 0)?;
    let span = span.trim();
    let per =
        if span.starts_with(|c: char| c.is_ascii_digit()) { duration(span) } else { duration(&format!("1 {span}")) }?;
    (Duration::from_secs(1)..=Duration::from_secs(86_400)).contains(&per).then_some(Rate { mails, per })
}

/// `10s`, `1h`, `5 days`, as it would be typed.
pub fn duration_words(seconds: u64) -> String {
    match seconds {
        0 => "0s".to_owned(),
        86_400 => "1 day".to_owned(),
        s if s % 86_400 == 0 => format!("{} days", s / 86_400),
        s if s % 3600 == 0 => format!("{}h", s / 3600),
        s if s % 60 == 0 => format!("{}m", s / 60),
        s => format!("{s}s"),
    }
}

/// What is wrong with an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MailboxFault {
    /// There is no `@`, or nothing before or after it.
    Shape,
    /// The domain has no dot, an empty label, or odd letters.
    Domain,
    /// A letter outside ASCII, such as a Cyrillic о.
    Letters,
    /// The angle brackets do not match.
    Brackets,
}

impl MailboxFault {
    pub(super) const fn wording(self) -> &'static str {
        match self {
            Self::Shape => "email-address",
            Self::Domain => "email-address-domain",
            Self::Letters => "email-address-letters",
            Self::Brackets => "email-address-brackets",
        }
    }
}

/// `Name <name@example.org>`, or the address alone.
pub(super) fn mailbox(text: &str) -> Result<Mailbox, MailboxFault> {
    let text = text.trim();
    let Some((name, rest)) = text.split_once('<') else {
        if text.contains('>') {
            return Err(MailboxFault::Brackets);
        }
        return address(text).map(|email| Mailbox { name: None, email });
    };
    let email = rest.strip_suffix('>').ok_or(MailboxFault::Brackets)?;
    if email.contains(['<', '>']) {
        return Err(MailboxFault::Brackets);
    }
    let name = name.trim().trim_matches('"').trim();
    Ok(Mailbox { name: (!name.is_empty()).then(|| name.to_owned()), email: address(email.trim())? })
}

/// An address as every mail server takes it: a dot-atom (RFC 5322, 3.4.1), `@`, and a domain
/// of ASCII labels; `localhost` is a domain too.
pub(super) fn address(text: &str) -> Result<String, MailboxFault> {
    let (local, domain) = text.rsplit_once('@').ok_or(MailboxFault::Shape)?;
    if local.is_empty() || domain.is_empty() || text.len() > 254 || local.len() > 64 {
        return Err(MailboxFault::Shape);
    }
    if !text.is_ascii() {
        return Err(MailboxFault::Letters);
    }
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    if local.split('.').any(|part| part.is_empty() || !part.chars().all(atom)) {
        return Err(MailboxFault::Shape);
    }
    let label = |part: &str| {
        !part.is_empty()
            && part.len() <= 63
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    let top_is_word = domain.rsplit('.').next().is_some_and(|top| top.chars().any(|c| c.is_ascii_alphabetic()));
    if !domain.split('.').all(label) || !top_is_word || !(domain.contains('.') || domain == "localhost") {
        return Err(MailboxFault::Domain);
    }
    Ok(text.to_owned())
}

/// `previous-quarter`, `this-year`, or a fixed period.
pub(super) fn period_rule(text: &str) -> Option<PeriodRule> {
    if let Ok(period) = text.parse() {
        return Some(PeriodRule::Fixed(period));
    }
    let (which, span) = text.split_once('-')?;
    let span = match span {
        "month" => Span::Month,
        "quarter" => Span::Quarter,
        "half" | "half-year" => Span::Half,
        "year" => Span::Year,
        _ => return None,
    };
    match which {
        "this" => Some(PeriodRule::This(span)),
        "previous" => Some(PeriodRule::Previous(span)),
        _ => None,
    }
}

impl std::str::FromStr for PeriodRule {
    type Err = ();

    /// Reads what [`std::fmt::Display`] writes.
    fn from_str(text: &str) -> Result<Self, ()> {
        period_rule(text).ok_or(())
    }
}

/// The words that [`period_rule`] knows.
pub(super) const PERIOD_RULES: [&str; 8] = [
    "previous-month",
    "previous-quarter",
    "previous-half",
    "previous-year",
    "this-month",
    "this-quarter",
    "this-half",
    "this-year",
];

/// Whether a text is an address of the web, with nothing in it that a mail could not carry.
pub(super) fn is_web_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !url.contains([' ', '"', '<', '>']))
}

/// `10 working days` or `1 working day`; `None` for anything else.
pub(super) fn working_days(text: &str) -> Option<u32> {
    match text.split_whitespace().collect::<Vec<_>>().as_slice() {
        [number, "working", "day" | "days"] if number.bytes().all(|b| b.is_ascii_digit()) => number.parse().ok(),
        _ => None,
    }
}

/// The number of working days that was probably meant, as it is to be typed: `10 workingdays`,
/// `10 days`, `ten`.
pub(super) fn working_days_meant(text: &str) -> Option<String> {
    let digits: String = text.trim_start().chars().take_while(char::is_ascii_digit).collect();
    let rest = text.trim_start().get(digits.len()..)?.trim().to_lowercase().replace([' ', '-', '_'], "");
    let number: u32 = digits.parse().ok()?;
    let close = ["workingdays", "workingday", "workdays", "workday", "businessdays", "days", "day", "wd", "d", ""];
    let meant = close.contains(&rest.as_str()) || nearest(&rest, &["workingdays", "workingday"]).is_some();
    meant.then(|| format!("{number} working {}", if number == 1 { "day" } else { "days" }))
}

/// At most 60 characters of a text, for messages.
pub(super) fn shortened(text: &str) -> String {
    let mut letters = text.chars();
    let head: String = letters.by_ref().take(60).collect();
    if letters.next().is_some() { format!("{head}…") } else { head }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_as_people_write_them() {
        for (text, mails, seconds) in [
            ("100 per minute", 100, 60),
            ("500 per hour", 500, 3600),
            ("1 per 1s", 1, 1),
            ("20 per 10 minutes", 20, 600),
        ] {
            assert_eq!(rate(text), Some(Rate { mails, per: Duration::from_secs(seconds) }), "{text}");
        }
        for bad in ["", "100", "0 per minute", "100/min", "5 per week", "5 per 0s", "-1 per hour", "per minute"] {
            assert_eq!(rate(bad), None, "{bad}");
        }
    }

    #[test]
    fn addresses_that_a_mail_server_takes() {
        for good in ["a@example.org", "a.b+c@mail.example.co.uk", "root@localhost", "o'neil@example.org"] {
            assert_eq!(address(good), Ok(good.to_owned()), "{good}");
        }
        for (bad, fault) in [
            ("member", MailboxFault::Shape),
            ("member@", MailboxFault::Shape),
            ("@example.org", MailboxFault::Shape),
            ("a b@example.org", MailboxFault::Shape),
            (".a@example.org", MailboxFault::Shape),
            ("a@b@example.org", MailboxFault::Shape),
            ("a@example", MailboxFault::Domain),
            ("a@example..org", MailboxFault::Domain),
            ("a@-x.org", MailboxFault::Domain),
            ("a@example.org.", MailboxFault::Domain),
            ("a@1.2.3.4", MailboxFault::Domain),
            ("member@exаmple.org", MailboxFault::Letters),
        ] {
            assert_eq!(address(bad), Err(fault), "{bad}");
        }
    }

    #[test]
    fn mailboxes_with_and_without_a_name() {
        let read = mailbox("Secretariat, BOMCA <reports@example.org>").unwrap();
        assert_eq!(read.name.as_deref(), Some("Secretariat, BOMCA"));
        assert_eq!(mailbox("reports@example.org").unwrap().name, None);
        assert_eq!(mailbox("Reports <reports@example.org").unwrap_err(), MailboxFault::Brackets);
        assert_eq!(mailbox("Reports reports@example.org>").unwrap_err(), MailboxFault::Brackets);
    }

    #[test]
    fn spans_of_time() {
        for (text, seconds) in [("10s", 10), ("1h", 3600), ("5 days", 432_000), ("1h 30m", 5400), ("0s", 0)] {
            assert_eq!(duration(text), Some(Duration::from_secs(seconds)), "{text}");
            assert_eq!(duration(&duration_words(seconds)), duration(text));
        }
        for text in ["", "10", "h", "-1h", "1.5h", "1 fortnight", "99999999999999999999s"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }

    #[test]
    fn working_days_are_typed_in_full() {
        assert_eq!(working_days("10 working days"), Some(10));
        assert_eq!(working_days(" 1  working day "), Some(1));
        for (text, meant) in [
            ("10 workingdays", Some("10 working days")),
            ("10 worknig days", Some("10 working days")),
            ("1 business-day", None),
            ("10 business days", Some("10 working days")),
            ("10 days", Some("10 working days")),
            ("1", Some("1 working day")),
            ("ten working days", None),
            ("10 weeks", None),
            ("-3 working days", None),
        ] {
            assert_eq!(working_days(text), None, "{text}");
            assert_eq!(working_days_meant(text).as_deref(), meant, "{text}");
        }
    }

    #[test]
    fn guesses_what_was_meant() {
        assert_eq!(nearest("recipents", &["recipients", "report"]), Some("recipients"));
        assert_eq!(nearest("colour", &["recipients", "report"]), None);
        assert_eq!(zone_meant("Bishkek"), Some("Asia/Bishkek"));
        assert_eq!(zone_meant("Asia/Bishkekk"), Some("Asia/Bishkek"));
        assert_eq!(zone_meant("Europe/Almaty"), Some("Asia/Almaty"));
        assert_eq!(zone_meant("Asia/Tashknet"), Some("Asia/Tashkent"));
        assert_eq!(country_meant("tj"), Some("TJ"));
        assert_eq!(country_meant("Tajikistan"), Some("TJ"));
        for rule in PERIOD_RULES {
            assert_eq!(period_rule(rule).map(|r| r.to_string()).as_deref(), Some(rule));
        }
        assert_eq!(period_rule("2017-Q4").map(|r| r.to_string()).as_deref(), Some("2017-Q4"));
        assert!(is_country("LV") && !is_country("XX") && !is_country("lv"));
    }
}

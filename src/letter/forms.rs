//! Small forms of a language that only letters need.

use super::Desk;
use crate::diagnostic::{Arg, Args};
use crate::period::{ReportingPeriod, Span};
use crate::recipient::Language;

impl Desk {
    /// A message with arguments, for callers that write them in a row.
    #[must_use]
    pub fn say(&self, id: &str, args: &[(&str, Arg)]) -> String {
        let args: Args = args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.locale.text(id, &args)
    }

    /// `English`, `на русском языке`.
    #[must_use]
    pub fn language_name(&self, language: Language) -> String {
        self.say("mail-language", &[("language", language.code().into())])
    }

    /// `1.2 MB`, `410 КБ`: decimal units, as mail programs and file managers show them.
    #[must_use]
    pub fn size(&self, bytes: u64) -> String {
        if bytes < 1_000_000 {
            return self.say("mail-size-kb", &[("n", bytes.div_ceil(1000).to_string().into())]);
        }
        let (unit, id) =
            if bytes < 1_000_000_000 { (1_000_000, "mail-size-mb") } else { (1_000_000_000, "mail-size-gb") };
        let tenths = bytes.saturating_add(unit / 20) / (unit / 10);
        let (whole, tenth) = (tenths / 10, tenths % 10);
        self.say(id, &[("whole", whole.to_string().into()), ("tenth", tenth.to_string().into())])
    }

    /// `Q4 2017 (Oct–Dec)`; without the months where the period's name says them.
    #[must_use]
    pub fn short_period(&self, period: ReportingPeriod) -> String {
        let name = self.locale.period(period);
        if matches!(period.span(), Span::Month | Span::Year) {
            return name;
        }
        let mut months = period.months();
        let (first, last) = (months.next().unwrap_or(1), months.last().unwrap_or(12));
        let month = |n: u32| self.say("mail-month-short", &[("month", n.into())]);
        format!("{name} ({}–{})", month(first), month(last))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::locale::Locale;

    #[test]
    fn sizes_are_told_as_people_read_them() {
        let desk = |language| Desk::new(Arc::new(Locale::embedded(language)), None).unwrap();
        let (en, ru) = (desk(Language::En), desk(Language::Ru));
        for (bytes, english, russian) in [
            (1, "1\u{a0}kB", "1\u{a0}КБ"),
            (412_001, "413\u{a0}kB", "413\u{a0}КБ"),
            (1_000_000, "1.0\u{a0}MB", "1,0\u{a0}МБ"),
            (1_249_999, "1.2\u{a0}MB", "1,2\u{a0}МБ"),
            (10_960_000, "11.0\u{a0}MB", "11,0\u{a0}МБ"),
            (999_949_999, "999.9\u{a0}MB", "999,9\u{a0}МБ"),
            (36_699_500_000, "36.7\u{a0}GB", "36,7\u{a0}ГБ"),
        ] {
            assert_eq!(en.size(bytes), english);
            assert_eq!(ru.size(bytes), russian);
        }
    }

    #[test]
    fn months_follow_a_quarter_but_not_a_year() {
        let desk = Desk::new(Arc::new(Locale::embedded(Language::En)), None).unwrap();
        assert!(desk.short_period("2017-Q4".parse().unwrap()).ends_with(" (Oct–Dec)"));
        assert!(desk.short_period("2017-H1".parse().unwrap()).ends_with(" (Jan–Jun)"));
        assert!(!desk.short_period("2017".parse().unwrap()).contains('('));
    }
}

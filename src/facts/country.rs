//! The rows of one country.

use std::collections::BTreeSet;

use super::Selection;
use crate::recipient::Country;
use crate::record::{Entry, MeetingItem};

impl<'a> Selection<'a> {
    /// The rows that concern a country: activities held in it or involving it, equipment given
    /// to it, plan, challenges and priorities that name it, and action points whose owner or body
    /// is called by one of `names`.
    ///
    /// Meetings of the whole region stay out, but for such action points; indicators, risks and
    /// budget are the programme's and stay out too. An activity that involves several countries
    /// keeps all its participants: their rows say from where each came.
    #[must_use]
    pub fn of_country(&self, country: Country, names: &[String]) -> Self {
        let concerns = |item: &MeetingItem| {
            item.action_point.is_some()
                && (speaks_of(&item.body, names) || item.responsible.as_deref().is_some_and(|r| speaks_of(r, names)))
        };
        let takes_part =
            |host: Option<Country>, countries: &[Country]| host == Some(country) || countries.contains(&country);
        let given = |to: Option<Country>| to == Some(country);
        Self {
            period: self.period,
            as_of: self.as_of,
            done: self
                .done
                .iter()
                .filter(|c| takes_part(c.activity.host_country, &c.activity.countries))
                .cloned()
                .collect(),
            not_done: kept(&self.not_done, |a| takes_part(a.host_country, &a.countries)),
            equipment: kept(&self.equipment, |e| given(e.recipient_country)),
            expected: kept(&self.expected, |e| given(e.recipient_country)),
            meetings: kept(&self.meetings, |m| concerns(m)),
            points: self.points.iter().filter(|point| concerns(point.item)).copied().collect(),
            plan: kept(&self.plan, |p| p.countries.contains(&country)),
            next_plan: kept(&self.next_plan, |p| p.countries.contains(&country)),
            challenges: kept(&self.challenges, |c| c.countries.contains(&country)),
            priorities: kept(&self.priorities, |p| p.country == country),
            indicators: Vec::new(),
            risks: Vec::new(),
            budget: Vec::new(),
            diagnostics: Vec::new(),
        }
    }
}

impl Selection<'_> {
    /// The rows of one component, or of none: activities, plan, challenges and indicators; the
    /// other sheets know no component, and stay out.
    #[must_use]
    pub fn of_component(&self, component: Option<u32>) -> Self {
        Self {
            period: self.period,
            as_of: self.as_of,
            done: self.done.iter().filter(|c| c.activity.component == component).cloned().collect(),
            not_done: kept(&self.not_done, |a| a.component == component),
            equipment: Vec::new(),
            expected: Vec::new(),
            meetings: Vec::new(),
            points: Vec::new(),
            plan: kept(&self.plan, |p| p.component == component),
            next_plan: kept(&self.next_plan, |p| p.component == component),
            challenges: kept(&self.challenges, |c| c.component == component),
            priorities: kept(&self.priorities, |p| p.component == component),
            indicators: kept(&self.indicators, |i| i.component == component),
            risks: Vec::new(),
            budget: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Where its rows stand, those of its participants included.
    #[must_use]
    pub fn origins(&self) -> BTreeSet<(&str, &str, u32)> {
        let mut places = BTreeSet::new();
        for counted in &self.done {
            places.insert(counted.entry.origin.place());
            places.extend(counted.participations.iter().map(|(origin, _)| origin.place()));
        }
        fn add<'s, T>(places: &mut BTreeSet<(&'s str, &'s str, u32)>, rows: &[(&'s Entry, T)]) {
            places.extend(rows.iter().map(|(entry, _)| entry.origin.place()));
        }
        add(&mut places, &self.not_done);
        add(&mut places, &self.equipment);
        add(&mut places, &self.expected);
        add(&mut places, &self.meetings);
        places.extend(self.points.iter().map(|point| point.entry.origin.place()));
        add(&mut places, &self.plan);
        add(&mut places, &self.next_plan);
        add(&mut places, &self.challenges);
        add(&mut places, &self.priorities);
        add(&mut places, &self.indicators);
        add(&mut places, &self.risks);
        add(&mut places, &self.budget);
        places
    }
}

fn kept<'a, T>(rows: &[(&'a Entry, &'a T)], which: impl Fn(&T) -> bool) -> Vec<(&'a Entry, &'a T)> {
    rows.iter().filter(|(_, row)| which(row)).copied().collect()
}

/// Whether a text names a country: by its name anywhere, by its code (two or three capital
/// letters) as a word of its own.
fn speaks_of(text: &str, names: &[String]) -> bool {
    let lower = text.to_lowercase();
    names.iter().any(|name| {
        if name.chars().all(char::is_uppercase) {
            text.split(|c: char| !c.is_alphanumeric()).any(|word| word == name)
        } else {
            lower.contains(&name.to_lowercase())
        }
    })
}

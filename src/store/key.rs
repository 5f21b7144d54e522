//! What identifies a row to its author, and what it says, each as a number to compare.

use crate::record::{Entry, Record};

/// A row's key: its id, else what its author would know it by. Two rows with one key are the same
/// row told twice; the counts of what a file changed rest on it, and nothing else does.
pub fn key(record: &Record) -> i64 {
    let mut hash = Fnv::new();
    let id = match record {
        Record::Activities(a) => a.id.as_deref(),
        Record::Equipment(e) => e.id.as_deref(),
        Record::Plan(p) => p.id.as_deref(),
        Record::Indicators(i) => Some(i.code.as_str()),
        _ => None,
    };
    if let Some(id) = id {
        hash.part(id);
        return hash.number();
    }
    match record {
        Record::Activities(a) => {
            hash.part(a.kind.key()).maybe(a.place.as_ref()).maybe(a.start).part(&a.title);
        }
        Record::Participants(p) => {
            hash.part(&p.activity_id).maybe(p.country).maybe(p.agency.as_ref());
        }
        Record::Equipment(e) => {
            hash.part(&e.item).maybe(e.activity_id.as_ref()).maybe(e.recipient_country).maybe(e.handover_date);
        }
        Record::Meetings(m) => {
            let subject = m.agenda_item.as_ref().or(m.decision.as_ref()).or(m.action_point.as_ref());
            hash.part(&m.body).maybe(Some(m.date)).maybe(subject);
        }
        Record::Plan(p) => {
            hash.part(&p.title).maybe(p.start);
        }
        Record::Challenges(c) => {
            hash.part(&c.challenge);
        }
        Record::Priorities(p) => {
            hash.maybe(Some(p.country)).part(&p.priority);
        }
        Record::Risks(r) => {
            hash.part(&r.risk);
        }
        Record::Budget(b) => {
            hash.part(&b.heading);
        }
        // Its code is its id, above.
        Record::Indicators(_) => {}
    }
    hash.number()
}

/// A row's content, given as the JSON that is stored, with its period and its faults.
pub(super) fn digest(entry: &Entry, content: &str) -> i64 {
    let mut hash = Fnv::new();
    hash.part(content).maybe(entry.period);
    for fault in &entry.faults {
        hash.part(fault);
    }
    hash.number()
}

/// Where a row of the same event is looked for: what [`crate::twin::key`] says, as a number.
pub(super) fn event(key: &str) -> i64 {
    Fnv::new().part(key).number()
}

/// FNV-1a, 64 bits: the same in every version of this program, which the standard hasher is not.
struct Fnv(u64);

impl Fnv {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn part(&mut self, text: &str) -> &mut Self {
        // 0xFF occurs in no UTF-8 text, so parts cannot run into each other.
        for byte in text.bytes().chain([0xFF]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        self
    }

    fn maybe(&mut self, value: Option<impl std::fmt::Display>) -> &mut Self {
        match value {
            Some(value) => self.part(&value.to_string()),
            None => self.part(""),
        }
    }

    const fn number(&self) -> i64 {
        self.0.cast_signed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Challenge, Risk};

    fn challenge(text: &str, mitigation: &str) -> Record {
        Record::Challenges(Challenge {
            challenge: text.to_owned(),
            countries: Vec::new(),
            component: None,
            mitigation: Some(mitigation.to_owned()),
            responsible: None,
            status: None,
            reason: None,
        })
    }

    #[test]
    fn the_key_is_what_its_author_knows_it_by() {
        assert_eq!(key(&challenge("flood", "wait")), key(&challenge("flood", "build a dam")));
        assert_ne!(key(&challenge("flood", "wait")), key(&challenge("drought", "wait")));
        let risk = Record::Risks(Risk {
            risk: "flood".to_owned(),
            category: None,
            likelihood: 2,
            impact: 2,
            mitigation: None,
            responsible: None,
            trend: None,
            reason: None,
        });
        // Sheets are compared beside the key.
        assert_eq!(key(&risk), key(&challenge("flood", "wait")));
    }

    #[test]
    fn the_number_never_changes() {
        let mut hash = Fnv::new();
        hash.part("");
        // FNV-1a of the single byte 0xFF.
        assert_eq!(
            hash.number().cast_unsigned(),
            (0xcbf2_9ce4_8422_2325_u64 ^ 0xFF).wrapping_mul(0x0000_0100_0000_01b3)
        );
        let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
        hash.part("a");
        assert_ne!(hash.number(), Fnv::new().part("a ").number());
    }
}

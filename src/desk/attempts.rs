//! Who has tried in vain, and how often: for logging in, and for whatever else asks for proof.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// Failures are counted for this long.
const SPAN: TimeDelta = TimeDelta::minutes(15);

/// So many from one address, by whatever names.
const OF_AN_ADDRESS: u32 = 20;

/// So many at one name, from wherever.
const OF_A_NAME: u32 = 10;

/// No more addresses and names are remembered; the oldest are forgotten first.
const REMEMBERED: usize = 10_000;

/// What failures are counted of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tried {
    /// From an address; of the sixth version, its network.
    From(IpAddr),
    /// At the name of an account, whether there is one or not.
    At(String),
}

impl Tried {
    pub(super) fn from(address: IpAddr) -> Self {
        Self::From(match address {
            IpAddr::V4(_) => address,
            IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
        })
    }

    const fn limit(&self) -> u32 {
        match self {
            Self::From(_) => OF_AN_ADDRESS,
            Self::At(_) => OF_A_NAME,
        }
    }
}

/// Failures of late.
#[derive(Default)]
pub(super) struct Attempts(Mutex<BTreeMap<Tried, (u32, DateTime<Utc>)>>);

impl Attempts {
    /// Until when nothing more is tried, where there were too many.
    pub(super) fn barred_until(&self, tried: &Tried, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (count, since) = known.get(tried)?;
        let until = *since + SPAN;
        (*count >= tried.limit() && now < until).then_some(until)
    }

    /// Counts a failure.
    pub(super) fn count(&self, tried: Tried, now: DateTime<Utc>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED && !known.contains_key(&tried) {
            known.retain(|_, (_, since)| now < *since + SPAN);
            if known.len() >= REMEMBERED
                && let Some(oldest) = known.iter().min_by_key(|(_, (_, since))| *since).map(|(key, _)| key.clone())
            {
                known.remove(&oldest);
            }
        }
        let (count, since) = known.entry(tried).or_insert((0, now));
        if now >= *since + SPAN {
            (*count, *since) = (0, now);
        }
        *count += 1;
    }

    /// Forgets the failures at a name: its owner is here.
    pub(super) fn forget(&self, tried: &Tried) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(tried);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_failures_bar_a_name_for_a_quarter_of_an_hour() {
        let (attempts, now) = (Attempts::default(), DateTime::UNIX_EPOCH);
        let name = || Tried::At("aida".to_owned());
        for _ in 0..OF_A_NAME {
            assert_eq!(attempts.barred_until(&name(), now), None);
            attempts.count(name(), now);
        }
        assert_eq!(attempts.barred_until(&name(), now), Some(now + SPAN));
        assert_eq!(attempts.barred_until(&Tried::At("bek".to_owned()), now), None);
        assert_eq!(attempts.barred_until(&name(), now + SPAN), None);
        attempts.count(name(), now + SPAN);
        assert_eq!(attempts.barred_until(&name(), now + SPAN), None, "counted anew");
    }

    #[test]
    fn neighbours_of_one_network_count_as_one_and_memory_has_an_end() {
        let attempts = Attempts::default();
        let now = DateTime::UNIX_EPOCH;
        for host in 0..OF_AN_ADDRESS {
            attempts.count(Tried::from(format!("2001:db8::{host:x}").parse().unwrap()), now);
        }
        assert!(attempts.barred_until(&Tried::from("2001:db8::ffff".parse().unwrap()), now).is_some());
        for number in 0..REMEMBERED + 100 {
            attempts.count(Tried::At(number.to_string()), now);
        }
        assert_eq!(attempts.0.lock().unwrap().len(), REMEMBERED);
    }
}

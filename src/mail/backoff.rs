//! When to try again.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

/// The share of a wait that chance may add, so that a hundred mails which failed together do
/// not come back together.
const JITTER: f64 = 0.25;

/// When a delivery that failed for the `attempts`th time (1 for the first) is due again.
///
/// The wait is `first`, doubled with each attempt, with up to a quarter added by `chance`
/// (0 to 1), and never above `ceiling`.
#[must_use]
pub fn retry_at(now: DateTime<Utc>, attempts: u32, first: Duration, ceiling: Duration, chance: f64) -> DateTime<Utc> {
    let doubled = first.saturating_mul(2u32.saturating_pow(attempts.saturating_sub(1).min(31)));
    let capped = doubled.min(ceiling);
    let wait = capped.mul_f64(1.0 + JITTER * chance.clamp(0.0, 1.0)).min(ceiling);
    now + TimeDelta::from_std(wait).unwrap_or(TimeDelta::days(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn waits_grow_and_stay_bounded(
            attempts in 1u32..80, first in 1u64..3600, ceiling in 1u64..500_000, a in 0.0f64..=1.0, b in 0.0f64..=1.0,
        ) {
            let now = DateTime::<Utc>::UNIX_EPOCH;
            let (first, ceiling) = (Duration::from_secs(first), Duration::from_secs(ceiling));
            let this = retry_at(now, attempts, first, ceiling, a);
            let next = retry_at(now, attempts + 1, first, ceiling, b);
            prop_assert!(this <= next, "whatever chance adds, the next wait is no shorter");
            prop_assert!(next - now <= TimeDelta::from_std(ceiling).unwrap());
            prop_assert!(this - now >= TimeDelta::from_std(first.min(ceiling)).unwrap());
        }
    }
}

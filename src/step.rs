//! What one step of a stage came to.

/// The answer of every stage's `step()`: whether there was a unit of work.
///
/// `Worked` says that there may be more, and the caller steps again at once; `Idle` says that
/// the caller may wait. Waiting, waking and stopping are the daemon's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One unit of work was done; ask again.
    Worked,
    /// There was nothing to do.
    Idle,
}

impl Step {
    /// Whether there was something to do.
    #[must_use]
    pub const fn has_worked(self) -> bool {
        matches!(self, Self::Worked)
    }
}

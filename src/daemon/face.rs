//! The dashboard, beside the stages: where it cannot be served, reports go out all the same.

use tokio::task::JoinSet;

use super::crew::Crew;
use crate::desk::{self, Desk};

impl Crew {
    /// Serves the dashboard, wherever the configuration in force has it.
    pub(super) fn tend_desk(&self, tasks: &mut JoinSet<()>) {
        let live = self.live.clone();
        let desk = Desk::new(self.store.clone(), self.clock.clone(), move || live.now(), self.changed.clone());
        tasks.spawn(desk::keep(desk, self.stop.clone()));
    }
}

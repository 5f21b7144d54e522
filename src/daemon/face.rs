//! The dashboard, beside the stages: where it cannot be served, reports go out all the same.

use tokio::task::JoinSet;

use super::crew::Crew;
use crate::desk::{self, Desk};

impl Crew {
    /// Serves the dashboard, where its port is free.
    pub(super) async fn tend_desk(&self, tasks: &mut JoinSet<()>) {
        let live = self.live.clone();
        let desk = Desk::new(self.store.clone(), self.clock.clone(), move || live.now(), self.changed.clone());
        match desk::bind(&desk).await {
            Ok(listener) => {
                if let Ok(address) = listener.local_addr() {
                    tracing::info!(%address, "the dashboard is served");
                }
                tasks.spawn(desk::serve(desk, listener, self.stop.clone()));
            }
            Err(error) => {
                let address = self.live.now().dashboard.listen;
                tracing::error!(%address, %error, "the dashboard cannot be served; reports go out all the same");
            }
        }
    }
}

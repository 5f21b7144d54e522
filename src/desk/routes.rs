//! Every route of the dashboard, and what it demands.

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on};

use super::visitor::Role;
use super::{Desk, assets, guard, pages};

/// Whom a route lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Anybody: what it does is harmless, or it asks for proof of its own.
    Nobody,
    /// Whoever may do at least what this role may.
    Role(Role),
}

/// One way to ask for one thing.
#[derive(Clone)]
pub struct Route {
    /// How it is asked for; all but GET may change something.
    pub method: Method,
    /// Where, with `{names}` for what varies.
    pub path: &'static str,
    /// By whom.
    pub needs: Needs,
    handler: MethodRouter<Desk>,
}

impl Route {
    /// Something to look at.
    pub fn get<H: Handler<T, Desk>, T: 'static>(path: &'static str, needs: Needs, handler: H) -> Self {
        Self { method: Method::GET, path, needs, handler: on(MethodFilter::GET, handler) }
    }

    /// Something that is done; its handler takes an [`super::act::Act`].
    pub fn post<H: Handler<T, Desk>, T: 'static>(path: &'static str, needs: Needs, handler: H) -> Self {
        Self { method: Method::POST, path, needs, handler: on(MethodFilter::POST, handler) }
    }

    /// Puts the route behind its guard.
    pub(super) fn join(self, router: Router<Desk>) -> Router<Desk> {
        let watch = guard::Watch { needs: self.needs };
        let layer = axum::middleware::from_fn_with_state(watch, guard::stand);
        router.route(self.path, self.handler.route_layer(layer))
    }
}

/// All routes. What is not listed here is not served.
#[must_use]
pub fn table() -> Vec<Route> {
    let mut all = vec![Route::get("/desk.css", Needs::Nobody, assets::style)];
    all.extend(pages::routes());
    all
}

//! Every route of the dashboard, and what it demands.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on};

use super::visitor::Role;
use super::{Desk, api, assets, guard, health, login, pages};

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
    is_trifle: bool,
    handler: MethodRouter<Desk>,
}

impl Route {
    /// Something to look at.
    pub fn get<H: Handler<T, Desk>, T: 'static>(path: &'static str, needs: Needs, handler: H) -> Self {
        Self { method: Method::GET, path, needs, is_trifle: false, handler: on(MethodFilter::GET, handler) }
    }

    /// Something that is done; its handler takes an [`super::act::Act`].
    pub fn post<H: Handler<T, Desk>, T: 'static>(path: &'static str, needs: Needs, handler: H) -> Self {
        Self { method: Method::POST, path, needs, is_trifle: false, handler: on(MethodFilter::POST, handler) }
    }

    /// It changes nothing that anybody would ask about, such as a language: no line in the audit table.
    #[must_use]
    pub fn trifle(self) -> Self {
        Self { is_trifle: true, ..self }
    }

    /// The same for files, which its handler counts by itself: it takes an [`super::act::Upload`].
    pub fn upload<H: Handler<T, Desk>, T: 'static>(path: &'static str, needs: Needs, handler: H) -> Self {
        let handler = on(MethodFilter::POST, handler).layer(DefaultBodyLimit::disable());
        Self { method: Method::POST, path, needs, handler, is_trifle: false }
    }

    /// Puts the route behind its guard.
    pub(super) fn join(self, router: Router<Desk>, desk: &Desk) -> Router<Desk> {
        let Self { needs, path, is_trifle, .. } = self;
        let watch = guard::Watch { desk: desk.clone(), needs, path, is_trifle };
        let layer = axum::middleware::from_fn_with_state(watch, guard::stand);
        router.route(self.path, self.handler.route_layer(layer))
    }
}

/// All routes. What is not listed here is not served.
#[must_use]
pub fn table() -> Vec<Route> {
    let mut all = vec![
        Route::get("/desk.css", Needs::Nobody, assets::style),
        Route::get("/healthz", Needs::Nobody, health::alive),
        Route::get("/readyz", Needs::Nobody, health::ready),
        Route::get("/metrics", Needs::Role(Role::Viewer), health::metrics),
        Route::get("/desk.js", Needs::Nobody, assets::script),
        Route::get("/fonts/{name}", Needs::Nobody, assets::font),
        Route::get("/login", Needs::Nobody, login::show),
        Route::post("/login", Needs::Nobody, login::enter),
        Route::post("/logout", Needs::Nobody, login::leave),
    ];
    all.extend(pages::routes());
    all.extend(api::routes());
    all
}

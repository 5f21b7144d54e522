//! Who asks: from a session, from a token, or somebody at this machine.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::Desk;
use super::problem::Problem;
use super::session;
pub use crate::account::Role;
use crate::config::Config;
use crate::recipient::Language;

/// Whoever sent a request. Every request has one.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Name of the account, or of the one at this machine; empty for a stranger.
    pub name: String,
    /// What they may do; `None` for a stranger.
    pub role: Option<Role>,
    /// The language to answer in.
    pub language: Language,
    /// Path and query of what they asked for.
    pub here: String,
    /// To be sent back in the field `token` of every form.
    pub token: String,
    /// Where the request came from.
    pub(super) address: std::net::IpAddr,
    /// What the token belongs to: the secret of the session; empty for those who carry none.
    pub(super) secret: String,
    /// Came with a bearer token: no browser sends one of its own accord, so that no form token is needed.
    pub(super) is_script: bool,
    /// Whether there are accounts, so that logging in and out means something.
    pub has_accounts: bool,
}

impl Visitor {
    /// Somebody of whom nothing is known.
    pub(super) fn stranger(config: &Config, request: &Parts) -> Self {
        Self {
            name: String::new(),
            role: None,
            language: session::language(config, request),
            here: request.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            token: String::new(),
            address: session::address(config, request),
            secret: String::new(),
            is_script: false,
            has_accounts: true,
        }
    }

    /// Whether they may do what `least` may.
    #[must_use]
    pub fn may(&self, least: Role) -> bool {
        self.role.is_some_and(|role| role >= least)
    }
}

impl FromRequestParts<Desk> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Desk) -> Result<Self, Problem> {
        // The frame puts one on every request.
        parts.extensions.get::<Self>().cloned().ok_or_else(Problem::ours)
    }
}

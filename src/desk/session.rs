//! What a browser or a script carries, and whose it is.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use super::Desk;
use super::problem::Problem;
use super::visitor::{Role, Visitor};
use crate::config::Config;
use crate::digest::{self, hex};
use crate::recipient::Language;
use crate::seal::random;

/// The cookie that keeps the language somebody chose.
pub(super) const LANGUAGE_COOKIE: &str = "rapporteur-language";

/// As whom the ledger knows those who ask from this machine while nobody has an account.
pub(super) const SOMEBODY: &str = "somebody at this machine";

/// How a token of a script begins, so that whoever finds one knows what it is.
const TOKEN_PREFIX: &str = "rapporteur_";

/// A new secret, and the hash by which the ledger knows it.
#[must_use]
pub fn new_token() -> (String, String) {
    let secret = format!("{TOKEN_PREFIX}{}", hex(&random()));
    let hash = hash(&secret);
    (secret, hash)
}

/// By what the ledger knows a secret.
pub(super) fn hash(secret: &str) -> String {
    digest::of(secret.as_bytes())
}

/// The name of the session's cookie. Where browsers come by TLS its name makes them refuse it from
/// any other host, and over any other way.
pub(super) const fn cookie_name(config: &Config) -> &'static str {
    if config.dashboard.is_encrypted() { "__Host-rapporteur" } else { "rapporteur-session" }
}

/// The cookie of a session; with no secret, the one that ends it.
pub(super) fn cookie_of(config: &Config, secret: &str) -> Result<HeaderValue, Problem> {
    let secure = if config.dashboard.is_encrypted() { "; Secure" } else { "" };
    let over = if secret.is_empty() { "; Max-Age=0" } else { "" };
    let text = format!("{}={secret}; Path=/; HttpOnly; SameSite=Strict{secure}{over}", cookie_name(config));
    HeaderValue::from_str(&text).map_err(|_| Problem::ours())
}

/// Where a request came from: the peer, or whom the named proxy asks for.
pub(super) fn address(config: &Config, request: &Parts) -> IpAddr {
    let peer = request.extensions.get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(peer)| peer.ip().to_canonical());
    if config.dashboard.proxy.is_some_and(|proxy| proxy.to_canonical() == peer) {
        // The last one is the proxy's own word; what stands before it anybody may have written.
        let told = request.headers.get_all("x-forwarded-for").iter().next_back();
        let last = told.and_then(|line| line.to_str().ok()).and_then(|line| line.rsplit(',').next());
        return last.and_then(|address| address.trim().parse().ok()).unwrap_or(peer);
    }
    peer
}

/// Whoever sent a request.
pub(super) async fn visitor(desk: &Desk, request: &Parts) -> Result<Visitor, Problem> {
    let config = desk.config();
    let now = desk.clock().now();
    let headers = &request.headers;
    let mut visitor = Visitor::stranger(&config, request);
    visitor.has_accounts = desk.store().has_accounts().await?;
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if let Some(token) = bearer.and_then(|text| text.strip_prefix("Bearer ")) {
        if let Some((name, role)) = desk.store().token(&hash(token.trim()), now).await? {
            (visitor.name, visitor.role, visitor.is_script) = (name, Some(role), true);
        }
        return Ok(visitor);
    }
    // Calendars and such know no other way than name and password; what is the password here is a token.
    // A browser would send it of its own accord, so that nothing is changed by it.
    if let Some(token) = bearer.and_then(basic)
        && request.method.is_safe()
    {
        if let Some((name, role)) = desk.store().token(&hash(&token), now).await? {
            (visitor.name, visitor.role) = (name, Some(role));
        }
        return Ok(visitor);
    }
    let carried = cookie(headers, cookie_name(&config)).filter(|secret| !secret.is_empty());
    if let Some(secret) = carried
        && let Some((name, role)) = desk.store().session(&hash(secret), now).await?
    {
        (visitor.name, visitor.role) = (name, Some(role));
        visitor.secret = secret.to_owned();
    } else if !visitor.has_accounts && config.dashboard.is_local() {
        visitor.name = SOMEBODY.to_owned();
        visitor.role = Some(Role::Admin);
    }
    visitor.token = desk.key().token(&visitor.secret);
    Ok(visitor)
}

/// The password of an `Authorization: Basic`.
fn basic(header: &str) -> Option<String> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD.decode(header.strip_prefix("Basic ")?.trim()).ok()?;
    Some(String::from_utf8(bytes).ok()?.split_once(':')?.1.to_owned())
}

/// The language that is asked for by `?language=`, where it is one.
pub(super) fn chosen_language(request: &Parts) -> Option<Language> {
    request.uri.query()?.split('&').find_map(|pair| pair.strip_prefix("language="))?.parse().ok()
}

/// The language chosen now or before, else the browser's, else the programme's.
pub(super) fn language(config: &Config, request: &Parts) -> Language {
    let kept = || cookie(&request.headers, LANGUAGE_COOKIE)?.parse().ok();
    let preferred = || {
        let wanted = request.headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        wanted.split(',').find_map(|one| one.trim().get(..2)?.to_ascii_lowercase().parse().ok())
    };
    let usual = || config.programme.languages.first().copied().unwrap_or_default();
    chosen_language(request).or_else(kept).or_else(preferred).unwrap_or_else(usual)
}

/// The value of a cookie.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(HeaderName::from_static("cookie")).iter();
    let pairs = all.filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(found, _)| *found == name).map(|(_, value)| value)
}

//! `[dashboard]`: where it is served, and what protects it beyond this machine.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use super::shape::Fields;
use super::{Dashboard, DashboardTls, values};

/// Reads the table. Beyond loopback nothing is served without TLS, ours or that of a named proxy, and
/// without the names under which it is opened.
pub(super) fn read(fields: &Fields<'_>, dashboard: &mut Dashboard, home: &Path) {
    let mut is_sound = true;
    if let Some((text, node)) = fields.text("listen") {
        match text.trim().replace("localhost", "127.0.0.1").parse() {
            Ok(listen) => dashboard.listen = listen,
            Err(_) => {
                is_sound = false;
                fields.reader.report(fields.reader.error("listen-address", &node.span).with("found", text));
            }
        }
    }
    for (text, node) in fields.texts("hosts").unwrap_or_default() {
        let is_name = text.parse::<IpAddr>().is_ok()
            || text.split('.').all(|part| {
                !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
            });
        if is_name {
            dashboard.hosts.push(text.to_ascii_lowercase());
        } else {
            is_sound = false;
            fields.reader.report(fields.reader.error("dashboard-host", &node.span).with("found", text));
        }
    }
    if let Some((url, node)) = fields.text("public_url") {
        if values::is_web_address(url) {
            dashboard.public_url = Some(url.trim_end_matches('/').to_owned());
        } else {
            fields.reader.report(fields.reader.error("public-url", &node.span).with("found", url));
        }
    }
    if let Some(span) = fields.duration("links_valid_for") {
        dashboard.links_valid_for = span;
    }
    if let Some((text, node)) = fields.text("proxy") {
        dashboard.proxy = text.trim().parse().ok();
        if dashboard.proxy.is_none() {
            is_sound = false;
            fields.reader.report(fields.reader.error("dashboard-proxy", &node.span).with("found", text));
        }
    }
    if let Some(tls) = fields.table("tls") {
        let certificate = pem(&tls, "certificate", "CERTIFICATE-----", home);
        let key = pem(&tls, "key", "PRIVATE KEY-----", home);
        is_sound &= certificate.is_some() && key.is_some();
        dashboard.tls = certificate.zip(key).map(|(certificate, key)| DashboardTls { certificate, key });
    }
    if !is_sound || fields.reader.damaged {
        // What seems missing may be there, written wrongly.
        return;
    }
    let is_beyond = !dashboard.listen.ip().is_loopback();
    let listen = dashboard.listen.to_string();
    if is_beyond && !dashboard.is_encrypted() {
        let told = fields.reader.error("dashboard-open", &fields.span_of("listen"));
        fields.reader.report(told.with("found", listen.as_str()));
    } else if (is_beyond || dashboard.proxy.is_some()) && dashboard.hosts.is_empty() {
        let told = fields.reader.error("dashboard-hosts-missing", &fields.span_of("listen"));
        fields.reader.report(told.with("found", listen.as_str()));
    }
}

/// The path of a PEM file that is there and has what it should.
fn pem(fields: &Fields<'_>, key: &'static str, marker: &str, home: &Path) -> Option<PathBuf> {
    let (path, node) = fields.text(key)?;
    let full = home.join(path);
    let told = match std::fs::read(&full) {
        Ok(bytes) if String::from_utf8_lossy(&bytes).contains(marker) => return Some(full),
        Ok(_) => fields.reader.error("dashboard-pem", &node.span),
        Err(problem) => {
            let told = fields.reader.error("dashboard-pem", &node.span).worded("dashboard-pem-unreadable");
            told.with("problem", super::reason_of(&problem))
        }
    };
    fields.reader.report(told.with("path", path).with("key", key));
    None
}

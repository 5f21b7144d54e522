//! The signature by which a receiver knows that the sender's domain sent a mail (RFC 6376).

use base64::Engine as _;
use lettre::Message;
use lettre::message::dkim::{
    DkimCanonicalization, DkimCanonicalizationType, DkimConfig, DkimSigningAlgorithm, DkimSigningKey,
};
use lettre::message::header::HeaderName;
use rsa::pkcs1::{DecodeRsaPrivateKey as _, EncodeRsaPrivateKey as _, LineEnding};
use rsa::pkcs8::DecodePrivateKey as _;

use crate::config::Dkim;

/// What is signed: everything by which a reader, or the reader's program, judges a mail. Not the
/// Content-Type, which lettre keeps with the body and would sign as absent.
const SIGNED: [&str; 8] = ["From", "To", "Reply-To", "Subject", "Date", "Message-ID", "MIME-Version", "Auto-Submitted"];

/// How the key of Ed25519 begins in PKCS #8 (RFC 8410, section 7); 32 bytes of it follow.
const ED25519: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// Signs mails with one key.
#[derive(Debug)]
pub struct Signer(DkimConfig);

impl Signer {
    /// A signer with the key of the configuration: RSA (PKCS #1 or #8) or Ed25519 (PKCS #8), as
    /// `openssl` writes them.
    ///
    /// # Errors
    /// What is wrong with the key, in words.
    pub fn new(dkim: &Dkim) -> Result<Self, String> {
        let key = key(&dkim.key)
            .map_err(|problem| format!("the key of the signature, {}: {problem}", dkim.key_file.display()))?;
        // Relaxed: relays fold headers anew, which is no forgery.
        let canonicalization =
            DkimCanonicalization { header: DkimCanonicalizationType::Relaxed, body: DkimCanonicalizationType::Relaxed };
        let headers = SIGNED.map(HeaderName::new_from_ascii_str).to_vec();
        Ok(Self(DkimConfig::new(dkim.selector.clone(), dkim.domain.clone(), key, headers, canonicalization)))
    }

    pub(super) fn sign(&self, message: &mut Message) {
        message.sign(&self.0);
    }
}

fn key(pem: &str) -> Result<DkimSigningKey, String> {
    let (text, algorithm) = match ed25519(pem) {
        Some(secret) => (secret, DkimSigningAlgorithm::Ed25519),
        None => (rsa_key(pem)?, DkimSigningAlgorithm::Rsa),
    };
    DkimSigningKey::new(&text, algorithm).map_err(|error| error.to_string())
}

/// The secret of an Ed25519 key, in base64; `None` for keys of another kind.
fn ed25519(pem: &str) -> Option<String> {
    let inner: String = pem.lines().map(str::trim).filter(|line| !line.starts_with("-----")).collect();
    let engine = base64::engine::general_purpose::STANDARD;
    let der = engine.decode(inner).ok()?;
    let secret = der.strip_prefix(&ED25519)?;
    (secret.len() == 32).then(|| engine.encode(secret))
}

/// An RSA key in the form that the mail builder understands.
fn rsa_key(pem: &str) -> Result<String, String> {
    let key = rsa::RsaPrivateKey::from_pkcs8_pem(pem)
        .or_else(|_| rsa::RsaPrivateKey::from_pkcs1_pem(pem))
        .map_err(|_| "expected an RSA or Ed25519 key in PEM form, without a passphrase".to_owned())?;
    if rsa::traits::PublicKeyParts::size(&key) < 128 {
        return Err("expected an RSA key of 1024 bits or more; receivers take no shorter one (RFC 8301)".to_owned());
    }
    key.to_pkcs1_pem(LineEnding::LF).map(|text| text.to_string()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dkim(key: &str) -> Dkim {
        Dkim {
            domain: "example.org".to_owned(),
            selector: "reports".to_owned(),
            key_file: "secrets/dkim.pem".into(),
            key: key.to_owned(),
        }
    }

    #[test]
    fn a_key_that_is_none_is_told_by_its_file() {
        for bad in ["", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"] {
            let told = Signer::new(&dkim(bad)).unwrap_err();
            assert!(told.contains("secrets/dkim.pem") && told.contains("RSA or Ed25519"), "{told}");
        }
    }

    #[test]
    fn a_key_of_ed25519_is_taken_as_openssl_writes_it() {
        // RFC 8410, section 10.3.
        let pem = "-----BEGIN PRIVATE KEY-----\n\
                   MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
                   -----END PRIVATE KEY-----\n";
        assert!(Signer::new(&dkim(pem)).is_ok());
    }
}

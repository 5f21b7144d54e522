//! Whose a file is.

use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

/// The name of a file's owner, or their number where the system has no name for it.
pub(super) fn owner_of(path: &Path) -> Option<String> {
    let owner = std::fs::metadata(path).ok()?.uid();
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    Some(name_of(owner, &users).unwrap_or_else(|| format!("user {owner}")))
}

/// The name of a number in the words of `/etc/passwd`.
fn name_of(owner: u32, users: &str) -> Option<String> {
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse::<u32>().ok()? == owner && !name.is_empty()).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_its_name() {
        let users = "root:x:0:0:root:/root:/bin/bash\n# a line\nsecretary:x:1000:1000::/home/s:/bin/sh\n";
        assert_eq!(name_of(1000, users).as_deref(), Some("secretary"));
        assert_eq!(name_of(0, users).as_deref(), Some("root"));
        assert_eq!(name_of(7, users), None);
    }
}

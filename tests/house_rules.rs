//! What the compiler does not check: who knows whom, and where each library is imported.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    walk(&root.join("src"), &mut found);
    found.sort();
    found
        .into_iter()
        // Tests stand beside the code and may look around.
        .filter(|path| path.file_name().is_some_and(|n| n != "tests.rs") && !path.iter().any(|part| part == "tests"))
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            (path.strip_prefix(root).unwrap().to_path_buf(), text)
        })
        .collect()
}

/// `src/intake/reader/csv.rs` is of `intake`, `src/cell.rs` of `cell`.
fn part(path: &Path) -> String {
    let second = path.iter().nth(1).unwrap().to_string_lossy();
    second.trim_end_matches(".rs").to_owned()
}

/// Code without comments and without what stands behind `#[cfg(test)]`.
fn code(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod").unwrap_or(text.len());
    text[..end].lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn table() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).unwrap();
    let begin = text.find("| part | kind | may know |").expect("the table of ARCHITECTURE.md");
    let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<BTreeSet<_>>();
    text[begin..]
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .filter(|line| !line.contains("everything"))
        .map(|line| {
            let cells: Vec<_> = line.split('|').collect();
            (names(cells[1]).into_iter().next().unwrap(), names(cells[3]))
        })
        .collect()
}

#[test]
fn parts_know_only_what_the_table_lets_them() {
    let table = table();
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let own = part(&path);
        if ["main", "lib", "cli"].contains(&own.as_str()) {
            continue;
        }
        let Some(allowed) = table.get(&own) else {
            wrong.push(format!("{}: `{own}` is not in the table", path.display()));
            continue;
        };
        let code = code(&text);
        for mention in code.split("crate::").skip(1) {
            let mut names = vec![mention.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap().to_owned()];
            if let Some(group) = mention.strip_prefix('{') {
                // `use crate::{cell::CellRef, period::Span}`: the first word after each top-level comma.
                let mut depth = 0;
                names = vec![String::new()];
                for c in group.chars() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => names.push(String::new()),
                        c if depth == 0 && !c.is_whitespace() => names.last_mut().unwrap().push(c),
                        _ => {}
                    }
                }
                names = names.iter().filter_map(|n| n.split("::").next()).map(str::to_owned).collect();
            }
            for name in names.into_iter().filter(|n| !n.is_empty() && *n != own && !allowed.contains(n)) {
                wrong.push(format!("{}: `{own}` may not know `{name}`", path.display()));
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "see the table in ARCHITECTURE.md:\n{}", wrong.join("\n"));
}

#[test]
fn each_library_is_imported_in_one_place() {
    let places = [
        ("calamine", "src/intake/reader"),
        ("tokio_cron_scheduler", "src/schedule/bell.rs"),
        ("printpdf", "src/pdf"),
        ("lopdf", "src/pdf"),
        ("lettre", "src/mail"),
        ("sqlx", "src/store"),
        ("croner", "src/cron.rs"),
        ("fluent_bundle", "src/locale"),
        ("harfrust", "src/typeset"),
        ("usvg", "src/logo"),
        ("minijinja", "src/compile src/letter"),
        ("pulldown_cmark", "src/compile"),
    ];
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let shown = path.to_string_lossy().into_owned();
        let code = code(&text);
        for (library, home) in places {
            if code.contains(&format!("{library}::")) && !home.split(' ').any(|place| shown.starts_with(place)) {
                wrong.push(format!("{shown}: {library} belongs in {home}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_stay_readable() {
    let long: Vec<_> = sources()
        .into_iter()
        .filter(|(_, text)| code(text).lines().count() > 600)
        .map(|(path, text)| format!("{}: {} lines", path.display(), text.lines().count()))
        .collect();
    assert!(long.is_empty(), "ask what it should be two of:\n{}", long.join("\n"));
}

#[test]
fn nothing_is_left_for_later() {
    let words = [concat!("TO", "DO"), concat!("FIX", "ME"), "unimplemented!(", "todo!("];
    let left: Vec<_> = sources()
        .into_iter()
        .flat_map(|(path, text)| {
            let found: Vec<_> =
                words.iter().filter(|w| text.contains(**w)).map(|w| format!("{}: {w}", path.display())).collect();
            found
        })
        .collect();
    assert!(left.is_empty(), "{}", left.join("\n"));
}

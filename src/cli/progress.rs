//! Signs of life for long work: on a terminal only, on standard error only.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::intake::size_of;
use super::output::Output;

/// Smaller files are read before anybody has looked up.
const LARGE_BYTES: u64 = 500_000;

/// Fewer rows are compiled before anybody has looked up.
const MANY_ROWS: usize = 1000;

/// Shown until it is finished or dropped.
pub(super) struct Waiting(Option<ProgressBar>);

impl Waiting {
    /// One of them is done.
    pub(super) fn step(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }

    /// Wipes the line.
    pub(super) fn finish(self) {
        drop(self);
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(bar) = self.0.take() {
            bar.finish_and_clear();
        }
    }
}

/// While files are read: how many there are, how large, and for how long already.
pub(super) fn reading(output: &Output, files: &[PathBuf]) -> Waiting {
    let size = size_of(files);
    if size < LARGE_BYTES || !is_wanted(output) {
        return Waiting(None);
    }
    let bar = ProgressBar::new_spinner();
    bar.set_style(style("{spinner} reading {msg} ({elapsed})"));
    let name = match files {
        [only] => only.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        many => format!("{} files", many.len()),
    };
    bar.set_message(format!("{name}, {:.1} MB", size_in_megabytes(size)));
    begin(bar)
}

/// While many rows are worked on.
pub(super) fn working(output: &Output, doing: &str, rows: usize) -> Waiting {
    if rows < MANY_ROWS || !is_wanted(output) {
        return Waiting(None);
    }
    let bar = ProgressBar::new_spinner();
    bar.set_style(style("{spinner} {msg} ({elapsed})"));
    bar.set_message(format!("{doing}, {rows} rows"));
    begin(bar)
}

/// While so many things are done one after another.
pub(super) fn counting(output: &Output, doing: &str, number: usize) -> Waiting {
    if number == 0 || !is_wanted(output) {
        return Waiting(None);
    }
    let bar = ProgressBar::new(u64::try_from(number).unwrap_or(u64::MAX));
    bar.set_style(style("{spinner} {msg} {pos} of {len} ({elapsed})"));
    bar.set_message(doing.to_owned());
    begin(bar)
}

fn is_wanted(output: &Output) -> bool {
    !output.is_json() && std::io::stderr().is_terminal()
}

fn begin(bar: ProgressBar) -> Waiting {
    bar.set_draw_target(ProgressDrawTarget::stderr());
    bar.enable_steady_tick(Duration::from_millis(120));
    Waiting(Some(bar))
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner())
}

#[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
fn size_in_megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

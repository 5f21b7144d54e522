//! `rapporteur completions` and `rapporteur man`: made from the arguments themselves.

use anyhow::Context as _;
use clap::CommandFactory as _;

use super::args::{Cli, CompletionsArgs, ManArgs};
use super::{Done, Session};

pub(super) fn completions(session: &Session, arguments: &CompletionsArgs) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "rapporteur", &mut script);
    session.output.bytes(&script);
    Done::Well
}

pub(super) fn man(session: &Session, arguments: &ManArgs) -> anyhow::Result<Done> {
    if let Some(folder) = &arguments.output {
        std::fs::create_dir_all(folder).with_context(|| format!("`{}` cannot be made", folder.display()))?;
        clap_mangen::generate_to(Cli::command(), folder)
            .with_context(|| format!("the pages cannot be written into `{}`", folder.display()))?;
        return Ok(Done::Well);
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    session.output.bytes(&page);
    Ok(Done::Well)
}

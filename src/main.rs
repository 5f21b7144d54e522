//! Parse, run, turn an error into an exit code.

fn main() -> std::process::ExitCode {
    // The reader of hostile files goes first: nothing else of the program is set up for it.
    rapporteur::intake::child::main_if_asked().unwrap_or_else(rapporteur::cli::main)
}

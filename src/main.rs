//! Parse, run, turn an error into an exit code.

fn main() -> std::process::ExitCode {
    rapporteur::cli::main()
}

//! Reads the command line and runs the command.

use std::process::ExitCode;

/// Requests allocate much and briefly, on several threads; the system's allocator takes a tenth of their time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    stele::cli::main()
}

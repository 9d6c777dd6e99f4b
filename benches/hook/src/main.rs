//! Measures the real hook between a fake runtime API, a fake CodeDeploy and fake routes, and prints a table with goals.
//!
//! `hook-bench <bootstrap> [rounds]`. Each round runs every case once, in turn, each in a process of its own; the table
//! has the medians. Exits with 1 when a goal is missed.
#![warn(clippy::pedantic)]

mod case;
mod fakes;
mod http;
mod table;

use std::env::args;
use std::process::ExitCode;

use case::{Case, Measured};

fn main() -> ExitCode {
    let Some(hook) = args().nth(1) else {
        eprintln!("usage: hook-bench <bootstrap> [rounds]");
        return ExitCode::from(2);
    };
    let rounds = args().nth(2).and_then(|rounds| rounds.parse().ok()).unwrap_or(15);
    let mut measured: Vec<(Case, Vec<Measured>)> = Case::ALL.map(|case| (case, Vec::new())).into();
    for _ in 0..rounds {
        for (case, runs) in &mut measured {
            match case.run(&hook) {
                Ok(run) => runs.push(run),
                Err(error) => {
                    eprintln!("{}: {error}", case.name);
                    return ExitCode::FAILURE;
                }
            }
        }
    }
    let size = std::fs::metadata(&hook).map_or(0, |file| file.len());
    ExitCode::from(u8::from(!table::print(&measured, size)))
}

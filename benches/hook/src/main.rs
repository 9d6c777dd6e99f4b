//! Measures the real hook between a fake runtime API, a fake CodeDeploy and fake routes, each time beside a bare client
//! that makes the same calls.
//!
//! `hook-bench <bootstrap> [rounds]`. Each round runs every case once, forwards and backwards in turn, each in a process
//! of its own. Prints one JSON object: for each case the values of all rounds, in seconds and bytes. `benches/verdicts.py`
//! makes rows of it.

mod bare_client;
mod case;
mod fakes;
mod http;

use std::collections::BTreeMap;
use std::env::args;
use std::io::Result;
use std::process::ExitCode;

use case::{Case, Measured};
use serde_json::{Value, json};

fn main() -> ExitCode {
    let Some(hook) = args().nth(1) else {
        eprintln!("usage: hook-bench <bootstrap> [rounds]");
        return ExitCode::from(2);
    };
    let rounds = args().nth(2).and_then(|rounds| rounds.parse().ok()).unwrap_or(15);
    match measure(&hook, rounds) {
        Ok(report) => println!("{report}"),
        Err(error) => {
            eprintln!("hook-bench: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn measure(hook: &str, rounds: usize) -> Result<Value> {
    let mut runs: BTreeMap<&str, Vec<Measured>> = BTreeMap::new();
    for round in 0..rounds {
        let mut cases = Case::ALL;
        if round % 2 == 1 {
            cases.reverse();
        }
        for case in cases {
            runs.entry(case.name).or_default().push(case.run(hook)?);
        }
    }
    Ok(runs.into_iter().map(|(name, runs)| (name.to_owned(), report(&runs))).collect())
}

fn report(runs: &[Measured]) -> Value {
    let all = |of: fn(&Measured) -> f64| runs.iter().map(of).collect::<Vec<_>>();
    json!({
        "init": all(|run| run.init.as_secs_f64()),
        "first": all(|run| run.first.as_secs_f64()),
        "later": all(|run| run.later.as_secs_f64()),
        "bare": all(|run| run.bare.as_secs_f64()),
        "peak": runs.iter().map(|run| run.peak).collect::<Vec<_>>(),
    })
}

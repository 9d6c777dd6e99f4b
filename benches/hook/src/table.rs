use std::time::Duration;

use crate::case::{Case, Measured};

/// One line of the table: what was measured, in which unit, and at most what it should be.
struct Line {
    what: String,
    unit: &'static str,
    median: f64,
    least: f64,
    most: f64,
    goal: Option<f64>,
}

/// Prints all lines, and says whether every goal is met.
pub fn print(measured: &[(Case, Vec<Measured>)], binary: u64) -> bool {
    let lines = lines(measured, binary);
    println!("Times from an event to its report are less the time that the routes take.\n");
    println!("| {:<46} | {:>8} | {:>16} | {:>6} | unit |", "what", "median", "least to most", "goal");
    println!("|{:-<48}|{:->10}|{:->18}|{:->8}|------|", "", "", "", "");
    for line in &lines {
        let goal = line.goal.map_or_else(String::new, |goal| format!("{goal:.1}"));
        let span = format!("{:.2} to {:.2}", line.least, line.most);
        let Line { what, unit, median, .. } = line;
        println!("| {what:<46} | {median:>8.2} | {span:>16} | {goal:>6} | {unit:<4} |");
    }
    lines.iter().all(|line| line.goal.is_none_or(|goal| line.median <= goal))
}

fn lines(measured: &[(Case, Vec<Measured>)], binary: u64) -> Vec<Line> {
    let all = || measured.iter().flat_map(|(_, runs)| runs);
    let megabytes = f64::from(u32::try_from(binary).unwrap_or(u32::MAX)) / 1e6;
    let peak = all().map(|run| f64::from(u32::try_from(run.peak_rss).unwrap_or(u32::MAX)) / 1e3);
    let mut lines = vec![
        Line::of("process start to call for the first event", "ms", all().map(|run| ms(run.init)), Some(7.0)),
        Line::of("peak memory", "MB", peak, Some(8.0)),
        Line::of("binary", "MB", [megabytes], Some(5.5)),
    ];
    for (case, runs) in measured {
        let of = |what: &str| format!("{}: {what} event to report", case.name);
        lines.push(Line::of(&of("first"), "ms", runs.iter().map(|run| ms(run.cold)), Some(case.goal)));
        lines.push(Line::of(&of("later"), "ms", runs.iter().map(|run| ms(run.warm)), None));
    }
    lines
}

impl Line {
    fn of(what: &str, unit: &'static str, values: impl IntoIterator<Item = f64>, goal: Option<f64>) -> Self {
        let mut values: Vec<_> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        let at = |index: usize| values.get(index).copied().unwrap_or(f64::NAN);
        let (median, most) = (at(values.len() / 2), at(values.len().saturating_sub(1)));
        Self { what: what.to_owned(), unit, median, least: at(0), most, goal }
    }
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

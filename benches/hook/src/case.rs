use std::io::{Error, Result};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::bare_client;
use crate::fakes::{self, Seen};

const PATIENCE: Duration = Duration::from_secs(20);

/// One way in which the three routes answer.
#[derive(Clone, Copy)]
pub struct Case {
    pub name: &'static str,
    /// How late every answer is.
    delay: Duration,
}

/// What one process showed, and the reference after it.
pub struct Measured {
    /// From the start of the process to its call for an event.
    pub init: Duration,
    /// From the event to the report, in a process that has just started.
    pub first: Duration,
    /// The same for the second event.
    pub later: Duration,
    /// What the same calls take when a bare client makes them.
    pub bare: Duration,
    /// Most memory that it had, in bytes.
    pub peak: u64,
}

impl Case {
    pub const ALL: [Self; 2] =
        [Self { name: "fast", delay: Duration::ZERO }, Self { name: "slow", delay: Duration::from_millis(500) }];

    /// Runs the hook once, for two events.
    pub fn run(&self, hook: &str) -> Result<Measured> {
        let (seen, sights) = channel();
        let (runtime, codedeploy) = (fakes::runtime(seen.clone())?, fakes::codedeploy(seen)?);
        let routes = fakes::routes(self.delay)?;
        let started = Instant::now();
        let mut process = start(hook, [runtime.to_string(), codedeploy.to_string(), routes.to_string()])?;
        let seen = watch(&sights).and_then(|instants| Ok((instants, peak(&process)?)));
        process.kill()?;
        process.wait()?;
        let ([first, told, second, told_again], peak) = seen?;
        let bare = bare_client::ask_all(codedeploy, routes)?;
        Ok(Measured { init: first - started, first: told - first, later: told_again - second, bare, peak })
    }
}

/// When the two events were given, and each was reported.
fn watch(sights: &Receiver<(Instant, Seen)>) -> Result<[Instant; 4]> {
    Ok([next(sights)?, report(sights)?, next(sights)?, report(sights)?])
}

fn start(hook: &str, [runtime, codedeploy, routes]: [String; 3]) -> Result<Child> {
    let variables = [
        ("AWS_LAMBDA_RUNTIME_API", runtime),
        ("AWS_ENDPOINT_URL", format!("http://{codedeploy}")),
        ("ALB_URL", format!("http://{routes}")),
        ("AWS_LAMBDA_FUNCTION_NAME", "hook".to_owned()),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256".to_owned()),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST".to_owned()),
        ("AWS_REGION", "us-east-1".to_owned()),
        ("AWS_ACCESS_KEY_ID", "test".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "test".to_owned()),
    ];
    Command::new(hook).env_clear().envs(variables).stdout(Stdio::null()).spawn()
}

fn next(sights: &Receiver<(Instant, Seen)>) -> Result<Instant> {
    match sights.recv_timeout(PATIENCE).map_err(Error::other)? {
        (at, Seen::Next) => Ok(at),
        (_, Seen::Told(_)) => Err(Error::other("a report before its event")),
    }
}

fn report(sights: &Receiver<(Instant, Seen)>) -> Result<Instant> {
    match sights.recv_timeout(PATIENCE).map_err(Error::other)? {
        (at, Seen::Told(status)) if status == "Succeeded" => Ok(at),
        (_, Seen::Told(status)) => Err(Error::other(format!("reported {status:?}"))),
        (_, Seen::Next) => Err(Error::other("no report of an event")),
    }
}

fn peak(process: &Child) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.id()))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let digits = line.unwrap_or_default().trim().trim_end_matches(" kB");
    digits.parse::<u64>().map(|kibibytes| kibibytes * 1024).map_err(Error::other)
}

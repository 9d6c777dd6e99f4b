use std::io::{Error, Result};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::fakes::{self, Seen};

const PATIENCE: Duration = Duration::from_secs(20);

/// One way in which the three routes answer.
#[derive(Clone, Copy)]
pub struct Case {
    pub name: &'static str,
    /// How late every answer is.
    delay: Duration,
    /// Milliseconds that a verdict may take beyond that.
    pub goal: f64,
}

/// What one process showed.
pub struct Measured {
    /// From the start of the process to its call for an event.
    pub init: Duration,
    /// From the event to the report, in a process that has just started, less the delay of the routes.
    pub cold: Duration,
    /// The same for the second event.
    pub warm: Duration,
    /// Most memory that it had, in kB.
    pub peak_rss: u64,
}

impl Case {
    pub const ALL: [Self; 2] = [
        Self { name: "fast routes", delay: Duration::ZERO, goal: 6.0 },
        Self { name: "routes of 500 ms", delay: Duration::from_millis(500), goal: 60.0 },
    ];

    /// Runs the hook once, for two events.
    pub fn run(&self, hook: &str) -> Result<Measured> {
        let (seen, sights) = channel();
        let (runtime, codedeploy) = (fakes::runtime(seen.clone())?, fakes::codedeploy(seen)?);
        let routes = fakes::routes(self.delay)?;
        let started = Instant::now();
        let mut process = start(hook, [runtime.to_string(), codedeploy.to_string(), routes.to_string()])?;
        let measured = self.measure(started, &sights, &process);
        process.kill()?;
        process.wait()?;
        measured
    }

    fn measure(&self, started: Instant, sights: &Receiver<(Instant, Seen)>, process: &Child) -> Result<Measured> {
        let first = next(sights)?;
        let cold = (report(sights)? - first).saturating_sub(self.delay);
        let second = next(sights)?;
        let warm = (report(sights)? - second).saturating_sub(self.delay);
        Ok(Measured { init: first - started, cold, warm, peak_rss: peak_rss(process)? })
    }
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

fn peak_rss(process: &Child) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.id()))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let digits = line.unwrap_or_default().trim().trim_end_matches(" kB");
    digits.parse().map_err(Error::other)
}

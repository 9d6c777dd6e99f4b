//! The API as a process of its own.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

pub struct Api {
    pub process: Child,
    lines: BufReader<ChildStdout>,
    pub address: String,
    /// What was logged before and with `serving`.
    pub log: Vec<Value>,
}

pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rust-api"));
    command.env_clear().env("LISTEN_ADDR", "127.0.0.1:0").stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

impl Api {
    pub fn start(variables: &[(&str, &str)]) -> Self {
        let mut process = command().envs(variables.iter().copied()).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap());
        let mut log: Vec<Value> = Vec::new();
        while log.last().is_none_or(|line| line["message"] != "serving") {
            let mut line = String::new();
            assert_ne!(lines.read_line(&mut line).unwrap(), 0, "ended without serving");
            log.push(serde_json::from_str(&line).unwrap());
        }
        let address = log[log.len() - 1]["address"].as_str().unwrap().to_owned();
        Self { process, lines, address, log }
    }

    pub fn terminate(&self) {
        let pid = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    }

    /// The exit code, and what was logged since `serving`.
    pub fn stop(mut self) -> (Option<i32>, String) {
        self.terminate();
        let mut rest = String::new();
        self.lines.read_to_string(&mut rest).unwrap();
        (self.process.wait().unwrap().code(), rest)
    }
}

/// A test that fails leaves no process behind.
impl Drop for Api {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{CodeDeploy, Reply, Request, Server, runtime};

const AT_ONCE: Duration = Duration::from_secs(4);

/// The payload that CodeDeploy sends.
pub fn event() -> Value {
    json!({"DeploymentId": "d-123456789", "LifecycleEventHookExecutionId": "eyJlbmNyeXB0ZWREYXRh"})
}

/// One invocation of the real binary, as it is being set up.
pub struct Stage {
    event: String,
    limit: Duration,
    routes: Server,
    codedeploy: Server,
    variables: Vec<(&'static str, Option<String>)>,
}

/// What the invocation came to.
pub struct Outcome {
    /// What CodeDeploy was told, in order.
    pub reports: Vec<Value>,
    /// The verdict's log line.
    pub log: Value,
    /// All lines of the log that are JSON.
    pub lines: Vec<Value>,
    /// What Lambda was told: `response` or `error`, and its body.
    pub result: (String, Value),
    /// From the call for the event to that answer.
    pub duration: Duration,
    /// Time until Lambda would have killed the function.
    limit: Duration,
    /// The most memory that the process ever had, in kB.
    pub peak_rss: u64,
}

impl Stage {
    /// Routes that all answer 200 from the revision under deployment; CodeDeploy as it should be; 10 s.
    pub fn new() -> Self {
        let codedeploy = CodeDeploy::start(|_, _| None);
        let routes = Server::start(|_| Reply::status(200).header("x-task-definition", "rust-blue-green:5"));
        Self { event: event().to_string(), limit: Duration::from_secs(10), routes, codedeploy, variables: Vec::new() }
    }

    pub fn event(self, event: &Value) -> Self {
        self.payload(&event.to_string())
    }

    /// The event as it is sent, JSON or not.
    pub fn payload(mut self, payload: &str) -> Self {
        payload.clone_into(&mut self.event);
        self
    }

    /// Time until Lambda would kill the function.
    pub fn limit(mut self, milliseconds: u64) -> Self {
        self.limit = Duration::from_millis(milliseconds);
        self
    }

    pub fn routes(mut self, reply: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        self.routes = Server::start(reply);
        self
    }

    pub fn codedeploy(mut self, before: impl Fn(&str, &Request) -> Option<Reply> + Send + Sync + 'static) -> Self {
        self.codedeploy = CodeDeploy::start(before);
        self
    }

    pub fn variable(mut self, name: &'static str, value: Option<&str>) -> Self {
        self.variables.push((name, value.map(str::to_owned)));
        self
    }

    /// Runs the binary until it has answered Lambda.
    pub fn run(self) -> Outcome {
        let runtime = runtime::start(self.event.clone(), self.limit);
        let mut hook = self.start(&runtime);
        let asked = runtime.requests.recv_timeout(Duration::from_secs(30)).unwrap();
        let (result, answered) = answer(&runtime, self.limit + Duration::from_secs(5));
        let duration = answered - asked.at;
        let peak_rss = peak_rss(hook.id());
        hook.kill().unwrap();
        let mut output = String::new();
        hook.stdout.take().unwrap().read_to_string(&mut output).unwrap();
        hook.wait().unwrap();
        let lines: Vec<Value> = output.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let log = lines.iter().find(|line| line["message"] == "verdict").cloned().unwrap_or_default();
        Outcome {
            reports: CodeDeploy::reports(&self.codedeploy),
            log,
            lines,
            result,
            duration,
            limit: self.limit,
            peak_rss,
        }
    }

    fn start(&self, runtime: &Server) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bootstrap"));
        command.env_clear().stdout(Stdio::piped()).envs([
            ("AWS_LAMBDA_RUNTIME_API", runtime.address.to_string()),
            ("AWS_ENDPOINT_URL", self.codedeploy.url()),
            ("ALB_URL", self.routes.url()),
        ]);
        command.envs([
            ("AWS_LAMBDA_FUNCTION_NAME", "hook"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
            ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
        ]);
        for (name, value) in &self.variables {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command.spawn().unwrap()
    }
}

fn peak_rss(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

fn answer(runtime: &Server, limit: Duration) -> ((String, Value), Instant) {
    loop {
        let request = runtime.requests.recv_timeout(limit).unwrap();
        if request.method == "POST" {
            let kind = request.path.rsplit('/').next().unwrap().to_owned();
            return ((kind, serde_json::from_str(&request.body).unwrap()), request.at);
        }
    }
}

impl Outcome {
    /// The one status that CodeDeploy was told, in time and with the right ids.
    pub fn status(&self) -> &str {
        let [report] = self.reports.as_slice() else { panic!("{} reports", self.reports.len()) };
        assert_eq!(report["deploymentId"], "d-123456789");
        assert_eq!(report["lifecycleEventHookExecutionId"], "eyJlbmNyeXB0ZWREYXRh");
        assert_eq!(report["status"], self.log["verdict"]);
        assert!(self.is_in_time(), "{:?} of {:?}", self.duration, self.limit);
        report["status"].as_str().unwrap()
    }

    /// The same, where waiting could change nothing: long before the budget ends, on a busy machine too.
    pub fn status_at_once(&self) -> &str {
        self.assert_at_once();
        self.status()
    }

    pub fn assert_at_once(&self) {
        assert!(self.limit > 2 * AT_ONCE, "a budget of {:?} ends as soon", self.limit);
        assert!(self.duration < AT_ONCE, "{:?}", self.duration);
    }

    /// Whether Lambda was answered before it would have killed the function; one that comes too late never is.
    pub fn is_in_time(&self) -> bool {
        self.limit.is_zero() || self.duration < self.limit
    }

    /// What the log says when CodeDeploy could not be told.
    pub fn untold(&self) -> &Value {
        assert_eq!(self.result.0, "error");
        assert!(self.is_in_time(), "{:?} of {:?}", self.duration, self.limit);
        self.lines.iter().find(|line| line["message"] == "CodeDeploy was not told the verdict").unwrap()
    }

    pub fn reason(&self) -> &str {
        self.log["reason"].as_str().unwrap()
    }
}

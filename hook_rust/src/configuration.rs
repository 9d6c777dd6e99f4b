use std::fmt;
use std::path::{Path, PathBuf};

use check::{BaseUrl, Check};

/// Whether answers must prove that they come from the revision under deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    Required,
    Off,
}

impl Proof {
    /// What follows a reason that nothing but turning the proof off takes away.
    pub(crate) const REMEDY: &str =
        r#" ([hook] identity_proof = "off" in the settings, which sets IDENTITY_PROOF=off, turns the proof off)"#;
}

impl fmt::Display for Proof {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Required => "required",
            Self::Off => "off",
        })
    }
}

/// What the function's environment says.
#[derive(Debug, Clone)]
pub struct Configuration {
    /// `ALB_URL`: the test listener. Its port must be named: without one, the live revision would be tested. Where it
    /// says https, the certificate is verified: against the authorities in the PEM file of the archive that
    /// `ALB_CA_FILE` names, or else against those of the Lambda runtime.
    pub base: BaseUrl,
    /// `CHECKS` (JSON), or the file in the archive that `CHECKS_FILE` names, or the article's three routes.
    pub checks: Vec<Check>,
    /// `IDENTITY_PROOF`: `required` (default) or `off`.
    pub proof: Proof,
}

/// A variable that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigurationError {
    variable: &'static str,
    message: String,
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.variable, self.message)
    }
}

impl std::error::Error for ConfigurationError {}

impl Configuration {
    /// Reads the variables, `variable` giving the value of a name. An empty value counts as none.
    ///
    /// # Errors
    /// Names the variable, what was found and what is allowed.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigurationError> {
        let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
        Ok(Self { base: base(&variable)?, checks: checks(&variable)?, proof: proof(&variable)? })
    }
}

fn refuse(variable: &'static str, message: impl fmt::Display) -> ConfigurationError {
    ConfigurationError { variable, message: message.to_string() }
}

fn base(variable: &impl Fn(&str) -> Option<String>) -> Result<BaseUrl, ConfigurationError> {
    let url = variable("ALB_URL").ok_or_else(|| {
        refuse("ALB_URL", "missing, allowed: http://host:port or https://host:port of the test listener")
    })?;
    let base = match variable("ALB_CA_FILE") {
        None => BaseUrl::parse(&url).map_err(|error| refuse("ALB_URL", error))?,
        Some(file) => {
            BaseUrl::parse_trusting(&url, &in_archive(variable, &file)).map_err(|error| refuse("ALB_CA_FILE", error))?
        }
    };
    if base.names_port() {
        return Ok(base);
    }
    Err(refuse(
        "ALB_URL",
        format!("found {url:?}: no port; it must name the test listener's port, like http://host:8080"),
    ))
}

fn checks(variable: &impl Fn(&str) -> Option<String>) -> Result<Vec<Check>, ConfigurationError> {
    match (variable("CHECKS"), variable("CHECKS_FILE")) {
        (None, None) => Ok(check::default_list()),
        (Some(list), None) => check::parse(&list).map_err(|error| refuse("CHECKS", error)),
        (None, Some(file)) => read_file(&in_archive(variable, &file), &file),
        (Some(_), Some(_)) => Err(refuse("CHECKS_FILE", "allowed only without CHECKS")),
    }
}

fn in_archive(variable: &impl Fn(&str) -> Option<String>, file: &str) -> PathBuf {
    Path::new(&variable("LAMBDA_TASK_ROOT").unwrap_or_default()).join(file)
}

fn read_file(path: &Path, file: &str) -> Result<Vec<Check>, ConfigurationError> {
    let refuse = |error: &dyn fmt::Display| refuse("CHECKS_FILE", format!("{file}: {error}"));
    let list = std::fs::read_to_string(path).map_err(|error| refuse(&error))?;
    check::parse(&list).map_err(|error| refuse(&error))
}

fn proof(variable: &impl Fn(&str) -> Option<String>) -> Result<Proof, ConfigurationError> {
    match variable("IDENTITY_PROOF").as_deref() {
        None | Some("required") => Ok(Proof::Required),
        Some("off") => Ok(Proof::Off),
        Some(other) => Err(refuse("IDENTITY_PROOF", format!("found {other:?}, allowed: required, off"))),
    }
}

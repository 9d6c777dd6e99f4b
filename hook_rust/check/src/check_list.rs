use std::fmt;
use std::time::Duration;

use hyper::{Method, Uri};
use serde_json::Value;

use crate::body::BodyExpectation;
use crate::excerpt::excerpt;
use crate::fields::{FieldError, Fields};
use crate::header::HeaderExpectation;

/// One route and what it must answer.
#[derive(Debug, Clone)]
pub struct Check {
    pub(crate) name: Option<String>,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) status: u16,
    pub(crate) body: Option<BodyExpectation>,
    pub(crate) header: Option<HeaderExpectation>,
    /// Longest that one attempt may take, the whole body included.
    pub(crate) timeout: Duration,
}

/// What is wrong with a check list, and in which check and field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckListError(String);

impl fmt::Display for CheckListError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for CheckListError {}

const FIELDS: [&str; 7] = ["name", "method", "path", "status", "body", "header", "timeout_ms"];
const METHODS: [Method; 7] =
    [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];
const LONGEST_TIMEOUT_MS: u64 = 60_000;

/// Longest text of a list, in bytes: what is read takes a multiple of it in memory.
const LONGEST_LIST: usize = 256 * 1024;
/// All are asked at once, each over a connection of its own.
const MOST_CHECKS: usize = 100;

/// Reads a JSON array of checks.
///
/// # Errors
/// Names the check (by index, and by name or path when it has one), the field, what was found and what is allowed.
pub fn parse(text: &str) -> Result<Vec<Check>, CheckListError> {
    if text.len() > LONGEST_LIST {
        return Err(CheckListError(format!("the list has {} bytes, allowed: at most {LONGEST_LIST}", text.len())));
    }
    let list: Value = serde_json::from_str(text).map_err(|error| CheckListError(format!("no JSON: {error}")))?;
    let Value::Array(entries) = list else {
        return Err(CheckListError("not a JSON array of checks".to_owned()));
    };
    if entries.is_empty() {
        return Err(CheckListError("the list is empty: nothing would be checked".to_owned()));
    }
    if entries.len() > MOST_CHECKS {
        return Err(CheckListError(format!("the list has {} checks, allowed: at most {MOST_CHECKS}", entries.len())));
    }
    entries.iter().enumerate().map(|(index, entry)| read(entry).map_err(|error| locate(index, entry, &error))).collect()
}

/// The list that is used when none is given: the article's three routes.
#[must_use]
pub fn default_list() -> Vec<Check> {
    ["/one", "/two", "/three"].map(Check::get).to_vec()
}

impl Check {
    fn get(path: &str) -> Self {
        Self {
            name: None,
            method: Method::GET,
            path: path.to_owned(),
            status: 200,
            body: None,
            header: None,
            timeout: Duration::from_secs(2),
        }
    }

    /// Whether judging an answer may compute for long.
    pub(crate) fn computes(&self) -> bool {
        let header = self.header.as_ref().is_some_and(HeaderExpectation::computes);
        header || self.body.as_ref().is_some_and(BodyExpectation::computes)
    }

    fn request(&self) -> String {
        if self.method == Method::GET { self.path.clone() } else { format!("{} {}", self.method, self.path) }
    }
}

/// How reasons speak of a check: by its name, or else by what it asks.
impl fmt::Display for Check {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(out, "{name} ({})", self.request()),
            None => out.write_str(&self.request()),
        }
    }
}

fn read(entry: &Value) -> Result<Check, FieldError> {
    let fields = Fields::of(entry, &FIELDS)?;
    let mut check = Check::get(read_path(&fields)?);
    check.name = fields.string("name", "a string")?.map(str::to_owned);
    check.method = read_method(&fields)?;
    if let Some(status) = fields.integer("status", 100, 599)? {
        check.status = u16::try_from(status).unwrap_or(u16::MAX);
    }
    if let Some(milliseconds) = fields.integer("timeout_ms", 1, LONGEST_TIMEOUT_MS)? {
        check.timeout = Duration::from_millis(milliseconds);
    }
    let body = fields.get("body").filter(|value| !value.is_null());
    check.body = body.map(BodyExpectation::read).transpose().map_err(|error| error.under("body"))?;
    let header = fields.get("header").filter(|value| !value.is_null());
    check.header = header.map(HeaderExpectation::read).transpose().map_err(|error| error.under("header"))?;
    Ok(check)
}

fn read_path<'a>(fields: &Fields<'a>) -> Result<&'a str, FieldError> {
    let allowed = "a path that starts with /";
    let path = fields.string("path", allowed)?.ok_or_else(|| FieldError::missing("path", allowed))?;
    if path.starts_with('/') && path.parse::<Uri>().is_ok() {
        return Ok(path);
    }
    Err(FieldError::new("path", &Value::from(path), allowed))
}

fn read_method(fields: &Fields<'_>) -> Result<Method, FieldError> {
    let allowed = METHODS.map(|method| method.to_string()).join(", ");
    let method = fields.string("method", &allowed)?.unwrap_or("GET");
    let known = METHODS.into_iter().find(|known| known.as_str() == method);
    known.ok_or_else(|| FieldError::new("method", &Value::from(method), &allowed))
}

fn locate(index: usize, entry: &Value, error: &FieldError) -> CheckListError {
    let label = ["name", "path"].iter().find_map(|field| entry.get(field)?.as_str());
    let place = label.map_or_else(String::new, |label| format!(" ({})", excerpt(label)));
    let field = if error.field.is_empty() { String::new() } else { format!(" {}:", excerpt(&error.field)) };
    CheckListError(format!("check {index}{place}:{field} {}", error.message))
}

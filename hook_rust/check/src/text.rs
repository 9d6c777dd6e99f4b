use std::fmt;

use regex_lite::{Regex, RegexBuilder};
use serde_json::Value;

use crate::fields::{FieldError, Fields};

/// Most bytes that a compiled regular expression may take: its time grows with its size times the text's.
const REGEX_LIMIT: usize = 64 * 1024;

/// What a text must be.
#[derive(Debug, Clone)]
pub(crate) enum Text {
    Equals(String),
    Contains(String),
    Regex(Regex),
}

impl Text {
    /// Reads the field `kind`, one of `equals`, `contains` and `regex`.
    pub fn read(fields: &Fields<'_>, kind: &'static str) -> Result<Self, FieldError> {
        let text = fields.string(kind, "a string")?.unwrap_or_default();
        match kind {
            "contains" => Ok(Self::Contains(text.to_owned())),
            "regex" => regex(text).map(Self::Regex),
            _ => Ok(Self::Equals(text.to_owned())),
        }
    }

    /// Whether judging may compute for long enough to hold up everything else on the thread.
    pub fn computes(&self) -> bool {
        matches!(self, Self::Regex(_))
    }

    pub fn matches(&self, found: &str) -> bool {
        match self {
            Self::Equals(text) => found == text,
            Self::Contains(text) => found.contains(text.as_str()),
            Self::Regex(regex) => regex.is_match(found),
        }
    }
}

fn regex(text: &str) -> Result<Regex, FieldError> {
    let compiled = RegexBuilder::new(text).size_limit(REGEX_LIMIT).build();
    compiled.map_err(|error| FieldError::new("regex", &Value::from(text), &format!("a regular expression ({error})")))
}

impl fmt::Display for Text {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Equals(text) => write!(out, "equal to {text:?}"),
            Self::Contains(text) => write!(out, "containing {text:?}"),
            Self::Regex(regex) => write!(out, "matching {:?}", regex.as_str()),
        }
    }
}

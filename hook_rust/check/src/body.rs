use serde_json::Value;

use crate::answer::{Answer, BODY_LIMIT};
use crate::excerpt::excerpt;
use crate::failure::Failure;
use crate::fields::{FieldError, Fields};
use crate::text::Text;

/// What the body of the answer must be.
#[derive(Debug, Clone)]
pub(crate) enum BodyExpectation {
    Pointer { pointer: String, equals: Value },
    Text(Text),
}

impl BodyExpectation {
    pub fn read(value: &Value) -> Result<Self, FieldError> {
        let fields = Fields::of(value, &["pointer", "equals", "contains", "regex"])?;
        match fields.one_of(&["pointer", "contains", "regex"])? {
            "pointer" => read_pointer(&fields),
            _ if fields.get("equals").is_some() => {
                Err(FieldError { field: "equals".to_owned(), message: "allowed only together with pointer".to_owned() })
            }
            kind => Text::read(&fields, kind).map(Self::Text),
        }
    }

    /// Whether judging may compute for long.
    pub fn computes(&self) -> bool {
        matches!(self, Self::Text(text) if text.computes())
    }

    pub fn judge(&self, answer: &Answer) -> Result<(), Failure> {
        if answer.truncated {
            let got = format!("a body longer than {BODY_LIMIT} bytes");
            return Err(Failure::answer(format!("a body of at most {BODY_LIMIT} bytes"), got));
        }
        let body = String::from_utf8_lossy(&answer.body);
        match self {
            Self::Pointer { pointer, equals } => judge_pointer(&body, pointer, equals),
            Self::Text(text) if text.matches(&body) => Ok(()),
            Self::Text(text) => Err(Failure::answer(format!("a body {text}"), format!("{:?}", excerpt(&body)))),
        }
    }
}

fn read_pointer(fields: &Fields<'_>) -> Result<BodyExpectation, FieldError> {
    let allowed = "a JSON pointer: empty or starting with /";
    let pointer = fields.string("pointer", allowed)?.unwrap_or_default();
    if !pointer.is_empty() && !pointer.starts_with('/') {
        return Err(FieldError::new("pointer", &Value::from(pointer), allowed));
    }
    let equals = fields.get("equals").ok_or_else(|| FieldError::missing("equals", "any JSON value"))?;
    Ok(BodyExpectation::Pointer { pointer: pointer.to_owned(), equals: equals.clone() })
}

fn judge_pointer(body: &str, pointer: &str, equals: &Value) -> Result<(), Failure> {
    let expected = || format!("a JSON body with {equals} at {pointer:?}");
    let Ok(document) = serde_json::from_str::<Value>(body) else {
        return Err(Failure::answer(expected(), format!("no JSON: {:?}", excerpt(body))));
    };
    match document.pointer(pointer) {
        Some(found) if found == equals => Ok(()),
        Some(found) => Err(Failure::answer(expected(), excerpt(&found.to_string()))),
        None => Err(Failure::answer(expected(), format!("nothing there: {}", excerpt(body)))),
    }
}

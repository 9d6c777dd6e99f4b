use hyper::header::HeaderName;
use serde_json::Value;

use crate::answer::Answer;
use crate::excerpt::excerpt;
use crate::failure::Failure;
use crate::fields::{FieldError, Fields};
use crate::text::Text;

/// What a header of the answer must be.
#[derive(Debug, Clone)]
pub(crate) struct HeaderExpectation {
    name: HeaderName,
    text: Text,
}

impl HeaderExpectation {
    pub fn read(value: &Value) -> Result<Self, FieldError> {
        let fields = Fields::of(value, &["name", "equals", "contains", "regex"])?;
        let allowed = "the name of a header";
        let name = fields.string("name", allowed)?.ok_or_else(|| FieldError::missing("name", allowed))?;
        let name = name.parse().map_err(|_| FieldError::new("name", &Value::from(name), allowed))?;
        let kind = fields.one_of(&["equals", "contains", "regex"])?;
        Ok(Self { name, text: Text::read(&fields, kind)? })
    }

    /// Whether judging may compute for long.
    pub fn computes(&self) -> bool {
        self.text.computes()
    }

    /// Passes when any header of that name is as expected.
    pub fn judge(&self, answer: &Answer) -> Result<(), Failure> {
        let found: Vec<_> =
            answer.headers.get_all(&self.name).iter().map(|value| value.to_str().unwrap_or("")).collect();
        if found.iter().any(|value| self.text.matches(value)) {
            return Ok(());
        }
        let expected = format!("header {} {}", self.name, self.text);
        let got =
            if found.is_empty() { "no such header".to_owned() } else { format!("{:?}", excerpt(&found.join(", "))) };
        Err(Failure::answer(expected, got))
    }
}

use serde_json::{Map, Value};

use crate::excerpt::excerpt;

/// What is wrong with a field, before it is known which check it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldError {
    pub field: String,
    pub message: String,
}

impl FieldError {
    pub fn new(field: &str, found: &Value, allowed: &str) -> Self {
        Self { field: field.to_owned(), message: format!("found {}, allowed: {allowed}", excerpt(&found.to_string())) }
    }

    pub fn missing(field: &str, allowed: &str) -> Self {
        Self { field: field.to_owned(), message: format!("missing, allowed: {allowed}") }
    }

    /// The same error inside the object `parent`.
    pub fn under(mut self, parent: &str) -> Self {
        self.field = if self.field.is_empty() { parent.to_owned() } else { format!("{parent}.{}", self.field) };
        self
    }
}

/// An object whose keys are all known.
pub(crate) struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    pub fn of(value: &'a Value, known: &[&str]) -> Result<Self, FieldError> {
        let allowed = known.join(", ");
        let Value::Object(object) = value else {
            return Err(FieldError::new("", value, &format!("an object with {allowed}")));
        };
        match object.keys().find(|key| !known.contains(&key.as_str())) {
            Some(key) => Err(FieldError { field: key.clone(), message: format!("unknown field, allowed: {allowed}") }),
            None => Ok(Self(object)),
        }
    }

    pub fn get(&self, field: &str) -> Option<&'a Value> {
        self.0.get(field)
    }

    /// The one field of `choices` that is there.
    pub fn one_of(&self, choices: &[&'static str]) -> Result<&'static str, FieldError> {
        let mut present = choices.iter().copied().filter(|choice| self.0.contains_key(*choice));
        match (present.next(), present.next()) {
            (Some(choice), None) => Ok(choice),
            _ => Err(FieldError {
                field: String::new(),
                message: format!("needs exactly one of {}", choices.join(", ")),
            }),
        }
    }

    pub fn string(&self, field: &str, allowed: &str) -> Result<Option<&'a str>, FieldError> {
        match self.get(field) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(FieldError::new(field, other, allowed)),
        }
    }

    pub fn integer(&self, field: &str, least: u64, most: u64) -> Result<Option<u64>, FieldError> {
        let Some(value) = self.get(field) else { return Ok(None) };
        match value.as_u64() {
            Some(number) if (least..=most).contains(&number) => Ok(Some(number)),
            _ => Err(FieldError::new(field, value, &format!("an integer from {least} to {most}"))),
        }
    }
}

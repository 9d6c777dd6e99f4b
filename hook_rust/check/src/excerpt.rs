const LIMIT: usize = 300;

/// A text short enough for a reason, with its end marked when something is missing.
pub(crate) fn excerpt(text: &str) -> String {
    match text.char_indices().nth(LIMIT) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_characters() {
        let long = "ä".repeat(LIMIT + 1);
        assert_eq!(excerpt(&long), format!("{}…", "ä".repeat(LIMIT)));
        assert_eq!(excerpt(&long[2..]), &long[2..]);
    }
}

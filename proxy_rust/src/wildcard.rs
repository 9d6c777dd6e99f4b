/// Whether all of `text` is what `pattern` says: `*` stands for any characters, `?` for exactly one.
pub fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut seen) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while seen < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, seen));
                at += 1;
            }
            Some(&wanted) if wanted == b'?' || wanted == text[seen] => {
                at += 1;
                seen += 1;
            }
            _ => {
                // The last star takes one character more.
                let Some((before, taken)) = star else { return false };
                star = Some((before, taken + 1));
                at = before + 1;
                seen = taken + 1;
            }
        }
    }
    pattern[at..].iter().all(|&rest| rest == b'*')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::matches;

    fn whole(pattern: &str, text: &str) -> bool {
        matches(pattern.as_bytes(), text.as_bytes())
    }

    #[test]
    fn a_star_is_any_characters_and_a_question_mark_exactly_one() {
        for (pattern, text, expected) in [
            ("/img/*", "/img/a/b.png", true),
            ("/img/*", "/images", false),
            ("/v?", "/v1", true),
            ("/v?", "/v12", false),
            ("/a.b", "/aXb", false),
            ("*.png", "/a.png.png", true),
            ("*a*b", "xaxbxb", true),
            ("*a*b", "xaxbx", false),
            ("", "", true),
            ("*", "", true),
            ("?", "", false),
        ] {
            assert_eq!(whole(pattern, text), expected, "{pattern} {text}");
        }
    }

    proptest! {
        #[test]
        fn a_text_with_any_piece_replaced_by_a_star_matches(text in "[a-c]{0,12}", from in 0usize..12, to in 0usize..12) {
            let (from, to) = (from.min(text.len()), to.min(text.len()));
            let pattern = format!("{}*{}", &text[..from.min(to)], &text[from.max(to)..]);
            prop_assert!(whole(&pattern, &text));
        }
    }
}

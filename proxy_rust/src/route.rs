//! Routes of an HTTP API: which one takes a request.

const DEFAULT: &str = "$default";
const ANY: &str = "ANY";

/// The method and the path of a route, under one stage.
pub struct Pattern {
    method: Option<String>,
    /// Nothing for `$default`, which takes every path.
    path: Option<Vec<Piece>>,
    stage: Option<String>,
}

enum Piece {
    Literal(String),
    /// `{name}`: anything without a slash.
    Variable,
    /// `{name+}`: all the rest.
    Greedy,
}

impl Pattern {
    pub fn new(method: &str, path: &str, stage: &str) -> Self {
        Self {
            method: (method != ANY).then(|| method.to_owned()),
            path: (path != DEFAULT).then(|| path.split('/').map(Piece::read).collect()),
            stage: (stage != DEFAULT).then(|| stage.to_owned()),
        }
    }

    pub fn takes(&self, method: &str, path: &str) -> bool {
        let Some(path) = self.within_stage(path) else { return false };
        self.method.as_deref().is_none_or(|own| own == method)
            && self.path.as_deref().is_none_or(|pieces| take(pieces, path))
    }

    /// The order of selection: a named stage before `$default`; a full match, then greedy variables, then `$default`; a
    /// method before `ANY` (API Gateway developer guide, "Routing API requests").
    pub fn rank(&self) -> (bool, bool, bool, usize, bool) {
        let pieces = self.path.as_deref().unwrap_or_default();
        let greedy = pieces.iter().any(|piece| matches!(piece, Piece::Greedy));
        let variables = pieces.iter().filter(|piece| !matches!(piece, Piece::Literal(_))).count();
        (self.stage.is_none(), self.path.is_none(), greedy, variables, self.method.is_none())
    }

    fn within_stage<'a>(&self, path: &'a str) -> Option<&'a str> {
        let Some(stage) = &self.stage else { return Some(path) };
        let rest = path.strip_prefix('/')?.strip_prefix(stage)?;
        (rest.is_empty() || rest.starts_with('/')).then_some(rest)
    }
}

impl Piece {
    fn read(text: &str) -> Self {
        match text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
            Some(name) if name.ends_with('+') => Self::Greedy,
            Some(_) => Self::Variable,
            None => Self::Literal(text.to_owned()),
        }
    }
}

fn take(pieces: &[Piece], path: &str) -> bool {
    let Some((first, others)) = pieces.split_first() else { return false };
    if matches!(first, Piece::Greedy) {
        return !path.is_empty();
    }
    let (own, rest) = path.split_once('/').map_or((path, None), |(own, rest)| (own, Some(rest)));
    let fits = match first {
        Piece::Literal(text) => text == own,
        _ => !own.is_empty(),
    };
    fits && rest.map_or(others.is_empty(), |rest| take(others, rest))
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    fn chosen(keys: &[&str], stage: &str, method: &str, path: &str) -> Option<usize> {
        let mut patterns: Vec<(usize, Pattern)> = keys
            .iter()
            .map(|key| key.split_once(' ').unwrap_or(("ANY", key)))
            .map(|(method, path)| Pattern::new(method, path, stage))
            .enumerate()
            .collect();
        patterns.sort_by_key(|(_, pattern)| pattern.rank());
        patterns.iter().find(|(_, pattern)| pattern.takes(method, path)).map(|(number, _)| *number)
    }

    #[test]
    fn the_most_specific_route_is_chosen() {
        let keys = ["$default", "ANY /{proxy+}", "GET /items/{id}", "ANY /one", "GET /one"];
        for (method, path, key) in [
            ("GET", "/one", 4),
            ("POST", "/one", 3),
            ("GET", "/items/7", 2),
            ("GET", "/items/7/more", 1),
            ("GET", "/items/", 1),
            ("GET", "/", 0),
        ] {
            assert_eq!(chosen(&keys, "$default", method, path), Some(key), "{method} {path}");
        }
    }

    #[test]
    fn what_no_route_takes_is_taken_by_none() {
        for (method, path) in [("GET", "/two"), ("POST", "/one"), ("GET", "/one/more"), ("GET", "/one/")] {
            assert_eq!(chosen(&["GET /one"], "$default", method, path), None, "{method} {path}");
        }
    }

    #[test]
    fn a_named_stage_is_a_prefix_of_the_path() {
        assert_eq!(chosen(&["GET /one"], "prod", "GET", "/prod/one"), Some(0));
        for path in ["/one", "/production/one", "/prod"] {
            assert_eq!(chosen(&["GET /one"], "prod", "GET", path), None, "{path}");
        }
        assert_eq!(chosen(&["$default"], "prod", "GET", "/prod"), Some(0));
        assert_eq!(chosen(&["$default"], "prod", "GET", "/production"), None);
    }
}

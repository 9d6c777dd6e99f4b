//! A bad check list is refused with the check, the field, what was found and what is allowed.
#![allow(clippy::unwrap_used, clippy::panic)]

use check::parse;
use serde_json::Value;

fn refusal(list: &str) -> String {
    parse(list).unwrap_err().to_string()
}

#[test]
fn a_list_with_everything_is_taken() {
    let list = r#"[
        {"name": "one", "method": "POST", "path": "/one", "status": 201, "timeout_ms": 500,
         "body": {"pointer": "/key", "equals": {"any": ["json"]}},
         "header": {"name": "content-type", "contains": "json"}},
        {"path": "/two", "body": {"contains": "route"}},
        {"path": "/three", "body": {"regex": "^.+$"}, "header": {"name": "etag", "regex": "W/.*"}}
    ]"#;
    assert_eq!(parse(list).unwrap().len(), 3);
}

#[test]
fn what_is_no_list_is_refused() {
    assert!(refusal("[{").starts_with("no JSON: "));
    assert_eq!(refusal("{}"), "not a JSON array of checks");
    assert_eq!(refusal("[]"), "the list is empty: nothing would be checked");
}

#[test]
fn an_unknown_field_is_refused_by_name() {
    let error = refusal(r#"[{"path": "/one"}, {"path": "/two", "statuss": 200}]"#);
    assert!(error.starts_with("check 1 (/two): statuss: unknown field, allowed: name, method, path"), "{error}");
}

#[test]
fn the_check_is_named_by_its_name_before_its_path() {
    let error = refusal(r#"[{"name": "home", "path": "/", "status": 99}]"#);
    assert_eq!(error, "check 0 (home): status: found 99, allowed: an integer from 100 to 599");
}

#[test]
fn each_field_says_what_it_allows() {
    for (check, expected) in [
        (r#""/one""#, r#"check 0: found "/one", allowed: an object with name"#),
        ("{}", "check 0: path: missing, allowed: a path that starts with /"),
        (r#"{"path": "one"}"#, r#"check 0 (one): path: found "one", allowed: a path that starts with /"#),
        (r#"{"path": "/", "method": "get"}"#, r#"check 0 (/): method: found "get", allowed: GET, HEAD"#),
        (r#"{"path": "/", "timeout_ms": 0}"#, "check 0 (/): timeout_ms: found 0, allowed: an integer from 1 to"),
        (r#"{"path": "/", "body": {}}"#, "check 0 (/): body: needs exactly one of pointer, contains, regex"),
        (r#"{"path": "/", "body": {"pointer": "/key"}}"#, "check 0 (/): body.equals: missing"),
        (r#"{"path": "/", "body": {"pointer": "key", "equals": 1}}"#, r#"check 0 (/): body.pointer: found "key""#),
        (
            r#"{"path": "/", "body": {"contains": "a", "equals": "a"}}"#,
            "check 0 (/): body.equals: allowed only together",
        ),
        (r#"{"path": "/", "body": {"regex": "("}}"#, r#"check 0 (/): body.regex: found "(", allowed: a regular"#),
        (r#"{"path": "/", "header": {"equals": "a"}}"#, "check 0 (/): header.name: missing"),
        (r#"{"path": "/", "header": {"name": "a b", "equals": "a"}}"#, "check 0 (/): header.name: found"),
        (r#"{"path": "/", "header": {"name": "a"}}"#, "check 0 (/): header: needs exactly one of equals"),
    ] {
        let error = refusal(&format!("[{check}]"));
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn a_regular_expression_that_would_search_for_minutes_is_refused() {
    let error = refusal(r#"[{"path": "/", "body": {"regex": "((a?){100}){100}b"}}]"#);
    assert!(error.starts_with("check 0 (/): body.regex: found"), "{error}");
    assert!(error.contains("exceeded size limit"), "{error}");
}

#[test]
fn the_examples_are_taken_and_refused_as_they_say() {
    let lists: Value = serde_json::from_str(include_str!("lists.json")).unwrap();
    for list in lists["taken"].as_array().unwrap() {
        assert_eq!(parse(&list.to_string()).unwrap().len(), list.as_array().unwrap().len());
    }
    for kind in ["refused", "refused by the parser alone"] {
        for example in lists[kind].as_array().unwrap() {
            let error = refusal(&example["list"].to_string());
            assert!(error.starts_with(example["reason"].as_str().unwrap()), "{error}");
        }
    }
}

#[test]
fn the_examples_of_the_docs_are_taken() {
    let page = include_str!("../../../docs/hook.md");
    let blocks = page.split("```json\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let examples: Vec<_> = blocks.filter(|block| block.starts_with('[')).collect();
    assert!(!examples.is_empty());
    examples.iter().for_each(|example| drop(parse(example).unwrap()));
}

#[test]
fn a_list_beyond_its_bounds_is_refused_before_it_is_read() {
    let many = vec![r#"{"path": "/"}"#; 101].join(",");
    assert_eq!(refusal(&format!("[{many}]")), "the list has 101 checks, allowed: at most 100");
    assert_eq!(refusal(&" ".repeat(262_145)), "the list has 262145 bytes, allowed: at most 262144");
    let long = format!(r#"[{{"path": "/", "name": ["{}"]}}]"#, "a".repeat(100_000));
    assert!(refusal(&long).len() < 1_000, "an error that shows what was found shows it in short");
}

//! Rules that hold for every event, check list, body and identity, not only for the examples.
#![allow(clippy::unwrap_used, clippy::panic)]

use check::{IDENTITY_HEADER, Identity, parse};
use hyper::Response;
use hyper::header::{HeaderMap, HeaderValue};
use proptest::prelude::*;
use serde_json::{Value, json};

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(".{0,6}", inner, 0..4).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// Values that stand in a field, right and wrong ones.
fn field() -> impl Strategy<Value = (String, Value)> {
    const NAMES: &[&str] = &["name", "method", "path", "status", "body", "header", "timeout_ms", "statuss"];
    let likely = prop_oneof![
        Just(json!("/one")),
        Just(json!("GET")),
        Just(json!(200)),
        Just(json!({"pointer": "/a", "equals": 1})),
        Just(json!({"name": "etag", "regex": "a+"})),
    ];
    (prop::sample::select(NAMES), prop_oneof![likely, any_json()]).prop_map(|(name, value)| (name.to_owned(), value))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn a_list_is_taken_as_a_whole_or_refused_by_check_and_field(
        entries in prop::collection::vec(prop::collection::vec(field(), 0..5), 1..6),
    ) {
        let list: Vec<Value> = entries.into_iter().map(|fields| fields.into_iter().collect()).collect();
        match parse(&json!(list).to_string()) {
            Ok(checks) => prop_assert_eq!(checks.len(), list.len()),
            Err(error) => {
                let text = error.to_string();
                let index: usize = text.strip_prefix("check ").unwrap().split([' ', ':']).next().unwrap().parse().unwrap();
                prop_assert!(parse(&json!(list[..index]).to_string()).is_ok() || index == 0, "{}", text);
                prop_assert!(parse(&json!([list[index]]).to_string()).is_err(), "{}", text);
                prop_assert!(text.contains("allowed") || text.contains("needs exactly one of"), "{}", text);
            }
        }
    }

    #[test]
    fn a_pointer_passes_exactly_the_body_that_has_the_value_there(value in any_json(), other in any_json()) {
        let check = parse(&json!([{"path": "/", "body": {"pointer": "/a/1", "equals": value}}]).to_string()).unwrap();
        let judge = |found: &Value| check[0].judge(Response::new(json!({"a": [0, found]}).to_string().into_bytes()));
        prop_assert_eq!(judge(&value), Ok(()));
        prop_assert_eq!(judge(&other).is_ok(), value == other);
    }

    #[test]
    fn contains_passes_exactly_what_contains_it(body in ".{0,40}", part in ".{0,3}") {
        let check = parse(&json!([{"path": "/", "body": {"contains": part}}]).to_string()).unwrap();
        let passes = check[0].judge(Response::new(body.clone().into_bytes())).is_ok();
        prop_assert_eq!(passes, body.contains(&part));
    }

    #[test]
    fn any_bytes_are_a_body_that_is_judged(body in prop::collection::vec(any::<u8>(), 0..2_000)) {
        for field in [json!({"pointer": "", "equals": 1}), json!({"contains": "~~~~"}), json!({"regex": "^~{9}$"})] {
            let check = parse(&json!([{"path": "/", "body": field}]).to_string()).unwrap();
            prop_assert!(check[0].judge(Response::new(body.clone())).is_err() || body == b"1");
        }
    }

    #[test]
    fn only_the_expected_name_exactly_once_proves_it(
        expected in "[a-c]{1,2}:[1-2]",
        named in prop::collection::vec("[a-c]{1,2}:[1-2]", 0..3),
    ) {
        let mut headers = HeaderMap::new();
        for name in &named {
            headers.append(IDENTITY_HEADER, HeaderValue::from_str(name).unwrap());
        }
        let proof = Identity::Expected(expected.clone()).prove(&headers);
        prop_assert_eq!(proof.is_ok(), named == [expected]);
        prop_assert!(Identity::NotAsked.prove(&headers).is_ok());
        prop_assert!(Identity::Unknown("no AppSpec".to_owned()).prove(&headers).is_err());
    }

    #[test]
    fn ids_where_codedeploy_puts_them_are_read_whatever_stands_beside(
        beside in prop::collection::btree_map("[a-z]{1,6}", any_json(), 0..5),
    ) {
        let mut event: Value = beside.into_iter().collect();
        event["DeploymentId"] = json!("d-1");
        event["LifecycleEventHookExecutionId"] = json!("e-1");
        prop_assert_eq!(fuzz::ids(&event.to_string()), Some(("d-1".to_owned(), "e-1".to_owned())));
    }

    #[test]
    fn an_event_without_both_names_has_no_ids(event in any_json()) {
        prop_assert_eq!(fuzz::ids(&event.to_string()), None);
    }
}

//! A bad variable is refused by name.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::time::Duration;

use rust_api::Configuration;

fn read(name: &'static str, value: &str) -> Result<Configuration, String> {
    Configuration::read(|asked| (asked == name).then(|| value.to_owned())).map_err(|error| error.to_string())
}

#[test]
fn without_variables_the_article_s_values_hold() {
    let configuration = Configuration::read(|_| None).unwrap();
    assert_eq!(configuration.listen.to_string(), "0.0.0.0:3000");
    assert_eq!(configuration.color, "Green");
    assert_eq!(configuration.shutdown, Duration::from_secs(20));
    assert_eq!(configuration.health, "/health");
    assert_eq!(configuration.metadata, None);
}

#[test]
fn every_stop_timeout_of_ecs_less_its_margin_is_taken() {
    for seconds in [1, 28, 118] {
        let configuration = read("SHUTDOWN_SECONDS", &seconds.to_string()).unwrap();
        assert_eq!(configuration.shutdown, Duration::from_secs(seconds));
    }
}

#[test]
fn the_health_check_may_stand_anywhere_but_on_another_route() {
    for path in ["/health", "/healthz", "/internal/alive-1.0"] {
        assert_eq!(read("HEALTH_PATH", path).unwrap().health, path);
    }
    let long = format!("/{}", "a".repeat(128));
    for path in ["", "health", "/one", "/", "/error", "/{id}", "/a?b=1", "/a#b", "/a b", "/\u{e9}", &long] {
        let error = read("HEALTH_PATH", path).unwrap_err();
        assert!(error.ends_with("allowed: a path like /health that is no other route"), "{error}");
    }
}

#[test]
fn a_bad_variable_is_named_with_what_was_found_and_what_is_allowed() {
    for (name, value, message) in [
        ("LISTEN_ADDR", "3000", r#"LISTEN_ADDR: found "3000", allowed: address:port, like 0.0.0.0:3000"#),
        ("COLOR", "", r#"COLOR: found "", allowed: a word of 1 to 32 characters"#),
        ("SHUTDOWN_SECONDS", "121", r#"SHUTDOWN_SECONDS: found "121", allowed: whole seconds from 0 to 120"#),
        ("SHUTDOWN_SECONDS", "-1", r#"SHUTDOWN_SECONDS: found "-1", allowed: whole seconds from 0 to 120"#),
        ("RUST_LOG", "a=b=c", r#"RUST_LOG: found "a=b=c", allowed: a level or target=level pairs"#),
    ] {
        let error = read(name, value).unwrap_err();
        assert!(error.starts_with(message), "{error}");
    }
}

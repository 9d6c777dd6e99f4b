use std::time::Duration;

use aws_credential_types::Credentials;
use aws_sdk_codedeploy::Client;
use aws_sdk_codedeploy::config::retry::RetryConfig;
use aws_sdk_codedeploy::config::timeout::TimeoutConfig;
use aws_sdk_codedeploy::config::{BehaviorVersion, Builder, Region, SharedCredentialsProvider};
use aws_smithy_http_client::Builder as HttpClient;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;

const CONNECT_LIMIT: Duration = Duration::from_secs(1);
const ATTEMPT_LIMIT: Duration = Duration::from_secs(2);

/// A CodeDeploy client from the variables that Lambda sets; `AWS_ENDPOINT_URL_CODEDEPLOY` and `AWS_ENDPOINT_URL` are
/// honoured. It repeats nothing itself: callers do, until their own deadline.
pub fn client(variable: impl Fn(&str) -> Option<String>) -> Client {
    let limits = TimeoutConfig::builder().connect_timeout(CONNECT_LIMIT).operation_attempt_timeout(ATTEMPT_LIMIT);
    let endpoint = variable("AWS_ENDPOINT_URL_CODEDEPLOY").or_else(|| variable("AWS_ENDPOINT_URL"));
    let mut configuration = Builder::new()
        .behavior_version(BehaviorVersion::latest())
        .region(variable("AWS_REGION").map(Region::new))
        .http_client(HttpClient::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https())
        .retry_config(RetryConfig::disabled())
        .timeout_config(limits.build());
    configuration.set_credentials_provider(credentials(&variable).map(SharedCredentialsProvider::new));
    configuration.set_endpoint_url(endpoint.filter(|url| !url.is_empty()));
    Client::from_conf(configuration.build())
}

/// Lambda renews the credentials by replacing the execution environment, so those of the start stay valid.
fn credentials(variable: impl Fn(&str) -> Option<String>) -> Option<Credentials> {
    let (key, secret) = (variable("AWS_ACCESS_KEY_ID")?, variable("AWS_SECRET_ACCESS_KEY")?);
    Some(Credentials::new(key, secret, variable("AWS_SESSION_TOKEN"), None, "environment"))
}

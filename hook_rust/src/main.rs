use std::env;
use std::sync::Arc;

use hook::{Configuration, Hook, client, handle};
use lambda_runtime::{Error, LambdaEvent, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let variable = |name: &str| env::var(name).ok();
    let hook = Arc::new(Hook { configuration: Configuration::read(variable), codedeploy: client(variable) });
    let invoke = |event: LambdaEvent<_>| handle(Arc::clone(&hook), event.payload, event.context.deadline());
    lambda_runtime::run(service_fn(invoke)).await
}

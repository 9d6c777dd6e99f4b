use std::env;
use std::sync::Arc;

use hook::{Configuration, Hook, client, handle, tell_unreadable};
use lambda_runtime::tower::util::MapRequestLayer;
use lambda_runtime::{Error, LambdaEvent, Runtime, service_fn};
use serde_json::value::RawValue;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let variable = |name: &str| env::var(name).ok();
    let hook = Arc::new(Hook { configuration: Configuration::read(variable), codedeploy: client(variable) });
    let invoke = |event: LambdaEvent<Box<RawValue>>| {
        let hook = Arc::clone(&hook);
        async move { handle(hook, event.payload.get(), event.context.deadline()).await }
    };
    Runtime::new(service_fn(invoke)).layer(MapRequestLayer::new(tell_unreadable)).run().await
}

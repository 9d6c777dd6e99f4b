use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// One JSON object a line on standard output, where awslogs picks it up.
pub(crate) fn start(filter: Targets) {
    let lines = tracing_subscriber::fmt::layer().json().flatten_event(true).with_filter(filter);
    tracing_subscriber::registry().with(lines).init();
}

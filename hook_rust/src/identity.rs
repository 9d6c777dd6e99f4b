use aws_sdk_codedeploy::Client;
use aws_sdk_codedeploy::types::{RevisionLocation, RevisionLocationType};
use tokio::time::Instant;

use crate::app_spec::task_definition;
use crate::configuration::Proof;
use crate::persist::{CallError, persist};

/// Why a revision cannot be found out.
enum Unknown {
    /// No call would tell: only turning the proof off helps.
    Untellable(String),
    /// A call failed, or its answer made no sense.
    Failed(String),
}

impl Unknown {
    fn into_words(self) -> String {
        let why = match self {
            Self::Untellable(why) => why + Proof::REMEDY,
            Self::Failed(why) => why,
        };
        format!("the revision under deployment cannot be found out: {why}")
    }
}

/// Finds out which revision is under deployment, repeating until `deadline`.
///
/// GetDeployment never carries the AppSpec's text, only its hash: GetApplicationRevision gives the text for it.
///
/// # Errors
/// Says in words why not: the call that failed, or what turns the proof off when none could tell.
pub(crate) async fn look_up(codedeploy: Client, deployment_id: String, deadline: Instant) -> Result<String, String> {
    find(&codedeploy, &deployment_id, deadline).await.map_err(Unknown::into_words)
}

async fn find(codedeploy: &Client, deployment_id: &str, deadline: Instant) -> Result<String, Unknown> {
    let answer = persist(deadline, || codedeploy.get_deployment().deployment_id(deployment_id).send()).await;
    let deployment = answer.map_err(failed("GetDeployment"))?.deployment_info;
    let deployment = deployment.ok_or_else(|| senseless("GetDeployment answered without a deployment"))?;
    let revision = deployment.revision.ok_or_else(|| senseless("GetDeployment answered without a revision"))?;
    if let Some(text) = content(&revision) {
        return task_definition(text).map_err(Unknown::Untellable);
    }
    let application = deployment.application_name;
    let application = application.ok_or_else(|| senseless("GetDeployment answered without an application"))?;
    fetch(codedeploy, &application, revision, deadline).await
}

async fn fetch(
    codedeploy: &Client,
    application: &str,
    revision: RevisionLocation,
    deadline: Instant,
) -> Result<String, Unknown> {
    let kind = revision.revision_type.clone();
    if !matches!(kind, Some(RevisionLocationType::AppSpecContent | RevisionLocationType::String)) {
        let kind = kind.map_or_else(|| "unknown".to_owned(), |kind| kind.to_string());
        return Err(Unknown::Untellable(format!("a revision of type {kind} carries no AppSpec text")));
    }
    let ask = || codedeploy.get_application_revision().application_name(application).revision(revision.clone()).send();
    let answer = persist(deadline, ask).await.map_err(failed("GetApplicationRevision"))?;
    let text = answer.revision.as_ref().and_then(content);
    let text = text.ok_or_else(|| senseless("GetApplicationRevision answered without the AppSpec's text"))?;
    task_definition(text).map_err(Unknown::Untellable)
}

fn failed(call: &'static str) -> impl Fn(CallError) -> Unknown {
    move |error| Unknown::Failed(format!("{call} failed: {}", error.message))
}

fn senseless(why: &str) -> Unknown {
    Unknown::Failed(why.to_owned())
}

fn content(revision: &RevisionLocation) -> Option<&str> {
    let app_spec = revision.app_spec_content().and_then(|content| content.content());
    app_spec.or_else(|| revision.string().and_then(|string| string.content())).filter(|text| !text.is_empty())
}

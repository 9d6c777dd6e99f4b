use aws_sdk_codedeploy::Client;
use aws_sdk_codedeploy::types::{RevisionLocation, RevisionLocationType};
use check::Identity;
use tokio::time::Instant;

use crate::app_spec::task_definition;
use crate::persist::persist;

/// Finds out which revision is under deployment, repeating until `deadline`.
///
/// GetDeployment never carries the AppSpec's text, only its hash: GetApplicationRevision gives the text for it.
pub(crate) async fn look_up(codedeploy: Client, deployment_id: String, deadline: Instant) -> Identity {
    match find(&codedeploy, &deployment_id, deadline).await {
        Ok(revision) => Identity::Expected(revision),
        Err(why) => Identity::Unknown(format!("the revision under deployment cannot be found out: {why}")),
    }
}

async fn find(codedeploy: &Client, deployment_id: &str, deadline: Instant) -> Result<String, String> {
    let answer = persist(deadline, || codedeploy.get_deployment().deployment_id(deployment_id).send()).await;
    let deployment = answer.map_err(|error| format!("GetDeployment: {}", error.message))?.deployment_info;
    let deployment = deployment.ok_or("GetDeployment answered without a deployment")?;
    let revision = deployment.revision.ok_or("the deployment has no revision")?;
    if let Some(text) = content(&revision) {
        return task_definition(text);
    }
    let application = deployment.application_name.ok_or("the deployment has no application")?;
    fetch(codedeploy, &application, revision, deadline).await
}

async fn fetch(
    codedeploy: &Client,
    application: &str,
    revision: RevisionLocation,
    deadline: Instant,
) -> Result<String, String> {
    let kind = revision.revision_type.clone();
    if !matches!(kind, Some(RevisionLocationType::AppSpecContent | RevisionLocationType::String)) {
        let kind = kind.map_or_else(|| "unknown".to_owned(), |kind| kind.to_string());
        return Err(format!("a revision of type {kind} carries no AppSpec text"));
    }
    let ask = || codedeploy.get_application_revision().application_name(application).revision(revision.clone()).send();
    let answer = persist(deadline, ask).await.map_err(|error| format!("GetApplicationRevision: {}", error.message))?;
    let text = answer.revision.as_ref().and_then(content);
    task_definition(text.ok_or("GetApplicationRevision answered without the AppSpec's text")?)
}

fn content(revision: &RevisionLocation) -> Option<&str> {
    let app_spec = revision.app_spec_content().and_then(|content| content.content());
    app_spec.or_else(|| revision.string().and_then(|string| string.content())).filter(|text| !text.is_empty())
}

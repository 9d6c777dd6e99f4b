use aws_sdk_codedeploy::Client;
use aws_sdk_codedeploy::types::{RevisionLocation, RevisionLocationType};
use tokio::time::Instant;

use crate::app_spec::task_definition;
use crate::configuration::Proof;
use crate::persist::{CallError, persist};

/// The revision under deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Revision {
    /// `<family>:<revision>`.
    pub name: String,
    /// The deployment before released it as well, so that it is live already, as far as CodeDeploy tells.
    pub is_live: bool,
}

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
pub(crate) async fn look_up(codedeploy: Client, deployment_id: String, deadline: Instant) -> Result<Revision, String> {
    find(&codedeploy, &deployment_id, deadline).await.map_err(Unknown::into_words)
}

async fn find(codedeploy: &Client, deployment_id: &str, deadline: Instant) -> Result<Revision, Unknown> {
    let answer = persist(deadline, || codedeploy.get_deployment().deployment_id(deployment_id).send()).await;
    let deployment = answer.map_err(failed("GetDeployment"))?.deployment_info;
    let deployment = deployment.ok_or_else(|| senseless("GetDeployment answered without a deployment"))?;
    let revision = deployment.revision.ok_or_else(|| senseless("GetDeployment answered without a revision"))?;
    let is_live = deployment.previous_revision.is_some_and(|previous| same(&previous, &revision));
    if let Some(text) = content(&revision) {
        return Ok(Revision { name: task_definition(text).map_err(Unknown::Untellable)?, is_live });
    }
    let application = deployment.application_name;
    let application = application.ok_or_else(|| senseless("GetDeployment answered without an application"))?;
    Ok(Revision { name: fetch(codedeploy, &application, revision, deadline).await?, is_live })
}

/// Whether two revisions have one AppSpec: by its hash, or else by its text. Another AppSpec may release the same task
/// definition; a call more to find that out would hold up every verdict.
fn same(one: &RevisionLocation, other: &RevisionLocation) -> bool {
    let hash = |revision: &RevisionLocation| {
        let content = revision.app_spec_content().and_then(|content| content.sha256());
        content.or_else(|| revision.string().and_then(|string| string.sha256())).map(str::to_owned)
    };
    match (hash(one), hash(other)) {
        (Some(one), Some(other)) => one == other,
        _ => content(one).is_some() && content(one) == content(other),
    }
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

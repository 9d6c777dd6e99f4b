"""A release that another client starts, by the account's API alone: nobody looks at it before it begins."""

from __future__ import annotations

from .scene import Scene


def deploy(scene: Scene, image: str) -> str:
    """Release what is live with another image, whatever that is, and return the deployment's id.

    The AppSpec is that of `bluegreen appspec`, as docs/cli.md has it for other clients.
    """
    revision, target = _register(scene, image), scene.orders.target
    appspec = scene.start("appspec", "--revision", revision, "--format", "json").wait().text
    scene.mark(f"another client deploys {revision}")
    return scene.client("codedeploy").create_deployment(
        applicationName=target.application,
        deploymentGroupName=target.deployment_group,
        revision={"revisionType": "AppSpecContent", "appSpecContent": {"content": appspec}},
    )["deploymentId"]


def _register(scene: Scene, image: str) -> str:
    """Register a revision and return it (family:revision)."""
    ecs, own = scene.client("ecs"), scene.orders.target.container_name
    live = ecs.describe_task_definition(taskDefinition=scene.live)["taskDefinition"]
    registerable = ecs.meta.service_model.operation_model("RegisterTaskDefinition").input_shape.members
    containers = [{**one, "image": image} if one["name"] == own else one for one in live["containerDefinitions"]]
    fields = {name: value for name, value in live.items() if name in registerable}
    made = ecs.register_task_definition(**{**fields, "containerDefinitions": containers})
    return made["taskDefinition"]["taskDefinitionArn"].rpartition("/")[2]

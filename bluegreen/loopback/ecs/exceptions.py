"""Amazon ECS's errors that moto does not have."""

from __future__ import annotations

from moto.ecs.exceptions import EcsClientException, ECSException, InvalidParameterException

CODE_DEPLOY_ONLY = "Use AWS CodeDeploy to trigger a new deployment."
CONTROLLED = "on services with a CODE_DEPLOY deployment controller"


class TaskSetNotFoundException(ECSException):
    """No task set of the service has that id or ARN."""

    def __init__(self) -> None:
        super().__init__("TaskSetNotFoundException", "The specified task set does not exist.")


class ServiceNotActiveException(ECSException):
    """The service is being deleted, or was."""

    def __init__(self) -> None:
        super().__init__("ServiceNotActiveException", "Service was not ACTIVE.")


class ClusterContainsServicesException(ECSException):
    """The cluster cannot be deleted yet."""

    def __init__(self) -> None:
        super().__init__("ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active.")


def unknown_task_definition() -> ECSException:
    """The error for a task definition that does not exist."""
    return EcsClientException("TaskDefinition not found.")


def inactive_task_definition() -> ECSException:
    """The error for a task definition that was deregistered."""
    return EcsClientException("TaskDefinition is inactive")


def no_such_container(name: str) -> ECSException:
    """The error for a load balancer entry with a container the task definition lacks."""
    return InvalidParameterException(f"The container {name} does not exist in the task definition.")


def no_such_port(name: str, port: int) -> ECSException:
    """The error for a load balancer entry with a port that the container does not map."""
    return InvalidParameterException(f"The container {name} did not have a container port {port} defined.")


def unattached_target_group(arn: str) -> ECSException:
    """The error for a target group that no load balancer uses."""
    return InvalidParameterException(
        f"The target group with targetGroupArn {arn} does not have an associated load balancer."
    )


def several_target_groups() -> ECSException:
    """The error for more target groups than CodeDeploy can release on (hashicorp/terraform#25306 quotes the text)."""
    return InvalidParameterException("load balancers can have at most 1 items.")


def unchangeable(what: str) -> ECSException:
    """The error for UpdateService with something that only a CodeDeploy deployment changes."""
    return InvalidParameterException(f"Unable to update {what} {CONTROLLED}. {CODE_DEPLOY_ONLY}")


def no_forced_deployment() -> ECSException:
    """The error for UpdateService with forceNewDeployment."""
    return InvalidParameterException(f"Cannot force a new deployment {CONTROLLED}. {CODE_DEPLOY_ONLY}")

"""The ECS backend: clusters and task definitions are moto's, services and tasks are ours."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from typing import Any

from moto.core.resource_tagging import TaggedResource
from moto.ecs.exceptions import (
    ClusterNotFoundException,
    InvalidParameterException,
    ServiceNotFoundException,
    TaskDefinitionNotFoundException,
)
from moto.ecs.models import Cluster, ClusterFailure, EC2ContainerServiceBackend, TaskDefinition

from bluegreen.loopback import machine

from . import exceptions, validation
from .scheduler import STOPPED
from .service import INACTIVE, Service
from .task import Task
from .task_runner import TaskRunner, is_steady
from .task_set import ACTIVE, DRAINING, TaskSet

# Real seconds; ECS itself promises an hour.
STOPPED_TASKS_KEPT = 3600.0


class LoopbackECSBackend(EC2ContainerServiceBackend):
    """ECS of one account and region."""

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self.lock = threading.RLock()
        self.table: dict[str, Service] = {}
        """Services by ARN."""
        self.task_table: dict[str, Task] = {}
        """Tasks by id, the stopped ones for a while."""
        machine.get().ticker.add(TaskRunner(self))

    def create_code_deploy_service(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """CreateService: a service with its first task set, PRIMARY and without an external id."""
        with self.lock:
            cluster = self.active_cluster(request.get("cluster"))
            definition = self._active_task_definition(request["taskDefinition"])
            validation.check_new_service(request, definition)
            service = self._new_service(cluster, definition, request)
            first = self._add_task_set(service, definition, {**request, "tags": None})
            service.promote(first, first.created_at)
            self.table[service.arn] = service
            return service.document()

    def update_code_deploy_service(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """UpdateService: what may change without a deployment."""
        with self.lock:
            service = self._active_service(request)
            validation.check_update(request)
            changes = {key: value for key, value in request.items() if value is not None}
            service.desired_count = int(changes.pop("desiredCount", service.desired_count))
            service.request.update({key: changes[key] for key in changes.keys() - {"cluster", "service"}})
            return service.document()

    def delete_code_deploy_service(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """DeleteService: DRAINING until the last task has stopped, then INACTIVE."""
        with self.lock:
            service = self.found_service(request)
            if service.status != INACTIVE:
                if service.desired_count > 0 and not request.get("force"):
                    raise InvalidParameterException("The service cannot be stopped while it is scaled above 0.")
                service.drain(machine.get().clock.now())
            return service.document()

    def add_task_set(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """CreateTaskSet: ACTIVE, and its tasks start at once."""
        with self.lock:
            service = self._active_service(request)
            definition = self._active_task_definition(request["taskDefinition"])
            validation.check_task_set(request, definition)
            scale = (request.get("scale") or {}).get("value", 100.0)
            task_set = self._add_task_set(service, definition, request, scale=float(scale), started_by="CODE_DEPLOY")
            return task_set.document(service.desired_count)

    def make_primary(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """UpdateServicePrimaryTaskSet."""
        with self.lock:
            service = self._active_service(request)
            task_set = service.task_set(request["primaryTaskSet"])
            service.promote(task_set, machine.get().clock.now())
            return task_set.document(service.desired_count)

    def rescale_task_set(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """UpdateTaskSet."""
        with self.lock:
            service = self._active_service(request)
            task_set = service.task_set(request["taskSet"])
            task_set.rescale(float(request["scale"]["value"]), machine.get().clock.now())
            return task_set.document(service.desired_count)

    def drain_task_set(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """DeleteTaskSet: DRAINING at scale 0 until the last task has stopped, then gone."""
        with self.lock:
            service = self._active_service(request)
            task_set = service.task_set(request["taskSet"])
            if task_set.scale > 0 and not request.get("force"):
                raise InvalidParameterException("The task set cannot be deleted while it is scaled above 0.")
            now = machine.get().clock.now()
            task_set.rescale(0.0, now)
            task_set.become(DRAINING, now)
            return task_set.document(service.desired_count)

    def dismiss_task(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """StopTask: the scheduler stops it, and starts another in its place."""
        with self.lock:
            cluster = self.existing_cluster(request.get("cluster"))
            task = self.task_table.get(request["task"].rsplit("/", 1)[-1])
            if not task or task.cluster_arn != cluster.arn:
                raise InvalidParameterException("The referenced task was not found.")
            if task.status != STOPPED:
                task.unwanted = request.get("reason") or "Task stopped by user"
                task.desired_status = STOPPED
            return task.document()

    def found_service(self, request: Mapping[str, Any]) -> Service:
        """Return the service that `service` and `cluster` of a request name.

        Raises:
            ServiceNotFoundException: the cluster has none of that name or ARN.
        """
        cluster = self.existing_cluster(request.get("cluster"))
        for service in self.table.values():
            if service.cluster_arn == cluster.arn and request["service"] in (service.name, service.arn):
                return service
        raise ServiceNotFoundException

    def existing_cluster(self, name: str | None) -> Cluster:
        """Return the cluster of that name or ARN, also an INACTIVE one; None names `default`."""
        return self._get_cluster(name or "default")

    def active_cluster(self, name: str | None) -> Cluster:
        """Return the ACTIVE cluster of that name or ARN."""
        cluster = self.existing_cluster(name)
        if cluster.status != ACTIVE:
            raise ClusterNotFoundException
        return cluster

    def new_task(self, service: Service, task_set: TaskSet, now: float) -> Task:
        """Add a task to `task_set`, on an address of its own."""
        network = (task_set.request.get("networkConfiguration") or {}).get("awsvpcConfiguration") or {}
        task = Task(
            cluster_arn=service.cluster_arn,
            service_name=service.name,
            task_definition=task_set.task_definition,
            task_set_id=task_set.id,
            address=machine.get().addresses.next(),
            subnet=next(iter(network.get("subnets") or []), ""),
            launch_type=task_set.launch_type,
            platform_version=task_set.platform_version,
            target_group=task_set.target_group,
            target_port=task_set.target_port,
            created_at=now,
            tags=service.propagated_tags(task_set),
        )
        task_set.tasks.append(task)
        self.task_table[task.id] = task
        return task

    def settle(self, now: float) -> None:
        """Drop what has drained, and tell which services have become steady."""
        with self.lock:
            for service in self.table.values():
                service.task_sets = [one for one in service.task_sets if one.status != DRAINING or one.tasks]
                if service.status == DRAINING and not service.task_sets:
                    service.status = INACTIVE
                steady = is_steady(service)
                if steady and not service.steady and service.status == ACTIVE:
                    service.tell("has reached a steady state.", now)
                service.steady = steady
            self.task_table = {
                task.id: task
                for task in self.task_table.values()
                if task.status != STOPPED or now - task.since < STOPPED_TASKS_KEPT
            }

    def describe_clusters(self, cluster_names: list[str]) -> tuple[list[Cluster], list[ClusterFailure]]:
        """Count the services and tasks that are there now."""
        clusters, failures = super().describe_clusters(cluster_names)
        with self.lock:
            for cluster in clusters:
                services = [one for one in self.table.values() if one.cluster_arn == cluster.arn]
                sets = [task_set for service in services for task_set in service.task_sets]
                cluster.active_services_count = sum(one.status == ACTIVE for one in services)
                cluster.running_tasks_count = sum(one.running_count for one in sets)
                cluster.pending_tasks_count = sum(one.pending_count for one in sets)
        return clusters, failures

    def list_clusters(self) -> list[str]:
        """Leave out the clusters that were deleted, which moto keeps as INACTIVE."""
        return [cluster.arn for cluster in self.clusters.values() if cluster.status == ACTIVE]

    def delete_cluster(self, cluster_str: str) -> Cluster:
        """Refuse while a service is there."""
        cluster = self.existing_cluster(cluster_str)
        with self.lock:
            if any(one.cluster_arn == cluster.arn and one.status != INACTIVE for one in self.table.values()):
                raise exceptions.ClusterContainsServicesException
        return super().delete_cluster(cluster_str)

    def iter_tagged_resources(self) -> Iterator[TaggedResource]:
        """Add services and tasks to what the tagging API finds."""
        yield from super().iter_tagged_resources()
        with self.lock:
            found = [(one.arn, one.tags, "ecs:service") for one in self.table.values() if one.status == ACTIVE]
            found += [(one.arn, one.tags, "ecs:task") for one in self.task_table.values()]
        for arn, tags, kind in found:
            yield TaggedResource(arn=arn, tags={tag["key"]: tag["value"] for tag in tags}, resource_type=kind)

    def _get_resource(self, resource_arn: str, parsed_arn: dict[str, str]) -> Any:
        with self.lock:
            if resource_arn in self.table:
                return self.table[resource_arn]
            for service in self.table.values():
                for task_set in service.task_sets:
                    if task_set.task_set_arn == resource_arn:
                        return task_set
            task = self.task_table.get(resource_arn.rsplit("/", 1)[-1])
        return task or super()._get_resource(resource_arn, parsed_arn)

    def _new_service(self, cluster: Cluster, definition: TaskDefinition, request: Mapping[str, Any]) -> Service:
        service = Service(
            name=request["serviceName"],
            cluster_arn=cluster.arn,
            request={**request, "taskDefinition": definition.arn},
            desired_count=int(request.get("desiredCount") or 0),
            created_at=machine.get().clock.now(),
            tags=list(request.get("tags") or []),
        )
        known = self.table.get(service.arn)
        if known and known.status == ACTIVE:
            raise InvalidParameterException("Creation of service was not idempotent.")
        if known and known.status == DRAINING:
            raise InvalidParameterException("Unable to Start a service that is still Draining.")
        return service

    def _add_task_set(
        self,
        service: Service,
        definition: TaskDefinition,
        request: Mapping[str, Any],
        *,
        scale: float = 100.0,
        started_by: str | None = None,
    ) -> TaskSet:
        task_set = TaskSet(
            cluster_arn=service.cluster_arn,
            service_arn=service.arn,
            service_name=service.name,
            task_definition=definition,
            request=dict(request),
            created_at=machine.get().clock.now(),
            scale=scale,
            started_by=started_by,
        )
        service.task_sets.append(task_set)
        return task_set

    def _active_service(self, request: Mapping[str, Any]) -> Service:
        service = self.found_service(request)
        if service.status != ACTIVE:
            raise exceptions.ServiceNotActiveException
        return service

    def _active_task_definition(self, name: str) -> TaskDefinition:
        try:
            definition = self.describe_task_definition(name)
        except (TaskDefinitionNotFoundException, ValueError) as error:
            raise exceptions.unknown_task_definition() from error
        if definition.status != ACTIVE:
            raise exceptions.inactive_task_definition()
        return definition


def not_here(what: str) -> NotImplementedError:
    """The error for what ECS can and the loopback cannot: answered with 501."""
    return NotImplementedError(f"{what}; the loopback runs the tasks of services that CodeDeploy deploys")

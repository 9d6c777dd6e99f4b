"""ECS's operations on services, task sets and tasks; the others stay moto's."""

from __future__ import annotations

from typing import Any, cast

from moto.core.responses import ActionResult
from moto.ecs.responses import EC2ContainerServiceResponse

from .models import LoopbackECSBackend, not_here
from .paging import page
from .scheduler import RUNNING
from .service import INACTIVE
from .task import Task

SERVICES_ON_A_PAGE = 10


class LoopbackECSResponse(EC2ContainerServiceResponse):
    """Each public method is the operation of its name."""

    @property
    def backend(self) -> LoopbackECSBackend:
        return cast("LoopbackECSBackend", self.ecs_backend)

    def create_service(self) -> ActionResult:
        request = self._get_params()
        controller = (request.get("deploymentController") or {}).get("type", "ECS")
        if controller != "CODE_DEPLOY":
            raise not_here(f"deployment controller {controller}")
        return ActionResult({"service": self.backend.create_code_deploy_service(request)})

    def update_service(self) -> ActionResult:
        return ActionResult({"service": self.backend.update_code_deploy_service(self._get_params())})

    def delete_service(self) -> ActionResult:
        return ActionResult({"service": self.backend.delete_code_deploy_service(self._get_params())})

    def describe_services(self) -> ActionResult:
        request = self._get_params()
        found, failures = [], []
        with self.backend.lock:
            cluster = self.backend.existing_cluster(request.get("cluster"))
            by_name = {one.name: one for one in self.backend.table.values() if one.cluster_arn == cluster.arn}
            for name in request["services"]:
                service = by_name.get(name.rsplit("/", 1)[-1])
                if service:
                    found.append(_tagged(service.document(), request))
                else:
                    arn = name if name.startswith("arn:") else f"{cluster.arn.replace(':cluster/', ':service/')}/{name}"
                    failures.append({"arn": arn, "reason": "MISSING"})
        return ActionResult({"services": found, "failures": failures})

    def list_clusters(self) -> ActionResult:
        return ActionResult(page("clusterArns", self.backend.list_clusters(), self._get_params()))

    def list_services(self) -> ActionResult:
        request = self._get_params()
        cluster = self.backend.existing_cluster(request.get("cluster"))
        with self.backend.lock:
            services = [one for one in self.backend.table.values() if one.cluster_arn == cluster.arn]
            arns = sorted(one.arn for one in services if one.status != INACTIVE)
        return ActionResult(page("serviceArns", arns, request, SERVICES_ON_A_PAGE))

    def create_task_set(self) -> ActionResult:
        return ActionResult({"taskSet": self.backend.add_task_set(self._get_params())})

    def update_task_set(self) -> ActionResult:
        return ActionResult({"taskSet": self.backend.rescale_task_set(self._get_params())})

    def delete_task_set(self) -> ActionResult:
        return ActionResult({"taskSet": self.backend.drain_task_set(self._get_params())})

    def update_service_primary_task_set(self) -> ActionResult:
        return ActionResult({"taskSet": self.backend.make_primary(self._get_params())})

    def describe_task_sets(self) -> ActionResult:
        request = self._get_params()
        names = request.get("taskSets") or []
        with self.backend.lock:
            service = self.backend.found_service(request)
            wanted = [one for one in service.task_sets if not names or any(one.named(name) for name in names)]
            missing = [name for name in names if not any(one.named(name) for one in service.task_sets)]
            documents = [_tagged(one.document(service.desired_count), request) for one in wanted]
        return ActionResult(
            {"taskSets": documents, "failures": [{"arn": name, "reason": "MISSING"} for name in missing]}
        )

    def list_tasks(self) -> ActionResult:
        request = self._get_params()
        cluster = self.backend.existing_cluster(request.get("cluster"))
        with self.backend.lock:
            tasks = [one for one in self.backend.task_table.values() if one.cluster_arn == cluster.arn]
            arns = [one.arn for one in tasks if _matches(one, request)]
        return ActionResult(page("taskArns", arns, request))

    def list_task_definitions(self) -> ActionResult:
        request = self._get_params()
        status, family = request.get("status", "ACTIVE"), request.get("familyPrefix")
        known = [one for revisions in self.backend.task_definitions.values() for one in revisions.values()]
        wanted = [one for one in known if one.status == status and family in (None, one.family)]
        wanted.sort(key=lambda one: (one.family, one.revision), reverse=request.get("sort") == "DESC")
        return ActionResult(page("taskDefinitionArns", [one.arn for one in wanted], request))

    def list_task_definition_families(self) -> ActionResult:
        request = self._get_params()
        families = sorted(self.backend.list_task_definition_families(request.get("familyPrefix")))
        return ActionResult(page("families", families, request))

    def describe_tasks(self) -> ActionResult:
        request = self._get_params()
        cluster = self.backend.existing_cluster(request.get("cluster"))
        found, failures = [], []
        with self.backend.lock:
            for name in request["tasks"]:
                task = self.backend.task_table.get(name.rsplit("/", 1)[-1])
                if task and task.cluster_arn == cluster.arn:
                    found.append(_tagged(task.document(), request))
                else:
                    failures.append({"arn": name, "reason": "MISSING"})
        return ActionResult({"tasks": found, "failures": failures})

    def stop_task(self) -> ActionResult:
        request = self._get_params()
        return ActionResult({"task": self.backend.dismiss_task(request)})

    def run_task(self) -> ActionResult:
        raise not_here("tasks without a service")

    def start_task(self) -> ActionResult:
        raise not_here("tasks on container instances")


def _tagged(document: dict[str, Any], request: dict[str, Any]) -> dict[str, Any]:
    """Keep the tags only where the request includes them, as AWS does."""
    return document if "TAGS" in (request.get("include") or []) else {**document, "tags": []}


def _matches(task: Task, request: dict[str, Any]) -> bool:
    service = (request.get("serviceName") or task.service_name).rsplit("/", 1)[-1]
    return (
        task.desired_status == (request.get("desiredStatus") or RUNNING)
        and task.service_name == service
        and request.get("family") in (None, task.task_definition.family)
        and request.get("startedBy") in (None, task.task_set_id)
        and request.get("launchType") in (None, task.launch_type)
        and not request.get("containerInstance")
    )

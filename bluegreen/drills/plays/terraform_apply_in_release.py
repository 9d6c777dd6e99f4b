"""A Terraform apply while traffic moves."""

from __future__ import annotations

from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene


def play(scene: Scene) -> None:
    version = scene.good
    running, deployment_id = scene.started(version, "--config", "CodeDeployDefault.ECSLinear10PercentEvery1Minutes")
    scene.until_event(deployment_id, "AllowTraffic")
    scene.mark("terraform apply")
    added = scene.place.terraform.apply()
    scene.mark(f"terraform apply has ended: {added} resources added")
    scene.promise("Terraform added nothing", added == 0, added)
    scene.succeeded(running.wait(), version)
    changes = scene.place.terraform.plan()
    scene.promise("the plan is clean", not changes, ", ".join(changes) or "no changes")


DRILL = Drill(
    name="terraform-apply-in-release",
    kind="bad luck",
    purpose="Somebody applies the infrastructure while traffic moves.",
    play=play,
)

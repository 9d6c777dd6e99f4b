"""A good version, in one step."""

from __future__ import annotations

from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene


def play(scene: Scene) -> None:
    outcome = scene.released(scene.good)
    proof = outcome.line_with("hook verdict", "proved", scene.live)
    scene.promise("the hook proved which revision it tested", proof, proof or "no line says so")


DRILL = Drill(name="all-at-once", kind="good release", purpose="A good version is released in one step.", play=play)

"""Where moto finds ECS's operations."""

from moto.ecs.urls import url_bases

from .responses import LoopbackECSResponse

__all__ = ["url_bases", "url_paths"]

url_paths = {"{0}/$": LoopbackECSResponse.dispatch}

"""Where moto's server finds the operations."""

from __future__ import annotations

from moto.applicationautoscaling.urls import url_bases

from .responses import LoopbackApplicationAutoScalingResponse

url_paths = {"{0}/$": LoopbackApplicationAutoScalingResponse.dispatch}

__all__ = ["url_bases", "url_paths"]

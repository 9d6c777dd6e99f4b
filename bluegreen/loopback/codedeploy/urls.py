"""Where moto's server finds CodeDeploy's operations."""

from __future__ import annotations

from moto.codedeploy.urls import url_bases

from .responses import LoopbackCodeDeployResponse

url_paths = {"{0}/$": LoopbackCodeDeployResponse.dispatch}

__all__ = ["url_bases", "url_paths"]

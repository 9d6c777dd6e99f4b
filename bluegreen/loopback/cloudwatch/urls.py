"""Where moto's server finds CloudWatch's operations."""

from __future__ import annotations

from moto.cloudwatch.urls import url_bases

from .responses import LoopbackCloudWatchResponse

url_paths = {"{0}/$": LoopbackCloudWatchResponse.dispatch}

__all__ = ["url_bases", "url_paths"]

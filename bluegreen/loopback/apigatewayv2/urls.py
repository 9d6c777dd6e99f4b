"""Where moto's server finds the operations: the same place as in moto."""

from moto.apigatewayv2.urls import url_bases, url_paths

__all__ = ["url_bases", "url_paths"]

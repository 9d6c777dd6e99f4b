"""Where moto's server finds the operations: the same places as in moto, with our answers."""

from moto.awslambda.urls import url_bases
from moto.awslambda.urls import url_paths as places

from .responses import LoopbackLambdaResponse

__all__ = ["url_bases", "url_paths"]

url_paths = dict.fromkeys(places, LoopbackLambdaResponse.dispatch)

"""Where moto finds IAM's operations: all of them are its own."""

from moto.iam.urls import url_bases, url_paths

__all__ = ["url_bases", "url_paths"]

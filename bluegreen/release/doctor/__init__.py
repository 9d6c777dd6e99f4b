"""Looks, before a release, at what would make it fail: one check a file, each with what to do about it."""

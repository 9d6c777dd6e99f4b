"""Drills: bad versions, and failures of every part during a release, under visitors; each is checked."""

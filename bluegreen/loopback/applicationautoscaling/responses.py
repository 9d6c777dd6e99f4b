"""The operations that moto lacks: tags."""

from __future__ import annotations

import json

from moto.applicationautoscaling.models import applicationautoscaling_backends
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

from .models import LoopbackApplicationAutoScalingBackend


class LoopbackApplicationAutoScalingResponse(ApplicationAutoScalingResponse):
    """From HTTP to the backend and back."""

    @property
    def applicationautoscaling_backend(self) -> LoopbackApplicationAutoScalingBackend:
        """The backend of the request's account and region."""
        backend = applicationautoscaling_backends[self.current_account][self.region]
        if not isinstance(backend, LoopbackApplicationAutoScalingBackend):
            raise TypeError("moto's own backend is in place: call install() before the first request")
        return backend

    def register_scalable_target(self) -> str:
        """RegisterScalableTarget: its tags are those of a new target."""
        answer = super().register_scalable_target()
        if tags := self._get_param("Tags"):
            self.applicationautoscaling_backend.tags_of(json.loads(answer)["ScalableTargetARN"]).update(tags)
        return answer

    def list_tags_for_resource(self) -> str:
        """ListTagsForResource."""
        return json.dumps({"Tags": self.applicationautoscaling_backend.tags_of(self._get_param("ResourceARN"))})

    def tag_resource(self) -> str:
        """TagResource."""
        self.applicationautoscaling_backend.tags_of(self._get_param("ResourceARN")).update(self._get_param("Tags"))
        return json.dumps({})

    def untag_resource(self) -> str:
        """UntagResource; a key that is not there is left alone."""
        tags = self.applicationautoscaling_backend.tags_of(self._get_param("ResourceARN"))
        for key in self._get_param("TagKeys"):
            tags.pop(key, None)
        return json.dumps({})

"""The service as it answers and as the account describes it."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from dataclasses import dataclass

from bluegreen.release_target import ReleaseTarget, parameter_name
from bluegreen.settings import Settings

from .stage import Stage, StageError

ANSWER_LIMIT = 60.0


@dataclass(frozen=True)
class Live:
    """One live service."""

    stage: Stage
    target: ReleaseTarget

    @classmethod
    def of(cls, stage: Stage, settings: Settings) -> Live:
        """Find the service of `settings` through the release target that Terraform published."""
        name = parameter_name(settings.name, settings.service_name)
        parameter = stage.client("ssm").get_parameter(Name=name)["Parameter"]
        return cls(stage, ReleaseTarget.from_json(parameter["Value"]))

    @property
    def url(self) -> str:
        """The API's URL, without a path."""
        return self.target.api_url.rstrip("/")

    def revision(self) -> str:
        """Return `family:revision` of the primary task set."""
        answer = self.stage.client("ecs").describe_services(cluster=self.target.cluster, services=[self.target.service])
        return answer["services"][0]["taskDefinition"].rsplit("/", 1)[-1]

    def get(self, path: str, *, expected: str) -> str:
        """Ask until the answer contains `expected`, at most a minute, and return the last answer's body."""
        deadline = time.monotonic() + ANSWER_LIMIT
        body = ""
        while expected not in body and time.monotonic() < deadline:
            body = self._get(path)
            time.sleep(0.0 if expected in body else 0.2)
        return body

    def _get(self, path: str) -> str:
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as response:
                return response.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            return f"{error.code} {error.reason}"
        except OSError as error:
            raise StageError(f"{self.url}{path} does not answer: {error}") from error

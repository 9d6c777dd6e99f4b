"""From HTTP to invocations, where moto does not do it itself."""

from __future__ import annotations

from typing import Any

from moto.awslambda.responses import LambdaResponse


class LoopbackLambdaResponse(LambdaResponse):
    """moto's answers; it looks for an invocation's qualifier in lower case, and the API has `Qualifier`."""

    def invoke(self, *arguments: Any, **named: Any) -> Any:
        if "Qualifier" in self.querystring:
            self.querystring["qualifier"] = self.querystring["Qualifier"]
        return super().invoke(*arguments, **named)

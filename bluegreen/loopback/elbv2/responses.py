"""ELB's operations that describe what there is, in pages; the others stay moto's."""

from __future__ import annotations

from moto.core.responses import ActionResult
from moto.elbv2.exceptions import ListenerOrBalancerMissingError
from moto.elbv2.responses import ELBV2Response

from .paging import page


class LoopbackELBv2Response(ELBV2Response):
    """Each public method is the operation of its name.

    moto pages load balancers and rules, by 50 where AWS has 400, and neither target groups nor listeners.
    """

    def describe_load_balancers(self) -> ActionResult:
        request = self._get_params()
        found = self.elbv2_backend.describe_load_balancers(request.get("LoadBalancerArns"), request.get("Names"))
        return ActionResult(page("LoadBalancers", found, request))

    def describe_target_groups(self) -> ActionResult:
        request = self._get_params()
        balancer, arns = request.get("LoadBalancerArn"), request.get("TargetGroupArns") or []
        found = self.elbv2_backend.describe_target_groups(balancer, arns, request.get("Names"))
        return ActionResult(page("TargetGroups", found, request))

    def describe_listeners(self) -> ActionResult:
        request = self._get_params()
        balancer, arns = request.get("LoadBalancerArn"), request.get("ListenerArns") or []
        if not balancer and not arns:
            raise ListenerOrBalancerMissingError
        return ActionResult(page("Listeners", self.elbv2_backend.describe_listeners(balancer, arns), request))

    def describe_rules(self) -> ActionResult:
        request = self._get_params()
        found = self.elbv2_backend.describe_rules(request.get("ListenerArn"), request.get("RuleArns"))
        return ActionResult(page("Rules", found, request))

"""What PutMetricAlarm and PutCompositeAlarm refuse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from moto.cloudwatch.exceptions import InvalidParameterCombination, InvalidParameterValue, ValidationError

from .alarm_rule import RuleError, parse
from .datum import is_statistic
from .evaluation import COMPARISONS, Missing

SHORT_PERIODS = (10, 20, 30)
LONGEST_RANGE = 7 * 86_400  # seconds; a day where the period is shorter than an hour
HOUR, DAY = 3600, 86_400


def check(members: Mapping[str, Any]) -> None:
    """Raise what CloudWatch answers to an alarm that cannot be; say so where the loopback cannot evaluate it.

    Raises:
        ValidationError, InvalidParameterValue, InvalidParameterCombination: with the reason.
    """
    if members.get("rule") is not None:
        _check_rule(members["rule"])
        return
    if members.get("metric_data_queries") or members.get("threshold_metric_id"):
        raise ValidationError("The loopback evaluates alarms on one metric, not on metric math or anomaly detection")
    _check_statistic(members)
    _check_condition(members)
    _check_periods(int(members.get("period") or 0), int(members.get("evaluation_periods") or 0))


def _check_rule(rule: str) -> None:
    try:
        parse(rule)
    except RuleError as error:
        raise ValidationError(f"Invalid AlarmRule: {error}") from error


def _check_statistic(members: Mapping[str, Any]) -> None:
    for name in ("namespace", "metric_name", "threshold"):
        if members.get(name) is None:
            raise ValidationError(f"The parameter {_spelled(name)} must be specified")
    words = [word for word in (members.get("statistic"), members.get("extended_statistic")) if word]
    if len(words) != 1:
        raise InvalidParameterCombination("Exactly one of Statistic and ExtendedStatistic must be specified")
    if not is_statistic(words[0]):
        raise InvalidParameterValue(f"The statistic {words[0]} is not supported")


def _check_condition(members: Mapping[str, Any]) -> None:
    if members.get("comparison_operator") not in COMPARISONS:
        raise ValidationError(
            f"The comparison {members.get('comparison_operator')} is none of {', '.join(COMPARISONS)}"
        )
    missing = members.get("treat_missing_data")
    if missing and missing not in list(Missing):
        raise ValidationError(f"Option {missing} is not supported. Supported options are {', '.join(Missing)}.")
    needed = members.get("datapoints_to_alarm")
    if needed is not None and not 1 <= int(needed) <= int(members.get("evaluation_periods") or 0):
        raise ValidationError("DatapointsToAlarm must be between 1 and EvaluationPeriods")


def _check_periods(period: int, periods: int) -> None:
    if period not in SHORT_PERIODS and (period < 60 or period % 60):
        raise ValidationError("Metric period must be 10, 20, 30 or a multiple of 60")
    if periods < 1:
        raise ValidationError("EvaluationPeriods must be at least 1")
    longest = LONGEST_RANGE if period >= HOUR else DAY
    if period * periods > longest:
        raise ValidationError(f"Metrics cannot be checked across more than {longest} seconds")


def _spelled(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))

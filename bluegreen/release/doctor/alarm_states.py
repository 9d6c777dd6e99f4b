"""Whether an alarm that stops deployments is red already: it would stop the next one within a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bluegreen.release import alarms

from .finding import Finding, doubtful, sound, wrong

if TYPE_CHECKING:
    from bluegreen.release.alarm_reason import AlarmState

    from .patient import Patient


def look(patient: Patient) -> Finding:
    """Ask CloudWatch for the states of the group's alarms."""
    names = alarms.of_configuration(patient.group().get("alarmConfiguration"))
    return judge(names, alarms.read(patient.clients.cloudwatch, names) if names else ())


def judge(names: tuple[str, ...], found: tuple[AlarmState, ...]) -> Finding:
    """Object to a red one; one that is not there cannot stop a bad release."""
    if not names:
        return sound("the deployment group heeds no alarms")
    red = [one for one in found if one.red]
    if red:
        return wrong(
            "; ".join(one.words for one in red),
            "find out what raised it; one that stays red without new data is reset with "
            f"`aws cloudwatch set-alarm-state --alarm-name {red[0].name} --state-value OK --state-reason checked`",
        )
    absent = sorted(set(names) - {one.name for one in found})
    if absent:
        return doubtful(
            f"the deployment group heeds alarms that are not there: {', '.join(absent)}",
            "make them again, or take them out of the group: nothing can stop a bad release on them",
        )
    return sound(f"none red of {len(names)}: {', '.join(names)}")

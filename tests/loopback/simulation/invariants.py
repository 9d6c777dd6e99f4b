"""The invariants of a history, and when each is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import course_invariants as course
from . import end_invariants as end
from . import rest_invariants as rest
from . import traffic_invariants as traffic
from .world import World

Invariant = Callable[[World], str | None]

AT_WRITES: tuple[Invariant, ...] = (
    traffic.visitors_reach_only_vetted_task_sets,
    traffic.weights_that_the_engine_writes_add_up_to_100,
    traffic.a_shift_keeps_its_timetable,
    traffic.nothing_is_written_without_a_deployment,
    traffic.nobody_deletes_what_serves,
    traffic.a_deployment_makes_one_task_set,
    end.traffic_is_back_when_the_last_status_shows,
    end.a_rollback_follows_where_it_is_configured,
)
AT_STEPS: tuple[Invariant, ...] = (
    traffic.visitors_reach_only_vetted_task_sets,
    traffic.test_traffic_reaches_the_replacement,
    course.a_terminal_deployment_never_changes,
    course.at_most_one_deployment_of_a_group_is_active,
    course.a_status_follows_from_the_one_before,
    course.lifecycle_events_only_move_forward,
    course.the_overview_is_null_until_it_is_over,
    course.a_hook_is_invoked_once_per_event,
    course.an_event_succeeds_only_with_its_hooks_answer,
    course.an_accepted_stop_is_obeyed,
    course.a_red_alarm_is_obeyed,
    course.a_deployment_ends_within_its_limits,
    course.the_engine_never_crashes,
    end.a_rollback_follows_where_it_is_configured,
    end.traffic_is_back_when_the_last_status_shows,
    end.a_rollback_fails_only_for_a_reason,
    end.a_sound_release_succeeds,
)
AT_REST: tuple[Invariant, ...] = (
    rest.primary_and_listener_agree,
    rest.no_task_set_is_left_over,
    rest.nothing_of_the_engine_is_left_over,
)
ALL = dict.fromkeys((*AT_WRITES, *AT_STEPS, *AT_REST))


@dataclass(frozen=True)
class Violation:
    """An invariant that did not hold, by name, and what was found."""

    invariant: str
    found: str

    def __str__(self) -> str:
        return f"{self.invariant}: {self.found}"


def violated(world: World, invariants: tuple[Invariant, ...]) -> Violation | None:
    """Return the first of the invariants that does not hold."""
    for invariant in invariants:
        found = invariant(world)
        if found:
            return Violation(invariant.__name__, found)
    return None

"""Faults put into the engine on purpose, by what they do, and the invariants that are there to notice each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from . import mutants


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """`caught_by` are the invariants of which one has to notice it, first."""

    patch: Callable[[pytest.MonkeyPatch], None]
    caught_by: tuple[str, ...]


MUTATIONS = {
    "status published before the listener is back": Mutation(
        patch=mutants.status_first,
        caught_by=(
            "traffic_is_back_when_the_last_status_shows",
            "a_rollback_follows_where_it_is_configured",
            "nothing_is_written_without_a_deployment",
            "a_terminal_deployment_never_changes",
        ),
    ),
    "late Failed ignored": Mutation(
        patch=mutants.late_failed_ignored,
        caught_by=("an_event_succeeds_only_with_its_hooks_answer", "visitors_reach_only_vetted_task_sets"),
    ),
    "rules forgotten in writing": Mutation(
        patch=mutants.rules_forgotten, caught_by=("primary_and_listener_agree", "nobody_deletes_what_serves")
    ),
    "rules forgotten in reading": Mutation(
        patch=mutants.one_rule_read, caught_by=("primary_and_listener_agree", "nobody_deletes_what_serves")
    ),
    "test listener forgotten in a rollback": Mutation(
        patch=mutants.test_listener_forgotten_in_rollback, caught_by=("traffic_is_back_when_the_last_status_shows",)
    ),
    "test listener forgotten": Mutation(
        patch=mutants.test_traffic_forgotten, caught_by=("test_traffic_reaches_the_replacement",)
    ),
    "shift begun before the hook's answer": Mutation(
        patch=mutants.shift_before_the_answer,
        caught_by=("an_event_succeeds_only_with_its_hooks_answer", "visitors_reach_only_vetted_task_sets"),
    ),
    "one-active check dropped": Mutation(
        patch=mutants.two_at_once, caught_by=("at_most_one_deployment_of_a_group_is_active",)
    ),
    "termination wait not counted as active": Mutation(
        patch=mutants.termination_wait_not_counted, caught_by=("at_most_one_deployment_of_a_group_is_active",)
    ),
    "rollback forgets PRIMARY": Mutation(
        patch=mutants.primary_forgotten_in_rollback,
        caught_by=("traffic_is_back_when_the_last_status_shows", "a_rollback_fails_only_for_a_reason"),
    ),
    "weights 90/20": Mutation(patch=mutants.weights_90_20, caught_by=("weights_that_the_engine_writes_add_up_to_100",)),
    "hook invoked twice": Mutation(patch=mutants.invoked_twice, caught_by=("a_hook_is_invoked_once_per_event",)),
    "terminal deployment altered by a late report": Mutation(
        patch=mutants.late_report_reopens, caught_by=("a_terminal_deployment_never_changes",)
    ),
    "ready wait without limit": Mutation(
        patch=mutants.ready_for_ever, caught_by=("a_deployment_ends_within_its_limits",)
    ),
    "alarm ignored in the shift": Mutation(
        patch=mutants.alarm_ignored_in_the_shift, caught_by=("a_red_alarm_is_obeyed",)
    ),
    "retry without end": Mutation(patch=mutants.retry_for_ever, caught_by=("a_deployment_ends_within_its_limits",)),
    "no retry": Mutation(
        patch=mutants.no_retry, caught_by=("a_sound_release_succeeds", "a_rollback_fails_only_for_a_reason")
    ),
    "interval cut short": Mutation(patch=mutants.interval_skipped, caught_by=("a_shift_keeps_its_timetable",)),
    "original deleted without the wait": Mutation(
        patch=mutants.original_deleted_at_once, caught_by=("nobody_deletes_what_serves",)
    ),
    "replacement left over by a rollback": Mutation(
        patch=mutants.replacement_left_over, caught_by=("no_task_set_is_left_over",)
    ),
    "stop ignored in the termination wait": Mutation(
        patch=mutants.stop_ignored_in_the_wait, caught_by=("an_accepted_stop_is_obeyed",)
    ),
    "leftover traffic kept on the replacement's group": Mutation(
        patch=mutants.leftover_kept, caught_by=("visitors_reach_only_vetted_task_sets",)
    ),
    "never rolled back": Mutation(
        patch=mutants.never_rolled_back, caught_by=("a_rollback_follows_where_it_is_configured",)
    ),
    "second task set after a lost answer": Mutation(
        patch=mutants.lost_answer_makes_two, caught_by=("a_deployment_makes_one_task_set",)
    ),
    "generators kept": Mutation(patch=mutants.generators_stay, caught_by=("nothing_of_the_engine_is_left_over",)),
    "overview early": Mutation(patch=mutants.overview_early, caught_by=("the_overview_is_null_until_it_is_over",)),
    "Ready shown after the wait": Mutation(
        patch=mutants.ready_shown_too_long, caught_by=("a_status_follows_from_the_one_before",)
    ),
    "skipped events read Succeeded": Mutation(
        patch=mutants.skipped_events_succeed, caught_by=("lifecycle_events_only_move_forward",)
    ),
    "listener set back after a success": Mutation(
        patch=mutants.listener_back_after_success, caught_by=("primary_and_listener_agree",)
    ),
}

from datetime import UTC, datetime

from bluegreen.release import service


def test_only_events_since_the_deployment_began_count_oldest_first() -> None:
    def at(hour: int) -> dict[str, object]:
        return {"createdAt": datetime(2026, 11, 22, hour, tzinfo=UTC), "message": str(hour)}

    events = [at(3), at(2), at(1)]
    assert service.events_since({"events": events}, datetime(2026, 11, 22, 2, tzinfo=UTC)) == ("2", "3")


def test_the_primary_task_sets_revision_is_live_not_the_services_own() -> None:
    task_sets = [{"status": "ACTIVE", "taskDefinition": "new"}, {"status": "PRIMARY", "taskDefinition": "old"}]
    assert service.live_revision({"taskDefinition": "first", "taskSets": task_sets}) == "old"

from botocore.exceptions import ClientError

from bluegreen.release.evidence import Evidence


def denied() -> tuple[str, ...]:
    raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": "not authorized"}}, "FilterLogEvents")


def test_what_may_be_read_is_returned() -> None:
    evidence = Evidence()
    assert evidence.read(lambda: ("found",), ()) == ("found",)
    assert not evidence.notes


def test_what_may_not_be_read_is_noted_once_and_hides_nothing() -> None:
    evidence = Evidence()
    assert evidence.read(denied, ("otherwise",)) == ("otherwise",)
    evidence.read(denied, ())
    assert list(evidence.notes) == ["the credentials may not call FilterLogEvents: not authorized"]

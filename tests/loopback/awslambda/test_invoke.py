"""Functions as their callers see them: real processes on a real runtime API."""

from __future__ import annotations

import base64
import json
import time

import pytest
from botocore.exceptions import ClientError


def test_a_function_answers_its_caller(functions, deploy) -> None:
    name = deploy("answer({'got': event, 'color': os.environ['COLOR']})")

    answer = functions.invoke(FunctionName=name, Payload=b'{"n": 1}', LogType="Tail")

    assert answer["StatusCode"] == 200
    assert json.loads(answer["Payload"].read()) == {"got": {"n": 1}, "color": "Green"}
    assert "FunctionError" not in answer
    assert b"START RequestId: " in base64.b64decode(answer["LogResult"])


def test_an_event_is_accepted_at_once_and_handled_later(functions, deploy, log_of, eventually) -> None:
    name = deploy("time.sleep(0.5)\nprint('handled', event['n'], flush=True)\nanswer(None)")

    answer = functions.invoke(FunctionName=name, InvocationType="Event", Payload=b'{"n": 7}')

    assert answer["StatusCode"] == 202
    assert "handled 7" not in log_of(name)
    eventually(lambda: any(line.startswith("REPORT") for line in log_of(name)))
    first, said, end, report = log_of(name)
    assert first.startswith("START RequestId: ")
    assert said == "handled 7"
    assert end.startswith("END RequestId: ")
    assert "Memory Size: 256 MB" in report


def test_the_runtime_api_tells_the_deadline_and_the_functions_arn(functions, deploy) -> None:
    name = deploy("answer([headers['Lambda-Runtime-Deadline-Ms'], headers['Lambda-Runtime-Invoked-Function-Arn']])")

    before = time.time()
    deadline, arn = json.loads(functions.invoke(FunctionName=name)["Payload"].read())

    assert before * 1000 + 5000 - 10 <= int(deadline) <= time.time() * 1000 + 5000
    assert arn == f"arn:aws:lambda:us-east-1:123456789012:function:{name}"


def test_a_function_that_exceeds_its_timeout_is_ended(functions, deploy, log_of) -> None:
    name = deploy("print('slow', flush=True)\ntime.sleep(60)", timeout=1)

    before = time.monotonic()
    answer = functions.invoke(FunctionName=name)

    assert time.monotonic() - before < 4
    assert answer["FunctionError"] == "Unhandled"
    assert json.loads(answer["Payload"].read())["errorType"] == "Sandbox.Timedout"
    assert any("Task timed out after 1.00 seconds" in line for line in log_of(name))


def test_a_function_that_exits_is_a_function_error_with_its_last_words(functions, deploy, log_of) -> None:
    name = deploy("print('panicked', flush=True)\nsys.exit(101)")

    answer = functions.invoke(FunctionName=name)

    assert answer["FunctionError"] == "Unhandled"
    assert "exit status 101" in json.loads(answer["Payload"].read())["errorMessage"]
    assert "panicked" in log_of(name)


def test_an_error_that_the_handler_reports_is_the_answer(functions, deploy) -> None:
    error = '{"errorType": "Bad", "errorMessage": "no"}'
    name = deploy(f"call('POST', '/invocation/' + request + '/error', {error!r})")

    answer = functions.invoke(FunctionName=name)

    assert answer["FunctionError"] == "Unhandled"
    assert json.loads(answer["Payload"].read()) == json.loads(error)


@pytest.mark.parametrize(
    ("fault", "words"),
    [({"name": "main"}, "no `bootstrap`"), ({"mode": 0o644}, "Permission denied")],
)
def test_a_package_that_cannot_run_says_why(functions, deploy, package, fault, words) -> None:
    name = deploy("", archive=package("pass", **fault))

    answer = functions.invoke(FunctionName=name)

    assert answer["FunctionError"] == "Unhandled"
    assert words in json.loads(answer["Payload"].read())["errorMessage"]


def test_an_unknown_function_is_not_found(functions) -> None:
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        functions.invoke(FunctionName="CodeDeployHook_nobody")


def test_a_payload_that_is_not_json_is_refused(functions, deploy) -> None:
    name = deploy("answer(1)")

    with pytest.raises(ClientError, match="InvalidRequestContentException"):
        functions.invoke(FunctionName=name, Payload=b"{")


def test_a_function_is_found_by_its_arn_and_is_active(functions, deploy) -> None:
    name = deploy("answer(1)")
    found = functions.get_function(FunctionName=name)["Configuration"]

    assert found["State"] == "Active"
    assert functions.invoke(FunctionName=found["FunctionArn"])["Payload"].read() == b"1"

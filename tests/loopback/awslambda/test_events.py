"""Asynchronous invocations, versions and aliases, and a function that takes more memory than it has."""

from __future__ import annotations

import json

import pytest
from botocore.exceptions import ClientError


def _starts(lines: list[str]) -> list[str]:
    return [line.split()[2] for line in lines if line.startswith("START")]


def _ends(lines: list[str]) -> int:
    return sum(line.startswith("REPORT") for line in lines)


def test_a_failed_event_is_not_tried_again_by_default(functions, deploy, log_of, eventually, client) -> None:
    name = deploy("sys.exit(1)")
    functions.invoke(FunctionName=name, InvocationType="Event")
    eventually(lambda: _ends(log_of(name)) == 1)
    other = deploy("answer(1)")
    functions.put_function_event_invoke_config(FunctionName=other, MaximumRetryAttempts=2)
    functions.invoke(FunctionName=other, InvocationType="Event")
    eventually(lambda: _ends(log_of(other)) == 1)
    again = deploy("sys.exit(1)")
    functions.put_function_event_invoke_config(FunctionName=again, MaximumRetryAttempts=2)
    functions.invoke(FunctionName=again, InvocationType="Event")
    eventually(lambda: _ends(log_of(again)) == 3)  # two and four seconds later: the others had their chance
    assert len(set(_starts(log_of(again)))) == 1  # every attempt has the same request id
    assert _ends(log_of(name)) == 1
    assert _ends(log_of(other)) == 1


def test_a_caller_who_waits_sees_the_one_attempt(functions, deploy, log_of) -> None:
    name = deploy("sys.exit(1)")
    functions.put_function_event_invoke_config(FunctionName=name, MaximumRetryAttempts=2)
    assert functions.invoke(FunctionName=name)["FunctionError"] == "Unhandled"
    assert _ends(log_of(name)) == 1


def test_versions_and_aliases_are_invoked_by_their_qualified_names(functions, deploy) -> None:
    name = deploy("answer(os.environ['AWS_LAMBDA_FUNCTION_VERSION'])")
    version = functions.publish_version(FunctionName=name)["Version"]
    functions.create_alias(FunctionName=name, Name="live", FunctionVersion=version)
    arn = functions.get_function(FunctionName=name)["Configuration"]["FunctionArn"]
    for qualified in (f"{name}:{version}", f"{name}:live", f"{arn}:live", f"123456789012:function:{name}:live"):
        assert json.loads(functions.invoke(FunctionName=qualified)["Payload"].read()) == version
    assert json.loads(functions.invoke(FunctionName=name, Qualifier="live")["Payload"].read()) == version
    assert json.loads(functions.invoke(FunctionName=name)["Payload"].read()) == "$LATEST"
    with pytest.raises(ClientError, match=f"ResourceNotFoundException.*Function not found: {arn}:nobody"):
        functions.invoke(FunctionName=f"{name}:nobody")


def test_a_function_that_takes_more_memory_than_it_has_is_killed(functions, deploy, log_of) -> None:
    name = deploy("hoard = bytearray(400 * 1024 * 1024)\ntime.sleep(60)", timeout=60)
    answer = functions.invoke(FunctionName=name)
    assert answer["FunctionError"] == "Unhandled"
    error = json.loads(answer["Payload"].read())
    assert error["errorType"] == "Runtime.ExitError"
    assert error["errorMessage"].endswith("Error: Runtime exited with error: signal: killed")
    assert "Max Memory Used: 256 MB" in log_of(name)[-1]

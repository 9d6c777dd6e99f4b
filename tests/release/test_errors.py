import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError

from bluegreen.release.errors import ReleaseError, in_one_line


def refused(code: str, message: str = "words") -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, "CreateDeployment")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("ExpiredTokenException", "the AWS credentials have expired"),
        ("ExpiredToken", "the AWS credentials have expired"),
        ("UnrecognizedClientException", "AWS does not accept these credentials"),
        ("InvalidClientTokenId", "AWS does not accept these credentials"),
        ("AccessDeniedException", "the credentials may not call CreateDeployment: words"),
        ("com.amazonaws#AccessDeniedException", "the credentials may not call CreateDeployment: words"),
        ("ThrottlingException", "AWS throttles CreateDeployment"),
        ("InvalidRoleException", "AWS refused CreateDeployment: words (InvalidRoleException)"),
    ],
)
def test_what_aws_refuses_is_said_in_one_line(code: str, words: str) -> None:
    assert in_one_line(refused(code)).startswith(words)


def test_lines_are_joined() -> None:
    assert in_one_line(ReleaseError("one\n  two")) == "one two"


def test_no_endpoint_names_the_url() -> None:
    assert "http://127.0.0.1:1" in in_one_line(EndpointConnectionError(endpoint_url="http://127.0.0.1:1"))


def test_no_credentials_says_how_to_get_them() -> None:
    assert in_one_line(NoCredentialsError()).startswith("no AWS credentials found")


def test_an_error_that_nobody_foresaw_says_how_to_see_where() -> None:
    assert in_one_line(KeyError("x")) == "unexpected KeyError: 'x' (`bluegreen --debug …` shows where)"

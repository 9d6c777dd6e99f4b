"""AWS's client, made to speak CBOR as the SDKs of other languages do already."""

from __future__ import annotations

import base64
import copy
import json
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import botocore.session
import pytest
import werkzeug.test
from botocore.model import Shape
from botocore.parsers import RpcV2CBORParser
from botocore.serialize import RpcV2CBORSerializer

from bluegreen.loopback.cbor import Cbor
from bluegreen.loopback.cbor.reading import in_json
from bluegreen.loopback.server import Loopback
from tests.loopback.codedeploy.service_model import watch

CBOR = "smithy-rpc-v2-cbor"
SIGNED = "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/{}/aws4_request, SignedHeaders=host, Signature=0"

Client = Callable[..., Any]


@pytest.fixture(scope="module")
def client(loopback: Loopback) -> Client:
    """Return a function that makes the client of a service, which speaks one protocol."""

    def make(service: str, protocol: str = CBOR) -> Any:
        session = botocore.session.Session()
        loader = session.get_component("data_loader")
        model = copy.deepcopy(loader.load_service_model(service, "service-2"))
        model["metadata"] |= {"protocol": protocol, "protocols": [protocol]}
        session.register_component("data_loader", _Loader(loader, service, model))
        made = session.create_client(
            service,
            region_name="us-east-1",
            endpoint_url=loopback.endpoint,
            aws_access_key_id="any",
            aws_secret_access_key="any",
        )
        assert made.meta.service_model.resolved_protocol == protocol
        if service == "codedeploy":
            watch(made)
        return made

    return make


class _Loader:
    """botocore's loader, with another model of one service."""

    def __init__(self, loader: Any, service: str, model: Any) -> None:
        self._loader, self._service, self._model = loader, service, model

    def load_service_model(self, service: str, type_name: str, api_version: str | None = None) -> Any:
        if (service, type_name) == (self._service, "service-2"):
            return self._model
        return self._loader.load_service_model(service, type_name, api_version)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)


def test_both_protocols_tell_the_same(client: Client) -> None:
    cbor, json = client("codedeploy"), client("codedeploy", "json")
    before = datetime.now(UTC)
    made = cbor.create_application(applicationName="a", computePlatform="ECS", tags=[{"Key": "k", "Value": "ü"}])
    application = cbor.get_application(applicationName="a")["application"]
    assert application == json.get_application(applicationName="a")["application"]
    assert application["applicationId"] == made["applicationId"]
    assert before <= application["createTime"] <= datetime.now(UTC)
    assert application["linkedToGitHub"] is False


def test_an_operation_without_an_answer(client: Client) -> None:
    codedeploy = client("codedeploy")
    codedeploy.create_application(applicationName="gone", computePlatform="ECS")
    answer = codedeploy.delete_application(applicationName="gone")
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    headers = answer["ResponseMetadata"]["HTTPHeaders"]
    assert (headers["smithy-protocol"], headers["content-length"]) == ("rpc-v2-cbor", "0")
    assert "content-type" not in headers


def test_a_modelled_error_has_its_class_and_its_message(client: Client) -> None:
    codedeploy = client("codedeploy")
    with pytest.raises(codedeploy.exceptions.DeploymentDoesNotExistException) as refusal:
        codedeploy.get_deployment(deploymentId="d-000000000")
    assert refusal.value.response["Error"]["Message"] == "The deployment d-000000000 could not be found"


def test_a_timestamp_in_a_request_is_a_time(client: Client) -> None:
    codedeploy = client("codedeploy")
    span = {"start": datetime(2026, 1, 2, tzinfo=UTC), "end": datetime(2026, 1, 1, tzinfo=UTC)}
    with pytest.raises(codedeploy.exceptions.InvalidTimeRangeException):
        codedeploy.list_deployments(createTimeRange=span)


def test_cloudwatch_takes_metrics_and_alarms(client: Client) -> None:
    cloudwatch = client("cloudwatch")
    at = datetime(2026, 1, 1, 12, 30, tzinfo=UTC)
    cloudwatch.put_metric_data(Namespace="n", MetricData=[{"MetricName": "m", "Value": 1.5, "Timestamp": at}])
    cloudwatch.put_metric_alarm(
        AlarmName="x",
        ComparisonOperator="GreaterThanThreshold",
        EvaluationPeriods=1,
        MetricName="m",
        Namespace="n",
        Period=60,
        Statistic="Sum",
        Threshold=0.5,
    )
    (alarm,) = cloudwatch.describe_alarms(AlarmNames=["x"])["MetricAlarms"]
    assert (alarm["Threshold"], alarm["Period"]) == (0.5, 60)
    assert isinstance(alarm["StateUpdatedTimestamp"], datetime)
    cloudwatch.delete_alarms(AlarmNames=["x"])
    assert cloudwatch.describe_alarms(AlarmNames=["x"])["MetricAlarms"] == []


def test_a_long_request_comes_compressed(client: Client) -> None:
    cloudwatch = client("cloudwatch")
    data = [
        {"MetricName": "long", "Dimensions": [{"Name": "d", "Value": str(one)}], "Value": 1.0} for one in range(900)
    ]
    cloudwatch.put_metric_data(Namespace="compressed", MetricData=data)
    assert cloudwatch.list_metrics(Namespace="compressed")["Metrics"]


def test_an_error_of_cloudwatch_is_its_own(client: Client) -> None:
    cloudwatch = client("cloudwatch")
    with pytest.raises(cloudwatch.exceptions.ResourceNotFound):
        cloudwatch.set_alarm_state(AlarmName="nowhere", StateValue="OK", StateReason="r")


def test_a_blob_is_the_bytes_it_was() -> None:
    """No service that is in moto has blobs both ways, so the service here is a page of this test."""
    model = botocore.session.Session().get_service_model("cloudwatch")
    widget, image = '{"metrics": []}', b"\x89PNG\x00\xff"
    seen: list[dict[str, Any]] = []

    def service(environ: Any, start_response: Any) -> list[bytes]:
        seen.append(json.load(environ["wsgi.input"]))
        start_response("200 OK", [("Content-Type", "application/x-amz-json-1.0"), ("x-amzn-RequestId", "r")])
        return [json.dumps({"MetricWidgetImage": base64.b64encode(image).decode()}).encode()]

    operation = model.operation_model("GetMetricWidgetImage")
    request = RpcV2CBORSerializer().serialize_to_request({"MetricWidget": widget}, operation)
    headers = {**request["headers"], "Authorization": SIGNED.format("monitoring")}
    page = werkzeug.test.Client(Cbor(service)).post(request["url_path"], data=request["body"], headers=headers)
    answer = {"body": page.data, "headers": {}, "status_code": page.status_code}
    assert operation.output_shape
    assert RpcV2CBORParser().parse(answer, operation.output_shape)["MetricWidgetImage"] == image
    assert page.headers["x-amzn-RequestId"] == "r"
    assert seen == [{"MetricWidget": widget}]


def test_a_blob_of_a_request_is_base64_inside() -> None:
    model = botocore.session.Session().get_service_model("acm-pca")
    operation = model.operation_model("IssueCertificate")
    members = {"Csr": b"\x00\xff", "Validity": {"Value": 1, "Type": "DAYS"}}
    request = RpcV2CBORSerializer().serialize_to_request(members, operation)
    environ = werkzeug.test.EnvironBuilder(method="POST", data=request["body"]).get_environ()
    assert json.load(in_json(environ, operation)["wsgi.input"])["Csr"] == "AP8="


def test_what_the_loopback_lacks_is_said_in_cbor(client: Client) -> None:
    cloudwatch = client("cloudwatch")
    with pytest.raises(cloudwatch.exceptions.ClientError, match="NotImplementedByLoopback"):
        cloudwatch.list_metric_streams()


@pytest.mark.parametrize(
    ("path", "service", "body", "code"),
    [
        ("CodeDeploy_20141006/operation/Nonsense", "codedeploy", b"\xa0", "UnknownOperationException"),
        ("Nonsense/operation/GetDeployment", "codedeploy", b"\xa0", "UnknownOperationException"),
        ("CodeDeploy_20141006/operation/GetDeployment", "nonsense", b"\xa0", "UnknownOperationException"),
        ("AmazonEC2ContainerServiceV20141113/operation/ListClusters", "ecs", b"\xa0", "UnknownOperationException"),
        ("CodeDeploy_20141006/operation/GetDeployment", "codedeploy", b"\xff\x00", "SerializationException"),
        ("CodeDeploy_20141006/operation/GetDeployment", "codedeploy", b"\xbb" + b"\x7f" * 8, "SerializationException"),
        ("CodeDeploy_20141006/operation/GetDeployment", "codedeploy", b"\x7b" + b"\x7f" * 8, "SerializationException"),
        ("CodeDeploy_20141006/operation/GetDeployment", "codedeploy", b"\x81" * 99_999, "SerializationException"),
        ("CodeDeploy_20141006/operation/GetDeployment", "codedeploy", b"\xa1\x80\x00", "SerializationException"),
        ("CodeDeploy_20141006/operation/GetDeployment", "codedeploy", b"\x80", "SerializationException"),
        ("CodeDeploy_20141006/operation/GetDeployment", "codedeploy", b"", "DeploymentIdRequiredException"),
        (
            "CodeDeploy_20141006/operation/GetDeployment",
            "codedeploy",
            b"\x5a\x00\x60\x00\x00" + bytes(6 << 20),
            "RequestEntityTooLargeException",
        ),
    ],
)
def test_what_is_no_request_is_refused_in_cbor(
    loopback: Loopback, path: str, service: str, body: bytes, code: str
) -> None:
    headers = {"smithy-protocol": "rpc-v2-cbor", "Authorization": SIGNED.format(service)}
    request = urllib.request.Request(f"{loopback.endpoint}/service/{path}", body, headers)
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(request, timeout=10)
    assert refusal.value.code in {400, 413}
    assert refusal.value.headers["smithy-protocol"] == "rpc-v2-cbor"
    assert refusal.value.headers["Content-Type"] == "application/cbor"
    answer = {"body": refusal.value.read(), "headers": {}, "status_code": refusal.value.code}
    assert RpcV2CBORParser().parse(answer, Shape("any", {"type": "structure"}))["Error"]["Code"] == code

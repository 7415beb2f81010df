"""Made-up logs of any length for measuring: the same bytes for the same arguments, every record different."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import msgspec

ACCOUNT = "111122223333"
BEGIN = dt.datetime(2025, 3, 3, tzinfo=dt.UTC)
_CALLS = (
    ("s3", "GetObject", "bucketName key"), ("s3", "PutObject", "bucketName key"), ("s3", "ListObjects", "bucketName"), ("sts", "AssumeRole", "roleArn roleSessionName"),
    ("ec2", "DescribeInstances", "instancesSet"), ("ec2", "RunInstances", "instancesSet imageId"), ("ec2", "AuthorizeSecurityGroupIngress", "groupId ipPermissions"),
    ("iam", "ListAttachedRolePolicies", "roleName"), ("iam", "PutRolePolicy", "roleName policyDocument"), ("kms", "Decrypt", "keyId encryptionContext"),
    ("lambda", "UpdateFunctionCode20150331v2", "functionName"), ("dynamodb", "GetItem", "tableName key"), ("logs", "CreateLogStream", "logGroupName logStreamName"),
    ("secretsmanager", "GetSecretValue", "secretId"), ("monitoring", "GetMetricData", "metricDataQueries"),
)
_AGENTS = (
    "aws-cli/2.15.30 md/awscrt#0.19.19 ua/2.0 os/linux#5.15 md/arch#x86_64 lang/python#3.11.8 cfg/retry-mode#standard command/{}", "Boto3/1.34.69 md/Botocore#1.34.69",
    "APN/1.0 HashiCorp/1.0 Terraform/1.7.5 (+https://www.terraform.io) aws-sdk-go-v2/1.26.0 os/linux lang/go#1.21.8", "autoscaling.amazonaws.com",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/122.0 Safari/537.36",
)
_POLICY = '{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::bucket-{0}","arn:aws:s3:::bucket-{0}/*"]}}]}}'


def cloudtrail(n: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Records as AWS writes them, evenly over a week and in order of time; about 1.9 kB each."""
    rng = Random(seed)
    for i in range(n):
        at = BEGIN + dt.timedelta(seconds=int(i * 7 * 86_400 / n))
        service, operation, names = rng.choice(_CALLS)
        agent = rng.choice(_AGENTS).replace("{}", f"{service}.{operation.lower()}")
        address = agent if agent.endswith("amazonaws.com") else f"198.51.100.{rng.randrange(256)}"
        failed = {"errorCode": "AccessDenied", "errorMessage": f"User is not authorized to perform: {service}:{operation}"} if rng.random() < 0.06 else {}
        yield {
            "eventVersion": "1.09", "userIdentity": _identity(rng, at), "eventTime": _second(at), "eventSource": f"{service}.amazonaws.com", "eventName": operation,
            "awsRegion": rng.choice(("us-east-1", "eu-central-1")), "sourceIPAddress": address, "userAgent": agent, **failed,
            "requestParameters": {name: _parameter(rng, name) for name in names.split()},
            "responseElements": None if failed or operation.startswith(("Get", "List", "Describe")) else _response(rng),
            "additionalEventData": {
                "SignatureVersion": "SigV4", "CipherSuite": "TLS_AES_128_GCM_SHA256", "bytesTransferredIn": 0, "AuthenticationMethod": "AuthHeader",
                "x-amz-id-2": _letters(rng, 76), "bytesTransferredOut": rng.randrange(90_000),
            },
            "requestID": _uuid(rng), "eventID": _uuid(rng), "readOnly": operation.startswith(("Get", "List", "Describe")),
            "resources": [{"accountId": ACCOUNT, "type": "AWS::S3::Object", "ARN": f"arn:aws:s3:::bucket-{rng.randrange(400)}/{_letters(rng, 30)}"}],
            "eventType": "AwsApiCall", "managementEvent": service != "s3", "recipientAccountId": ACCOUNT, "eventCategory": "Management" if service != "s3" else "Data",
            "tlsDetails": {"tlsVersion": "TLSv1.3", "cipherSuite": "TLS_AES_128_GCM_SHA256", "clientProvidedHostHeader": f"{service}.us-east-1.amazonaws.com"},
        }


def _identity(rng: Random, at: dt.datetime) -> dict[str, Any]:
    role, principal = f"role-{rng.randrange(150)}", f"AROA{_letters(rng, 17).upper()}"
    session = f"session-{rng.randrange(5000)}"
    return {
        "type": "AssumedRole", "principalId": f"{principal}:{session}", "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/{role}/{session}", "accountId": ACCOUNT,
        "accessKeyId": f"ASIA{_letters(rng, 16).upper()}",
        "sessionContext": {
            "sessionIssuer": {"type": "Role", "principalId": principal, "arn": f"arn:aws:iam::{ACCOUNT}:role/{role}", "accountId": ACCOUNT, "userName": role},
            "webIdFederationData": {}, "attributes": {"creationDate": _second(at - dt.timedelta(minutes=20)), "mfaAuthenticated": "false"},
        },
    }


def _parameter(rng: Random, name: str) -> Any:
    if name == "policyDocument":
        return _POLICY.format(rng.randrange(400))
    if name == "instancesSet":
        return {"items": [{"instanceId": f"i-{rng.getrandbits(68):017x}", "minCount": 1, "maxCount": 1} for _ in range(rng.randrange(1, 6))]}
    if name == "ipPermissions":
        return {"items": [{"ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "ipRanges": {"items": [{"cidrIp": f"203.0.113.{rng.randrange(256)}/32"}]}}]}
    if name in ("encryptionContext", "metricDataQueries"):
        return [{"id": _letters(rng, 8), "stat": "Average", "period": 300, "label": _letters(rng, 20)} for _ in range(rng.randrange(1, 5))]
    return f"{name}-{_letters(rng, 24)}"


def _response(rng: Random) -> dict[str, Any]:
    return {
        "credentials": {"accessKeyId": f"ASIA{_letters(rng, 16).upper()}", "sessionToken": _letters(rng, 360), "expiration": "Mar 10, 2025, 10:00:00 AM"},
        "assumedRoleUser": {"assumedRoleId": f"AROA{_letters(rng, 17).upper()}:work", "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/other/work"},
    }


def _second(at: dt.datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _letters(rng: Random, n: int) -> str:
    return f"{rng.getrandbits(4 * n):0{n}x}"


def _uuid(rng: Random) -> str:
    h = _letters(rng, 32)
    return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"


def write_trail(folder: Path, files: int, n: int) -> int:
    """`n` records in that many deliveries of `Records[]`, packed; returns their size before packing."""
    folder.mkdir(parents=True)
    made, size = cloudtrail(n), 0
    for i in range(files):
        count = (i + 1) * n // files - i * n // files
        data = b'{"Records":[' + b",".join(msgspec.json.encode(next(made)) for _ in range(count)) + b"]}"
        size += len(data)
        (folder / f"{ACCOUNT}_CloudTrail_us-east-1_{i:05d}.json.gz").write_bytes(gzip.compress(data, 6, mtime=0))
    return size


_CONN = "ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes resp_bytes conn_state local_orig local_resp missed_bytes history orig_pkts orig_ip_bytes resp_pkts resp_ip_bytes tunnel_parents"


def write_conn(path: Path, n: int) -> None:
    """A `conn.log` of Zeek in its own format."""
    rng = Random(2)
    with path.open("w", encoding="utf-8") as f:
        f.write("#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n#fields\t" + _CONN.replace(" ", "\t") + "\n")
        for i in range(n):
            sent, got = rng.randrange(5000), rng.randrange(50_000)
            f.write(
                f"{BEGIN.timestamp() + i / 10:.6f}\tC{_letters(rng, 17)}\t198.51.100.{rng.randrange(256)}\t{rng.randrange(1024, 65536)}\t203.0.113.{rng.randrange(256)}\t443\ttcp\tssl"
                f"\t{rng.random() * 60:.6f}\t{sent}\t{got}\tSF\tT\tF\t0\tShADadFf\t{sent // 900 + 3}\t{sent + 160}\t{got // 1300 + 3}\t{got + 160}\t-\n"
            )


def write_eve(path: Path, n: int) -> None:
    """An `eve.json` of Suricata: flows, names asked for, handshakes and pages."""
    rng = Random(3)
    with path.open("wb") as f:
        f.writelines(msgspec.json.encode(_eve(rng, i)) + b"\n" for i in range(n))


def _eve(rng: Random, i: int) -> dict[str, Any]:
    at = (BEGIN + dt.timedelta(milliseconds=100 * i)).strftime("%Y-%m-%dT%H:%M:%S.%f+0000")
    base = {
        "timestamp": at, "flow_id": rng.getrandbits(50), "in_iface": "eth0", "src_ip": f"198.51.100.{rng.randrange(256)}", "src_port": rng.randrange(1024, 65536),
        "dest_ip": f"203.0.113.{rng.randrange(256)}", "dest_port": 443, "proto": "TCP",
    }
    name = f"{_letters(rng, 10)}.example.com"
    kind = rng.choice(("flow", "flow", "dns", "tls", "http"))
    told: dict[str, Any] = {
        "flow": {"pkts_toserver": 9, "pkts_toclient": 11, "bytes_toserver": rng.randrange(5000), "bytes_toclient": rng.randrange(90_000), "start": at, "end": at, "age": 0, "state": "closed", "reason": "timeout"},
        "dns": {"version": 2, "type": "answer", "id": 1, "rrname": name, "rrtype": "A", "rcode": "NOERROR", "answers": [{"rrname": name, "rrtype": "A", "ttl": 300, "rdata": "203.0.113.9"}]},
        "tls": {"subject": f"CN={name}", "issuerdn": "C=US, O=Example", "version": "TLS 1.3", "sni": name, "ja3": {"hash": _letters(rng, 32)}},
        "http": {"hostname": name, "url": f"/{_letters(rng, 12)}", "http_user_agent": "curl/8.5", "http_method": "GET", "status": 200, "length": rng.randrange(9000)},
    }
    tcp = {"tcp": {"tcp_flags": "1b", "tcp_flags_ts": "1b", "tcp_flags_tc": "1b", "syn": True, "fin": True, "state": "closed"}} if kind == "flow" else {}
    return {**base, "event_type": kind, kind: told[kind], **tcp}

"""What data events of a store say: objects read, written and copied, with their bytes. Source: docs.aws.amazon.com, "Amazon S3 CloudTrail events"."""

from __future__ import annotations

from random import Random

from vidocq.simulation.cloudtrail import Call, Caller, line
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line


def _event(rng: Random, firm: Firm, at: float, caller: Caller, call: Call, sent: int, received: int) -> Line:
    made = line(rng, firm, at, caller, call)
    record = made.record | {"additionalEventData": made.record["additionalEventData"] | {"bytesTransferredIn": sent, "bytesTransferredOut": received}}
    record |= {"managementEvent": False, "eventCategory": "Data"}
    return Line(made.at, made.log, made.uid, record)


def read(rng: Random, firm: Firm, at: float, caller: Caller, bucket: str, key: str) -> Line:
    """An object is read whole."""
    return _event(rng, firm, at, caller, Call("s3", "GetObject", {"bucketName": bucket, "key": key}), 0, int(rng.lognormvariate(13, 1.5)))


def write(rng: Random, firm: Firm, at: float, caller: Caller, bucket: str, key: str) -> Line:
    """An object is written."""
    return _event(rng, firm, at, caller, Call("s3", "PutObject", {"bucketName": bucket, "key": key, "x-amz-server-side-encryption": "AES256"}), int(rng.lognormvariate(13, 1.5)), 0)


def copy(rng: Random, firm: Firm, at: float, caller: Caller, bucket: str, key: str, source: str) -> Line:
    """An object is copied from one bucket to another, without passing through whoever asks."""
    return _event(rng, firm, at, caller, Call("s3", "CopyObject", {"bucketName": bucket, "key": key, "x-amz-copy-source": f"{source}/{key}"}), 0, 240)


def listed(rng: Random, firm: Firm, at: float, caller: Caller, bucket: str, prefix: str = "") -> Line:
    """The objects of a bucket are listed."""
    return _event(rng, firm, at, caller, Call("s3", "ListObjects", {"bucketName": bucket, "list-type": "2", "prefix": prefix}), 0, rng.randint(2_000, 300_000))


def refused(rng: Random, firm: Firm, at: float, caller: Caller, bucket: str) -> Line:
    """The objects of a bucket may not be listed."""
    return _event(rng, firm, at, caller, Call("s3", "ListObjects", {"bucketName": bucket, "list-type": "2", "prefix": ""}).denied(), 0, 243)


def keys(firm: Firm, bucket: str, many: int) -> list[str]:
    """What lies in a bucket: the same at every look."""
    rng, what = Random(f"{firm.seed}/{bucket}"), bucket.split("-")[1]
    return [f"{2019 + n % 6}/{1 + n % 12:02}/{what}-{rng.randrange(16**6):06x}.{rng.choice(('parquet', 'csv.gz', 'pdf', 'json'))}" for n in range(many)]

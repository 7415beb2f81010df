"""What stands before an application and judges each request: Cloudflare (HTTP requests, firewall events); and records of AWS that are flat: Bedrock's invocations, S3's requests as JSON.

Source of the fields: developers.cloudflare.com, "Logpush datasets"; docs.aws.amazon.com, "Model invocation logging" and "Amazon S3 server access log format".
"""

from collections.abc import Iterator

from vidocq.content.sources.saas_audit.service import Record, Service
from vidocq.model.record import text
from vidocq.model.source import Row


def _request(record: Record) -> Iterator[Row]:
    path, query = text(record, "clientrequestpath", "clientrequesturi") or "", text(record, "clientrequestquery") or ""
    yield "http_activity", {
        "src_ip": text(record, "clientip"), "method": text(record, "clientrequestmethod"), "host": text(record, "clientrequesthost"), "url": path + (query if query.startswith("?") or not query else f"?{query}"),
        "user_agent": text(record, "clientrequestuseragent"), "referrer": text(record, "clientrequestreferer"), "status_code": text(record, "edgeresponsestatus"),
        "bytes_in": text(record, "edgeresponsebytes"), "bytes_out": text(record, "clientrequestbytes"),
    }


_CLOUDFLARE = Service(
    name="cloudflare", marks=("clientip", "clientrequesthost", "clientrequestmethod", "rayid|edgestarttimestamp"), action=("clientrequestmethod",), time=("datetime", "edgestarttimestamp"),
    uid=(), also=_request, only=False,
)
_BEDROCK = Service(
    name="bedrock", marks=("schematype", "modelid", "operation", "requestid"), like={"schematype": "^ModelInvocationLog$"}, action=("operation",), time=("timestamp",), uid=("requestid",), actor=("identity.arn",),
    account=("accountid",), target=("modelid",), outcome=("errorcode",), failed=r".", error=("errorcode",), detail=("modelid", "operation", "inputtokencount", "outputtokencount"), words=False,
)
_S3 = Service(
    name="s3 server access", marks=("bucket", "operation", "requestid", "httpstatus", "remoteip|remote_ip"), like={"operation": r"^(REST|WEBSITE|BATCH|S3|SOAP)\."}, action=("operation",), time=("time", "requestdatetime"),
    uid=("requestid",), actor=("requester",), address=("remoteip", "remote_ip"), agent=("useragent", "user_agent"), account=("bucketowner", "bucket_owner"), target=("bucket",), outcome=("httpstatus",),
    error=("errorcode", "error_code"), detail=("operation", "key", "requesturi", "httpstatus", "errorcode"), words=False,
)
SERVICES = (_CLOUDFLARE, _BEDROCK, _S3)

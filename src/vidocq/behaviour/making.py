"""Who takes down what they made themselves tidies up: which earlier call made the very thing that a call touches, in SQL for detections."""

from __future__ import annotations

_NAME = r"ltrim(regexp_replace(regexp_replace(resource, '^arn:[^:]*:(s3:::|[^:]*:[^:]*:[^:]*:[a-z-]+[:/]|[^:]*:[^:]*:[^:]*:)', ''), ':[*]$', ''), '/')"
"""A resource's own name: records give it bare or at the end of an ARN. All of it: the last part of a path is anybody's to repeat."""

_KIND = r"""lower(CASE
    WHEN service = 'cloudtrail' AND operation IN ('StopLogging', 'PutEventSelectors', 'PutInsightSelectors') THEN 'Trail'
    WHEN service = 'logs' AND operation = 'DeleteLogStream' THEN 'LogGroup'
    WHEN service = 's3' AND operation LIKE 'DeleteObject%' THEN 'Bucket'
    WHEN service = 'lambda' AND operation LIKE 'AddPermission%' THEN 'Function'
    WHEN regexp_matches(operation, '[.][a-z][A-Za-z]*$') THEN regexp_extract(operation, '([A-Za-z]+?)s?[.][a-z][A-Za-z]*$', 1)
    ELSE regexp_extract(regexp_extract(operation, '[^.]*$'), '^(?:BatchGet|[A-Z][a-z]+)([A-Za-z]+?)(?:Code|Configuration|Value|Deletion|RetentionPolicy)?(?:ByPath)?s?(?:[0-9]{8}(?:v[0-9]+)?)?$', 1) END)"""
"""What a call is about: `trail` of CreateTrail and of StopLogging. A log group that is called like a trail is no trail.

What lies in a thing is named by it, and is its maker's: not theirs who put something of their own beside it."""

MAKES = "(operation LIKE 'Create%' OR operation LIKE '%.Create%' OR operation LIKE '%.create' OR operation LIKE '%.insert')"
"""Whether a call makes something: `CreateTrail`; `google.logging.v2.ConfigServiceV2.CreateSink`, `v1.compute.instances.insert`."""

MADE = f"""COUNT(CASE WHEN ({MAKES} OR operation = 'PutParameter') AND status = 'success' THEN 1 END) OVER (
    PARTITION BY actor_user, tool, src_ip, account, region, service, {_KIND}, {_NAME}, resource IS NULL ORDER BY time, uid ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"""
"""How often the same identity, with the same client from the same address, has made the thing before: by service, kind, place and name."""

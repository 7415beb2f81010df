"""AWS Route 53 Resolver: what the machines of a VPC ask, and what DNS Firewall made of it. As delivered to S3 and Firehose, one query a line.

Source of the fields: docs.aws.amazon.com, "Values that appear in VPC Resolver query logs".
"""

from __future__ import annotations

from vidocq.model.source import Head, Layout, Map, Source, names_in


def recognise(head: Head) -> Layout | None:
    return Layout("json", within=("logEvents",)) if {"query_timestamp", "query_name", "query_type"} <= names_in(head.text[:30_000]) else None


_QUERY = "lower(rtrim({query_name}, '.'))"
_COMMON = {"time": "CAST(TRY_CAST({query_timestamp} AS TIMESTAMPTZ) AS TIMESTAMP)", "src_ip": "{srcaddr}"}
_ANSWERS = """NULLIF(array_to_string(regexp_extract_all({answers}, '"Rdata":"([^"]*)"', 1), ','), '')"""
_ADDRESS = """NULLIF(regexp_extract({answers}, '"Rdata":"([0-9]+[.][0-9]+[.][0-9]+[.][0-9]+|[0-9a-fA-F:]*:[0-9a-fA-F:]*:[0-9a-fA-F:]*)"', 1), '')"""
_LIST = "{firewall_domain_list_id}"

SOURCE = Source(
    id="aws_route53_resolver",
    title="AWS Route 53 Resolver query logs",
    recognise=recognise,
    rank=56,
    lag_s=600,
    maps=(
        Map("dns_activity", columns={
            **_COMMON, "query": _QUERY, "qtype": "{query_type}", "rcode": "{rcode}", "answers": _ANSWERS, "answer_ip": _ADDRESS, "host": "lower({srcids.instance})",
        }),
        # A name that stands on a list of DNS Firewall: its owner said that nobody may ask for it, or that somebody is to look.
        Map("detection_finding", also=True, when="{firewall_rule_action} IN ('BLOCK', 'ALERT')", columns={
            **_COMMON, "rule": f"COALESCE({_LIST}, {{firewall_rule_group_id}})", "title": f"'DNS Firewall: ' || lower({{firewall_rule_action}}) || ' ' || {_QUERY}", "severity": "2",
            "product": "'AWS DNS Firewall'", "category": "'threat'", "host": "lower({srcids.instance})", "action": "CASE {firewall_rule_action} WHEN 'BLOCK' THEN 'blocked' ELSE 'allowed' END",
            "entities": f"to_json([json_object('kind', 'domain', 'name', {_QUERY}, 'role', 'destination')])::VARCHAR", "techniques": "'T1071.004'",
        }),
    ),
)

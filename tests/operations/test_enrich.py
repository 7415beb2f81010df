"""Enrichment: tables written here, in the shapes in which they are published, with addresses kept for documentation."""

from __future__ import annotations

import datetime as dt
import gzip
import ipaddress
import json
import lzma
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from vidocq.operations.enrich import enrich
from vidocq.operations.enrich.addresses import Addresses, Ranges, network, number
from vidocq.operations.enrich.indicators import defang, indicator, of_csv, of_lines, of_misp, of_stix, refang
from vidocq.operations.enrich.names import divided, registered
from vidocq.store.duckdb import Store

MD5, SHA256 = "0123456789abcdef" * 2, "0123456789abcdef" * 4


def store_with(ips: tuple[str, ...] = (), names: tuple[str, ...] = ()) -> Store:
    store = Store()
    if ips:
        store.insert("network_activity", pa.table({"uid": [f"n{i}" for i in range(len(ips))], "src_ip": ["10.0.0.1"] * len(ips), "dst_ip": list(ips)}))
    if names:
        store.insert("dns_activity", pa.table({"uid": [f"d{i}" for i in range(len(names))], "query": list(names)}))
    return store


def folder(at: Path, **files: str) -> Path:
    """`vpn_txt="..."` is the file vpn.txt."""
    at.mkdir(exist_ok=True)
    for name, text in files.items():
        stem, _, ext = name.rpartition("_")
        (at / f"{stem}.{ext}").write_text(text)
    return at


def address(store: Store, ip: str) -> dict[str, Any]:
    return store.rows(f"SELECT * FROM address WHERE ip = '{ip}'")[0]


def name(store: Store, which: str) -> dict[str, Any]:
    return store.rows(f"SELECT * FROM name WHERE name = '{which}'")[0]


SCOPES = {
    "internal": "10.1.2.3 168.63.129.16 172.31.0.1 100.64.0.1 127.0.0.1 169.254.169.254 fd00::1 fe80::1%eth0 ::ffff:192.168.1.1 ::1",
    "public": "172.32.0.1 192.0.2.7 8.8.8.8 2001:db8::1",
    "multicast": "224.0.0.251 ff02::fb",
    "broadcast": "255.255.255.255",
    "reserved": "250.0.0.1 0.0.0.0 100::1",
}


def test_scope() -> None:
    store = store_with(tuple(" ".join(SCOPES.values()).split()))
    assert enrich(store) == []
    for scope, texts in SCOPES.items():
        for ip in texts.split():
            found = address(store, ip)
            assert (ip, found["scope"]) == (ip, scope)
            assert found["internal"] == (scope in ("internal", "multicast", "broadcast") or ip == "0.0.0.0")


def test_without_a_folder_what_nobody_says_is_unknown(capfd: pytest.CaptureFixture[str]) -> None:
    store = store_with(("8.8.8.8", "192.0.2.1", "2001:4860:4860::8888"), ("www.example.com", "rpc.ankr.com", "x.duckdns.org"))
    assert enrich(store) == []
    google, silent = address(store, "8.8.8.8"), address(store, "192.0.2.1")
    assert (google["country"], google["organisation"], google["asn"]) == ("US", "GOOGLE", None)
    assert address(store, "2001:4860:4860::8888")["organisation"] == "GOOGLE"
    assert (google["resolver"], silent["resolver"]) == (True, None)
    assert [silent[c] for c in ("cloud", "hosting", "abuse_hosting", "vpn", "tor", "listed", "country", "organisation")] == [None] * 8
    assert address(store, "10.0.0.1")["organisation"] is None
    plain = name(store, "www.example.com")
    assert (plain["rpc"], plain["pool"], plain["dynamic"], plain["popular"], plain["listed"]) == (False, False, None, None, None)
    assert name(store, "rpc.ankr.com")["rpc"] is True
    assert name(store, "x.duckdns.org")["dynamic"] is True
    assert capfd.readouterr() == ("", "")


def test_a_table_that_does_not_hold_an_address_says_no_for_its_family(tmp_path: Path) -> None:
    context = folder(
        tmp_path / "c",
        tor_exit_nodes_txt="192.0.2.9\n",
        vpn_acme_txt="# exits\n198.51.100.0/24\n",
        x4b_vpn_ipv4_txt="198.51.100.0/25\n203.0.113.1\n",
        iprange_amazon_ipv4_txt="203.0.113.0/24\n",
        iprange_tenant_ipv4_txt="203.0.113.64/28\n",
        x4b_datacenter_ipv4_txt="192.0.2.0/28\n",
        internal_sites_txt="192.0.2.128/25\n",
    )
    store = store_with(("192.0.2.9", "192.0.2.200", "198.51.100.7", "203.0.113.65", "203.0.113.1", "2001:db8::1"))
    assert enrich(store, context) == []
    assert (address(store, "192.0.2.9")["tor"], address(store, "198.51.100.7")["tor"], address(store, "2001:db8::1")["tor"]) == (True, False, None)
    assert [address(store, ip)["vpn"] for ip in ("198.51.100.7", "203.0.113.1", "192.0.2.9", "2001:db8::1")] == ["acme", "vpn", "none", None]
    # The tenant lists rooms in somebody else's house: the house is named.
    assert [address(store, ip)["cloud"] for ip in ("203.0.113.65", "192.0.2.9")] == ["amazon", "none"]
    assert [address(store, ip)["hosting"] for ip in ("192.0.2.9", "203.0.113.1", "198.51.100.7", "2001:db8::1")] == [True, True, False, None]
    assert (address(store, "192.0.2.200")["internal"], address(store, "192.0.2.200")["scope"]) == (True, "internal")


@pytest.mark.parametrize("pack", [lambda b: b, gzip.compress, lzma.compress, zstandard.ZstdCompressor().compress])
def test_ranges_with_owners_packed_or_not(tmp_path: Path, pack: Any) -> None:
    (tmp_path / "asn-ipv4.csv").write_bytes(pack(b'192.0.2.0,192.0.2.255,64496,"Example, Inc."\n198.51.100.0,198.51.100.127,64497,Other\n'))
    (tmp_path / "asn-country-ipv4.csv").write_bytes(pack(b"192.0.2.0,192.0.2.255,fr\n"))
    (tmp_path / "bad_asn.csv").write_bytes(pack(b'ASN,Entity\n64497, "Careless Hosting"\n'))
    store = store_with(("192.0.2.1", "198.51.100.1", "198.51.100.200"))
    assert enrich(store, tmp_path) == []
    one, two, three = (address(store, ip) for ip in ("192.0.2.1", "198.51.100.1", "198.51.100.200"))
    assert (one["asn"], one["organisation"], one["country"], one["abuse_hosting"]) == (64496, "Example, Inc.", "FR", False)
    assert (two["asn"], two["abuse_hosting"], two["country"]) == (64497, True, None)
    assert (three["asn"], three["organisation"], three["abuse_hosting"]) == (None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "network,autonomous_system_number,autonomous_system_organization\n192.0.2.0/24,64496,Example\n2001:db8::/32,64496,Example\n",
        "first,last,asn,organisation\n192.0.2.0,192.0.2.255,AS64496,Example\n2001:db8::,2001:db8:ffff:ffff:ffff:ffff:ffff:ffff,AS64496,Example\n",
    ],
)
def test_other_shapes_of_the_same_table(tmp_path: Path, text: str) -> None:
    store = store_with(("192.0.2.1", "2001:db8::1"))
    assert enrich(store, folder(tmp_path / "c", **{"asn-all_csv": text})) == []
    assert [(address(store, ip)["asn"], address(store, ip)["organisation"]) for ip in ("192.0.2.1", "2001:db8::1")] == [(64496, "Example")] * 2


def test_the_ranges_of_a_cloud_in_its_own_json(tmp_path: Path) -> None:
    ranges = {"syncToken": "1", "prefixes": [{"ip_prefix": "192.0.2.0/24", "service": "EC2"}], "ipv6_prefixes": [{"ipv6_prefix": "2001:db8::/32"}]}
    store = store_with(("192.0.2.1", "2001:db8::1"))
    assert enrich(store, folder(tmp_path / "c", iprange_amazon_json=json.dumps(ranges))) == []
    assert [address(store, ip)["cloud"] for ip in ("192.0.2.1", "2001:db8::1")] == ["amazon", "amazon"]


def test_the_name_of_a_network_says_cloud_and_hosting_where_no_table_does(tmp_path: Path) -> None:
    owners = (
        "192.0.2.0/26,64496,AMAZON-02\n192.0.2.64/26,64497,Example Hosting Ltd\n192.0.2.128/26,64498,Example Telecom\n192.0.2.192/26,64499,State of Colorado\n"
    )
    ips = ("192.0.2.1", "192.0.2.65", "192.0.2.129", "192.0.2.193")
    store = store_with(ips)
    context = folder(tmp_path / "c", **{"asn-v4_csv": owners})
    assert enrich(store, context) == []
    assert [(address(store, ip)["cloud"], address(store, ip)["hosting"]) for ip in ips] == [("amazon", True), (None, True), (None, None), (None, None)]
    folder(context, datacenter_txt="192.0.2.128/26\n", iprange_acme_txt="192.0.2.129\n")
    assert enrich(store, context) == []
    assert [(address(store, ip)["cloud"], address(store, ip)["hosting"]) for ip in ips] == [("none", False), ("none", False), ("acme", True), ("none", False)]


def warning_list(title: str, entries: list[str], kind: str = "string") -> str:
    return json.dumps({"name": title, "description": title, "version": 1, "type": kind, "matching_attributes": [], "list": entries})


def test_warning_lists(tmp_path: Path) -> None:
    context = folder(
        tmp_path / "c",
        **{
            "misp_public-dns-v4_json": warning_list("List of known IPv4 public DNS resolvers", ["192.0.2.53"], "cidr"),
            "misp_dynamic-dns_json": warning_list("List of known dynamic DNS domains", [".dyn.example"], "hostname"),
            "misp_url-shortener_json": warning_list("List of known URL Shorteners domains", ["s.example"], "hostname"),
            "misp_radar-top50k_json": warning_list("Top 50,000 domains", ["example.org", "github.io"]),
            "misp_vendor_json": warning_list("Domains of a vendor", ["update.example.net", "example.edu"]),
            "misp_parking-domain_json": warning_list("Parking domains", ["192.0.2.80/32"], "cidr"),
            "misp_vpn-ipv4_json": warning_list("addresses belonging to common VPN providers and datacenters", ["198.51.100.0/24"], "cidr"),
            "misp_ti-falsepositives_json": warning_list("Hashes that are false positives", [MD5]),
            "misp_acme-scanning_json": warning_list("Acme IP ranges used for scanning", ["203.0.113.0/25"], "cidr"),
        },
    )
    names = ("a.b.dyn.example", "s.example", "www.example.org", "somebody.github.io", "update.example.net", "www.update.example.net", "nowhere.example.net")
    store = store_with(("192.0.2.53", "192.0.2.80", "198.51.100.1", "203.0.113.5"), names)
    assert enrich(store, context) == []
    assert (address(store, "192.0.2.53")["resolver"], address(store, "192.0.2.80")["resolver"], address(store, "192.0.2.80")["parked"]) == (True, False, True)
    # A list that mixes VPN exits and data centres proves only the wider thing.
    assert (address(store, "198.51.100.1")["hosting"], address(store, "198.51.100.1")["vpn"]) == (True, None)
    assert (address(store, "203.0.113.5")["scanner"], address(store, "192.0.2.53")["scanner"]) == ("acme-scanning", "none")
    assert (name(store, "a.b.dyn.example")["dynamic"], name(store, "s.example")["shortener"], name(store, "s.example")["dynamic"]) == (True, True, False)
    # That a host of strangers' pages is popular says nothing about somebody's page.
    assert (name(store, "www.example.org")["popular"], name(store, "somebody.github.io")["popular"]) == (True, False)
    assert [name(store, n)["known_benign"] for n in names[4:]] == ["vendor", "none", "none"]
    assert store.rows("SELECT * FROM harmless_hash") == [{"value": MD5, "list": "ti-falsepositives"}]


def test_indicators_of_every_shape_name_addresses_and_names(tmp_path: Path) -> None:
    bundle = {
        "type": "bundle",
        "id": "bundle--1",
        "objects": [
            {
                "type": "indicator",
                "id": "indicator--1",
                "pattern": "[ipv4-addr:value = '192.0.2.66'] OR [domain-name:value IN ('evil.example', 'worse.example')]",
            },
            {"type": "indicator", "id": "indicator--2", "pattern": f"[file:hashes.'SHA-256' = '{SHA256}' AND file:name = 'it\\'s.exe']"},
            {"type": "indicator", "id": "indicator--3", "revoked": True, "pattern": "[ipv4-addr:value = '192.0.2.67']"},
            {
                "type": "indicator",
                "id": "indicator--4",
                "pattern": "[url:value = 'hxxp://pages[.]example[.]org/mal.html' AND NOT ipv4-addr:value = '192.0.2.68']",
            },
        ],
    }
    event = {
        "Event": {
            "info": "x",
            "Attribute": [
                {"type": "ip-dst|port", "value": "192.0.2.70|443", "to_ids": True},
                {"type": "domain", "value": "notice.example", "to_ids": False},
                {"type": "filename|md5", "value": f"a.exe|{MD5}", "to_ids": True},
            ],
            "Object": [{"Attribute": [{"type": "hostname", "value": "c2.bad.example"}]}],
        }
    }
    context = folder(
        tmp_path / "c",
        report_json=json.dumps(bundle),
        event_json=json.dumps(event),
        ours_csv="type,value,list\nip,192[.]0[.]2[.]71,case-7\ndomain,evil(.)example,case-7\n",
        blocklist_txt="# bad\n192.0.2.72\t10\n198.51.100.0/28\n",
        **{"misp_top100_json": warning_list("Top 100", ["example.org"])},
    )
    store = store_with(
        ("192.0.2.66", "192.0.2.67", "192.0.2.68", "192.0.2.70", "192.0.2.71", "192.0.2.72", "198.51.100.9"),
        ("www.evil.example", "worse.example", "pages.example.org", "notice.example", "c2.bad.example", "bad.example"),
    )
    assert enrich(store, context) == []
    listed = {r["ip"]: r["listed"] for r in store.rows("SELECT ip, listed FROM address")}
    assert listed == {
        "10.0.0.1": "none",
        "192.0.2.66": "report",
        "192.0.2.67": "none",
        "192.0.2.68": "none",
        "192.0.2.70": "event",
        "192.0.2.71": "case-7",
        "192.0.2.72": "blocklist",
        "198.51.100.9": "blocklist",
    }
    assert {r["name"]: r["listed"] for r in store.rows("SELECT name, listed FROM name")} == {
        "www.evil.example": "case-7, report",
        "worse.example": "report",
        "pages.example.org": "none",
        "notice.example": "none",
        "c2.bad.example": "event",
        "bad.example": "none",
    }
    assert {(r["kind"], r["value"]) for r in store.rows("SELECT * FROM indicator") if r["kind"] in ("hash", "url", "file", "network")} == {
        ("hash", SHA256),
        ("hash", MD5),
        ("url", "http://pages.example.org/mal.html"),
        ("file", "it's.exe"),
        ("network", "198.51.100.0/28"),
    }


def test_a_page_on_an_unknown_host_lists_the_host_and_says_so(tmp_path: Path) -> None:
    store = store_with(("192.0.2.5",), ("bad.example", "sub.bad.example"))
    assert enrich(store, folder(tmp_path / "c", iocs_txt="hxxps://bad[.]example:8443/x\nhttp://192.0.2.5/y\n")) == []
    assert (name(store, "bad.example")["listed"], name(store, "sub.bad.example")["listed"], address(store, "192.0.2.5")["listed"]) == (
        "iocs (url)",
        "none",
        "iocs (url)",
    )


def test_hashes_known_as_harmless_are_no_indicators(tmp_path: Path) -> None:
    context = folder(tmp_path / "c", iocs_txt=f"{MD5}\n{SHA256}\n", **{"misp_falsepositives_json": warning_list("false positives", [MD5])})
    store = store_with()
    assert enrich(store, context) == []
    assert [r["value"] for r in store.rows("SELECT value FROM indicator")] == [SHA256]


def test_assets(tmp_path: Path) -> None:
    text = (
        "kind,name,owner,criticality,vip,decoy,test_from,test_until,note\n"
        "host,DC01.example.com,infra,high,,,,,\nuser,alice,board,,yes,,,,\nkey,AKIAEXAMPLE,,,,yes,,,canary token\n"
        "ip,203.0.113.7,red team,,,,2026-01-31T09:00:00+01:00,2026-02-01,\nnetwork,198.51.100.0/24,,,,,,,office\nuser,,,,,,,,\nuser,bob,,,maybe,,soon,,\n"
    )
    store = store_with(("198.51.100.3", "203.0.113.7"))
    problems = enrich(store, folder(tmp_path / "c", assets_csv=text))
    assert problems == [
        "assets.csv:7: an asset needs a kind and a name; the row is skipped",
        "assets.csv:8: vip is 'maybe'; write yes or no",
        "assets.csv:8: test_from is 'soon'; write it as 2026-01-31T08:00:00Z",
    ]
    rows = {r["name"]: r for r in store.rows("SELECT * FROM asset")}
    assert rows["dc01.example.com"]["criticality"] == "high"
    assert (rows["AKIAEXAMPLE"]["decoy"], rows["alice"]["decoy"]) == (True, None)
    assert (rows["alice"]["vip"], rows["bob"]["vip"]) == (True, None)
    assert (rows["203.0.113.7"]["test_from"], rows["203.0.113.7"]["test_until"]) == (dt.datetime(2026, 1, 31, 8), dt.datetime(2026, 2, 1))
    assert (address(store, "198.51.100.3")["internal"], address(store, "203.0.113.7")["internal"]) == (True, False)


def test_what_nobody_understands_is_named_and_the_rest_still_counts(tmp_path: Path) -> None:
    context = folder(tmp_path / "c", readme_txt="about these tables\n", thing_json='{"a": 1}', tor_txt="192.0.2.1\n", empty_csv="")
    (context / "vpn_cut.txt.xz").write_bytes(lzma.compress(b"192.0.2.1\n" * 1000)[:60])
    (context / "assets.csv").write_bytes(b"\x00\xff\xfe\x00" * 50)
    (context / "asn-broken.csv").write_text("nothing,to,see\n")
    store = store_with(("192.0.2.1",))
    problems = enrich(store, context)
    assert [p.split(":")[0] for p in problems] == ["asn-broken.csv", "assets.csv", "empty.csv", "readme.txt", "thing.json", "vpn_cut.txt.xz"]
    assert address(store, "192.0.2.1")["tor"] is True
    assert "does not exist" in enrich(store, tmp_path / "missing")[0]


def test_a_catalogue_of_exploited_flaws_is_kept(tmp_path: Path) -> None:
    text = 'cveID,vendorProject,product,vulnerabilityName,dateAdded,knownRansomwareCampaignUse\nCVE-2026-0001,Acme,Gate,"Acme Gate, flaw",2026-01-02,Known\n'
    store = store_with()
    assert enrich(store, folder(tmp_path / "c", kev_csv=text)) == []
    assert store.rows("SELECT cve, title, ransomware FROM exploited") == [{"cve": "CVE-2026-0001", "title": "Acme Gate, flaw", "ransomware": "Known"}]


def test_a_second_call_replaces_the_first(tmp_path: Path) -> None:
    store = store_with(("192.0.2.1",), ("a.example.co.uk", "wpad"))
    enrich(store, folder(tmp_path / "c", tor_txt="192.0.2.1\n"))
    enrich(store)
    assert (store.count("address"), store.count("name")) == (2, 2)
    assert address(store, "192.0.2.1")["tor"] is None
    assert store.rows("SELECT query, domain FROM dns_activity ORDER BY query") == [
        {"query": "a.example.co.uk", "domain": "example.co.uk"},
        {"query": "wpad", "domain": None},
    ]


def test_names_and_addresses_that_only_alerts_and_hosts_mention() -> None:
    store = Store()
    entities = json.dumps([{"kind": "ip", "name": "192.0.2.4", "role": "source"}, {"kind": "domain", "name": "told.example", "role": ""}])
    store.insert("detection_finding", pa.table({"uid": ["a", "b", "c"], "entities": [entities, "{not json", '"[text"']}))
    store.insert("http_activity", pa.table({"uid": ["h", "i"], "host": ["192.0.2.5:8080", "web.example:8080"]}))
    enrich(store)
    assert [r["ip"] for r in store.rows("SELECT ip FROM address ORDER BY ip")] == ["192.0.2.4", "192.0.2.5"]
    assert [r["name"] for r in store.rows("SELECT name FROM name ORDER BY name")] == ["told.example", "web.example:8080"]
    assert name(store, "web.example:8080")["registered"] == "web.example"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("www.example.co.uk", ("example.co.uk", "co.uk")),
        ("Example.COM.", ("example.com", "com")),
        ("x.somebody.github.io", ("somebody.github.io", "github.io")),
        ("co.uk", ("co.uk", "co.uk")),
        ("host.corp.local", ("corp.local", "local")),
        ("wpad", (None, None)),
        ("", (None, None)),
        (None, (None, None)),
        ("192.0.2.1", (None, None)),
        ("1.2.0.192.in-addr.arpa", (None, None)),
        ("a..example.com", (None, None)),
        ("www.ck", ("www.ck", "ck")),
    ],
)
def test_registered_domains(given: str | None, expected: tuple[str | None, str | None]) -> None:
    assert divided(given) == expected
    assert registered(given) == expected[0]


def test_a_header_of_a_million_dots_is_no_name_and_costs_nothing() -> None:
    store = Store()
    store.insert("http_activity", pa.table({"uid": ["h"], "host": ["a." * 500_000 + "example"]}))
    enrich(store)
    assert store.rows("SELECT registered, rpc FROM name") == [{"registered": None, "rpc": False}]


@given(st.text(max_size=40))
def test_any_text_has_a_registered_domain_or_none(text: str) -> None:
    found = registered(text)
    assert found is None or text.strip().lower().find(found) >= 0 or not text.isascii()


@pytest.mark.parametrize(
    ("fanged", "plain"),
    [
        ("hxxps[:]//bad[.]example/x", "https://bad.example/x"),
        ("hXXp://192[.]0[.]2[.]1:80/", "http://192.0.2.1:80/"),
        ("bad(dot)example", "bad.example"),
        ("bad[dot]example", "bad.example"),
        ("a[@]bad{.}example", "a@bad.example"),
        ("http[://]bad.example", "http://bad.example"),
        ("2001[:]db8[:][:]1", "2001:db8::1"),
        ("bad\\.example", "bad.example"),
        ("fxp://h", "ftp://h"),
    ],
)
def test_refang(fanged: str, plain: str) -> None:
    assert refang(fanged) == plain


LABEL = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=8)
HOST = st.lists(LABEL, min_size=2, max_size=4).map(".".join)
URL = st.builds("{}://{}/{}".format, st.sampled_from(["http", "https", "ftp"]), HOST, st.lists(LABEL, max_size=3).map("/".join))


@given(st.one_of(HOST, URL, st.ip_addresses().map(str)))
def test_defanging_is_undone(text: str) -> None:
    assert refang(defang(text)) == text
    assert refang(text) == text


@given(st.ip_addresses().map(str))
def test_an_address_is_an_indicator_of_itself(text: str) -> None:
    found = indicator(defang(text), "l")
    assert found is not None
    assert (found.kind, ipaddress.ip_address(found.value)) == ("ip", ipaddress.ip_address(text))


@given(st.binary(max_size=200).map(lambda b: b.decode("utf-8", "replace")))
def test_any_bytes_are_read_without_a_crash(text: str) -> None:
    list(of_lines(text, "l"))
    list(of_csv("type,value\n" + text, "l") or ())
    list(of_stix({"objects": [{"type": "indicator", "pattern": text}]}, "l"))
    list(of_misp({"Event": {"Attribute": [{"type": text, "value": text}]}}, "l"))


def test_a_feed_with_its_header_in_a_remark() -> None:
    text = '# a feed\n# "first_seen_utc","ioc_id","ioc_value","ioc_type","malware_printable"\n"2026-01-01","1","192.0.2.8:4444","ip:port","Gate"\n"2026-01-01","2","https://bad.example/","url","Gate"\n'
    assert [tuple(i) for i in of_csv(text, "feed") or ()] == [("ip", "192.0.2.8", "Gate"), ("url", "https://bad.example/", "Gate")]


RANGE = st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda r: (r[0], r[0] + r[1]))


@given(st.lists(RANGE, max_size=12))
def test_ranges_that_overlap_answer_with_one_that_holds_the_address(ranges: list[tuple[int, int]]) -> None:
    table = Ranges.of((4, first, last, i) for i, (first, last) in enumerate(ranges))
    texts = [str(ipaddress.IPv4Address(n)) for n in range(90)]
    addresses = Addresses.of(texts)
    found = dict(zip(addresses.text, table.find(addresses).tolist(), strict=True))
    for n, text in enumerate(texts):
        holding = {i for i, (first, last) in enumerate(ranges) if first <= n <= last}
        assert found[text] in holding if holding else found[text] == -1
    assert np.all(table.first4[1:] > table.last4[:-1])


@pytest.mark.parametrize(
    "text", ["192.0.2.0/33", "192.0.2.1-192.0.1.1", "192.0.2.256", "1.2.3", "", "::/129", "192.0.2.0/", "192.0.2.0/-1", "a-b", "192.0.2.1\x00"]
)
def test_what_is_no_range(text: str) -> None:
    assert network(text) is None


def test_numbers_of_addresses() -> None:
    assert number("::ffff:192.0.2.1") == number("192.0.2.1") == (4, 0xC0000201)
    assert network("192.0.2.7/24") == (4, 0xC0000200, 0xC00002FF)
    assert network("192.0.2.1 - 192.0.2.3") == (4, 0xC0000201, 0xC0000203)

"""Which machine had an address: from what records say, from what two sensors saw together, from names that were asked for; and when nothing is said."""

import datetime as dt

from vidocq.operations import check
from vidocq.operations.machines import machines
from vidocq.store.duckdb import Store

DAY = dt.datetime(2025, 3, 4, 10)


def found(**events):
    store = Store()
    check.fill(store, events)
    return machines(store)


def within(n, host="web1", minute=0, **more):
    return {"time": DAY + dt.timedelta(minutes=minute), "uid": f"w{n}", "host": host, "process": "/usr/bin/node", "dst_ip": "198.51.100.7", "dst_port": 443, **more}


def beside(n, ip="10.0.0.5", minute=0, **more):
    return {"time": DAY + dt.timedelta(minutes=minute, seconds=1), "uid": f"b{n}", "src_ip": ip, "dst_ip": "198.51.100.7", "dst_port": 443, "protocol": "tcp", **more}


def test_connections_that_both_sensors_saw_three_times_tell_the_machine():
    of = found(network_activity=[*(within(n, minute=n) for n in range(3)), *(beside(n, minute=n) for n in range(3))])
    assert of.host("ip", "10.0.0.5", DAY) == "web1"


def test_twice_is_chance():
    of = found(network_activity=[*(within(n, minute=n) for n in range(2)), *(beside(n, minute=n) for n in range(2))])
    assert of.host("ip", "10.0.0.5", DAY) is None


def test_an_address_behind_which_two_machines_stand_is_neither():
    of = found(network_activity=[*(within(f"{host}{n}", host, minute=n) for host in ("web1", "db1") for n in range(4)), *(beside(n, minute=n) for n in range(4))])
    assert of.host("ip", "10.0.0.5", DAY) is None


def test_an_address_is_the_machine_that_had_it_that_day():
    leases = [{"time": DAY + dt.timedelta(days=d), "uid": f"l{d}", "src_ip": "10.0.0.5", "host": host} for d, host in ((0, "ann-laptop"), (7, "bob-laptop"))]
    of = found(dhcp_activity=leases)
    assert [of.host("ip", "10.0.0.5", DAY + dt.timedelta(days=d)) for d in (0, 1, 3, 7)] == ["ann-laptop", "ann-laptop", None, "bob-laptop"]


def test_what_a_sensor_says_itself_goes_before_a_name_that_somebody_asked_for():
    asked = {"time": DAY, "uid": "d1", "src_ip": "10.0.0.9", "query": "db1.evil.example", "qtype": "A", "answer_ip": "10.0.0.5"}
    said = [within("own", src_ip="10.0.0.5", direction="outbound"), within("other", "db1", src_ip="10.0.0.6", direction="outbound")]
    assert found(network_activity=said, dns_activity=[asked]).host("ip", "10.0.0.5", DAY) == "web1"


def test_a_name_with_its_domain_is_the_short_one_where_that_names_one_machine():
    start = {"operation": "start", "time": DAY}
    one = found(process_activity=[{**start, "uid": "a", "host": "web1"}, {**start, "uid": "b", "host": "web1.example.com"}])
    two = found(process_activity=[{**start, "uid": "a", "host": "web1.example.com"}, {**start, "uid": "b", "host": "web1.example.net"}])
    assert one.host("host", "web1.example.com", DAY) == "web1"
    assert two.host("host", "web1.example.com", DAY) is None


def test_chance_meetings_with_another_machine_take_nothing_from_the_many_with_its_own():
    own = [row for n in range(40) for row in (within(f"a{n}", minute=n), beside(f"a{n}", minute=n))]
    chance = [row for n in range(3) for row in (within(f"c{n}", "db1", minute=n), within(f"d{n}", "db1", minute=n, dst_ip="203.0.113.9"), beside(f"d{n}", "10.0.0.6", minute=n, dst_ip="203.0.113.9"))]
    of = found(network_activity=own + chance)
    assert of.host("ip", "10.0.0.5", DAY) == "web1"


def test_a_machine_that_is_seen_at_two_addresses_alike_has_neither():
    seen = [row for n in range(4) for row in (within(n, minute=n), beside(f"x{n}", minute=n), beside(f"y{n}", "10.0.0.6", minute=n))]
    of = found(network_activity=seen)
    assert [of.host("ip", ip, DAY) for ip in ("10.0.0.5", "10.0.0.6")] == [None, None]


def acts(who, day=0, **more):
    return {"time": DAY + dt.timedelta(days=day), "uid": f"{who}{day}", "actor_user": who, "operation": "DescribeTags", "service": "ec2", **more}


def made(devices, day=-30):
    return {"time": DAY + dt.timedelta(days=day), "uid": f"made{day}{devices}", "account": "111122223333", "devices": devices}


ROLE = "AROAEXAMPLE:i-0aaaaaaaaaaaaaaa1"


def test_who_acts_as_an_instance_is_the_machine_at_the_address_that_it_was_given():
    of = found(inventory_info=[made("i-0aaaaaaaaaaaaaaa1|10.0.0.5|\ni-0aaaaaaaaaaaaaaa2|10.0.0.6|")], api_activity=[acts(ROLE)], network_activity=[within("own", src_ip="10.0.0.5", direction="outbound")])
    assert of.host("user", ROLE, DAY) == "web1"


def test_an_instance_is_known_by_the_name_that_it_was_given():
    of = found(inventory_info=[made("i-0aaaaaaaaaaaaaaa1|10.0.0.5|ip-10-0-0-5.ec2.internal")], api_activity=[acts(ROLE)], process_activity=[{"time": DAY, "uid": "p", "host": "ip-10-0-0-5", "operation": "start"}])
    assert (of.host("user", ROLE, DAY), of.host("ip", "10.0.0.5", DAY)) == ("ip-10-0-0-5", "ip-10-0-0-5")


def test_the_address_is_that_of_the_instance_that_was_given_it_last():
    later = "AROAEXAMPLE:i-0aaaaaaaaaaaaaaa2"
    of = found(inventory_info=[made("i-0aaaaaaaaaaaaaaa1|10.0.0.5|"), made("i-0aaaaaaaaaaaaaaa2|10.0.0.5|", -2)], api_activity=[acts(ROLE), acts(later)], network_activity=[within("own", src_ip="10.0.0.5", direction="outbound")])
    assert (of.host("user", later, DAY), of.host("user", ROLE, DAY)) == ("web1", "i-0aaaaaaaaaaaaaaa1")


def test_an_address_that_two_instances_were_given_on_one_day_is_none():
    of = found(inventory_info=[made("i-0aaaaaaaaaaaaaaa1|10.0.0.5|\ni-0aaaaaaaaaaaaaaa2|10.0.0.5|")], api_activity=[acts(ROLE)])
    assert of.host("ip", "10.0.0.5", DAY) is None


def test_a_virtual_machine_of_azure_is_the_host_of_its_name():
    resource = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/WEB1"
    of = found(api_activity=[acts("ann", resource=resource)], process_activity=[{"time": DAY, "uid": "p", "host": "web1", "operation": "start"}])
    assert of.host("resource", resource, DAY) == "web1"


def test_a_client_that_signs_in_is_believed_only_where_nothing_better_is_known():
    signed = {"time": DAY, "uid": "s", "host": "dc1", "client": "WS1", "src_ip": "10.0.0.5", "actor_user": "ann", "status": "success", "service": "windows"}
    own = {"time": DAY, "uid": "p", "host": "ws1", "operation": "start"}
    assert found(authentication=[signed], process_activity=[own]).host("ip", "10.0.0.5", DAY) == "ws1"
    lease = {"time": DAY, "uid": "l", "src_ip": "10.0.0.5", "host": "ws2"}
    assert found(authentication=[signed], process_activity=[own], dhcp_activity=[lease]).host("ip", "10.0.0.5", DAY) == "ws2"
    assert found(authentication=[{**signed, "status": "failure"}], process_activity=[own]).host("ip", "10.0.0.5", DAY) is None

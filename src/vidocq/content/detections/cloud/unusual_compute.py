"""Unusually large or many machines are started."""

from vidocq.behaviour.acting import ROLE_AND_PLACE, TOLD_OF_CLOUD, seldom
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.unusual_compute",
    title="{operation} by {actor_user}: unusual machines",
    why="Machines with graphics processors, or many at once, are what miners start.",
    of=("api_activity",),
    sql=seldom(
        ("compute started",), ROLE_AND_PLACE, TOLD_OF_CLOUD,
        only="""regexp_matches(detail, '"instanceType":"(p[0-9]|g[0-9]|inf|trn|dl|vt|x[0-9]|u-)|[.](8|9|12|16|18|24|32|48)xlarge|[.]metal|"(maxCount|TargetCapacity|desiredCount)":([89]|[0-9][0-9]+)')
            OR regexp_matches(detail, 'machineTypes/(a[2-9]-|g[2-9]-|ct[0-9]|m[1-4]-|x4-|[a-z0-9]+-[a-z]+-(6[4-9]|[7-9][0-9]|[1-9][0-9][0-9]))|"guestAccelerators":.."|"count":"?([89]|[0-9][0-9]+)"?[,}]')
            OR error LIKE '%VcpuLimit%' OR error LIKE '%InstanceLimit%' OR error = 'RESOURCE_EXHAUSTED'""",
    ),
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer"},
    suggests={"cloud_compute_abuse": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=3,
    blind_spots="Many small starts, one at a time.",
)

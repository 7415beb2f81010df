"""Work on the machine or account was announced for that time."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="scheduled_maintenance",
    title="Scheduled maintenance",
    text="Work on the machine or account was announced for that time.",
    benign=True,
    prior_bits=-2.0,
    explains=("defence_impairment", "destruction", "host_persistence", "malware_delivery", "privilege_escalation", "lateral_movement"),
)

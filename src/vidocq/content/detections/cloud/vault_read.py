"""An identity reads keys or secrets it did not read before."""

from vidocq.behaviour.acting import DOER_OF_CLOUD, of_a_path
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.vault_read",
    title="{operation} by {actor_user} on {resource}",
    why="Keys that open stores and clusters are fetched by the same few programs every day; a new reader is worth a look.",
    of=("api_activity",),
    sql=of_a_path("secret read", where="service <> 'kubernetes'"),
    entities=DOER_OF_CLOUD,
    suggests={"credential_theft": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED},
    severity=1,
    blind_spots="Who reads them every day is left alone.",
)

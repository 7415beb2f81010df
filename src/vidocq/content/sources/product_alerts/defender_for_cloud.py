"""Microsoft Defender for Cloud alerts: as continuous export sends them, and as the resource manager lists them. Source of the fields: learn.microsoft.com, "Alerts schemas"."""

from vidocq.content.sources.product_alerts.product import Product, by_word

_P = "properties"
PRODUCT = Product(
    id="defender_for_cloud", name="Microsoft Defender for Cloud", marks=(("alerttype", "alertdisplayname", "compromisedentity"), ("properties.alerttype", "properties.alertdisplayname")),
    title=("alertdisplayname", f"{_P}.alertdisplayname"), rule=("alerttype", f"{_P}.alerttype"), time=("timegeneratedutc", f"{_P}.timegeneratedutc", "timegenerated", "starttimeutc", f"{_P}.starttimeutc"), uid=("systemalertid", f"{_P}.systemalertid"),
    message=("description", f"{_P}.description"), severity=("severity", f"{_P}.severity"), scale=by_word, host=("entities.hostname", f"{_P}.entities.hostname"),
    user=("entities.userprincipalname", f"{_P}.entities.userprincipalname", "entities.name", f"{_P}.entities.name"), source=("entities.address", f"{_P}.entities.address"), techniques=("techniques", f"{_P}.techniques", "extendedproperties.techniques"),
    tactics=("intent", f"{_P}.intent"),
    entities=(
        ("resource", "target", ("resourceidentifiers.azureresourceid", f"{_P}.resourceidentifiers.azureresourceid", "compromisedentity", f"{_P}.compromisedentity")), ("ip", "peer", ("entities.address", f"{_P}.entities.address")),
        ("process", "process", ("entities.commandline", f"{_P}.entities.commandline")), ("hash", "file", ("entities.filehashes.value", f"{_P}.entities.filehashes.value")),
    ),
)

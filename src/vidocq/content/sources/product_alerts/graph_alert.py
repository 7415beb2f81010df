"""Microsoft Graph security alerts: v2 (`evidence`) and the older ones (`vendorInformation`). Source of the fields: learn.microsoft.com, "alert resource type" and "alertEvidence"."""

from vidocq.content.sources.product_alerts.product import Product, by_word

_E = "evidence"
PRODUCT = Product(
    id="graph", name="Microsoft security", marks=(("servicesource", "detectionsource", "severity", "title"), ("vendorinformation", "severity", "title")), title=("title",), rule=("title",), time=("createddatetime", "eventdatetime", "lastupdatedatetime"),
    uid=("id",), message=("description",), scale=by_word, host=(f"{_E}.devicednsname", f"{_E}.hostname", "hoststates.fqdn", "hoststates.netbiosname"),
    user=(f"{_E}.useraccount.userprincipalname", f"{_E}.loggedonusers.accountname", f"{_E}.useraccount.accountname", "userstates.userprincipalname", "userstates.accountname"),
    source=(f"{_E}.ipaddress", f"{_E}.lastipaddress", "userstates.logonip", "hoststates.privateipaddress", "networkconnections.sourceaddress"), target=("networkconnections.destinationaddress",), techniques=("mitretechniques",), tactics=("category",),
    entities=(
        ("ip", "peer", (f"{_E}.ipaddress", f"{_E}.senderip")), ("user", "actor", (f"{_E}.useraccount.userprincipalname",)), ("process", "process", (f"{_E}.processcommandline", "processes.commandline")),
        ("hash", "file", (f"{_E}.filedetails.sha256", f"{_E}.imagefile.sha256", "filestates.filehash.hashvalue")), ("file", "file", (f"{_E}.filedetails.filename", f"{_E}.imagefile.filename", "filestates.name")),
        ("url", "destination", (f"{_E}.url",)), ("mailbox", "target", (f"{_E}.primaryaddress", f"{_E}.recipientemailaddress")), ("mailbox", "sender", (f"{_E}.p2sender.emailaddress",)), ("resource", "target", (f"{_E}.resourceid",)),
    ),
)

"""Words of rules that note ordinary life: updates, protocol oddities, reputation lists."""

from vidocq.model.belief import Phrase, Strength

_E, _T = Strength.EXPECTED, Strength.TELLING

PHRASES = (
    Phrase(
        r"database update|signature update|package (?:installed|upgraded|updated)|apt[ -]get|yum |service (?:start|stop)\b|dpkg|"
        r"user-agent.{0,20}(?:apt|package)|outbound to (?:apt|update)",
        {"software_update": _E, "sensor_noise": _E}, (), "", "Software is kept up to date.",
    ),
    Phrase(
        r"reputation|\bCINS\b|dshield|spamhaus|block ?list|blacklist|known bad|listed (?:source|traffic|address)|\bdrop\b|compromised or hostile",
        {"internet_noise": _T}, (), "", "A list says the address has scanned others: it says nothing of what it achieved here.",
    ),
    Phrase(
        r"inbound to \w+ port|suspicious inbound|inbound (?:scan|connection)|unsolicited|probe",
        {"internet_noise": _T, "scanning": _E}, (), "reconnaissance", "A knock from outside.",
    ),
    Phrase(
        r"\bET (?:INFO|POLICY)\b|\bGPL (?:INFO|POLICY)\b|\bSURICATA (?:[^a]|a[^l]|al[^e])|stream \w+|invalid (?:reply|record|header|checksum|ack)|decompression|"
        r"unable to match|handshake failure",
        {"sensor_noise": _E, "broken_client": _E}, (), "", "The sensor remarks on a habit or on a protocol not spoken to the letter.",
    ),
    Phrase(
        r"dns query (?:for|to) .{0,40}(?:tld|domain)|suspicious domain .{0,30}sni|dns lookup for",
        {"sensor_noise": _E, "ordinary_browsing": _E}, (), "", "A rare ending of a name is rare, not hostile.",
    ),
    Phrase(
        r"login session (?:opened|closed)|login success|authentication success|logged (?:in|on|off|out)\b",
        {"sensor_noise": _E, "administration_by_hand": _E}, (), "", "Somebody signs in, as people do.",
    ),
    Phrase(
        r"(?:cpu|memory|disk) value|deviates from average|out of expected range|occurrence frequencies",
        {"sensor_noise": _E}, (), "", "A number outside its band.",
    ),
    Phrase(r"first time this ids alert|multiple ids|ids event", {"sensor_noise": _E}, (), "", "One sensor repeats another."),
)

"""Techniques that a product itself names."""

from vidocq.model.belief import Phrase, Strength

_T = Strength.TELLING


def _named(ids: str, hypothesis: str, tactic: str) -> Phrase:
    return Phrase(rf"\bT(?:{ids})\b", {hypothesis: _T, "something_hostile": _T}, (), tactic, "The product names the technique: hostile, whatever it is part of.")


PHRASES = (
    _named("1003|1110\\.002|1552|1555|1558|1606|1528|1539", "credential_theft", "credential-access"),
    _named("1110", "credential_guessing", "credential-access"),
    _named("1021|1550|1570|1080|1534|1563", "lateral_movement", "lateral-movement"),
    _named("1134|1548|1068|1484|1611", "privilege_escalation", "privilege-escalation"),
    _named(
        "1055|1059|1106|1129|1218|1036|1569|1543|1547|1053|1574|1027|1140|1620|1010|1518|1033|1087|1069|1482|1016|1018|1049|1057|"
        "1082|1083|1135",
        "host_compromise", "execution",
    ),
    _named("1105|1204|1189", "malware_delivery", "execution"),
    _named("1071|1090|1095|1102|1132|1568|1571|1572|1573|1219", "c2_channel", "command-and-control"),
    _named("1041|1048|1567|1537|1020|1030", "exfiltration", "exfiltration"),
    _named("1486|1485|1489|1490|1561|1491", "destruction", "impact"),
    _named("1496", "cryptomining", "impact"),
    _named("1562|1070|1564", "defence_impairment", "defense-evasion"),
    _named("1136|1098|1556", "identity_persistence", "persistence"),
    _named("1566|1598|1586|1585|1114", "phishing", "initial-access"),
    _named("1190|1505|1133", "exploited_service", "initial-access"),
    _named("1046|1595", "scanning", "discovery"),
    _named("1078", "account_takeover", "initial-access"),
)

"""What network sensors say when they have counted attempts."""

from vidocq.model.belief import Phrase, Strength

_E, _T = Strength.EXPECTED, Strength.TELLING

PHRASES = (
    Phrase(
        r"Scan::(?:Address|Port|Random)_Scan|scanned at least \d+ unique",
        {"scanning": _T, "something_hostile": _T, "vulnerability_scanner": _E, "internet_noise": _E}, ("T1046",), "discovery", "The sensor counted the doors that were tried.",
    ),
    Phrase(
        r"(?:SSH|FTP|RDP)::(?:Password_Guessing|Bruteforcing)|appears to be guessing \w+ passwords",
        {"credential_guessing": _T, "something_hostile": _T, "internet_noise": _E}, ("T1110",), "credential-access", "The sensor counted the refusals.",
    ),
)

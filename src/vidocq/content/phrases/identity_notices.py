"""What identity providers themselves say of a sign-in."""

from vidocq.model.belief import Phrase, Strength

_E, _T = Strength.EXPECTED, Strength.TELLING

PHRASES = (
    Phrase(
        r"reported as fraud|anomalous push|suspicious activity reported by the user|suspicious cookie|account disabled: (?:hijacked|password leaked)|anomalous ?token|session hijack|refresh token used again|"
        r"attacker ?in ?the ?middle|confirmed ?compromised|stolen token",
        {"account_takeover": _T, "something_hostile": _E}, ("T1078.004",), "initial-access", "The owner, or the service, says that it was not the owner.",
    ),
    Phrase(
        r"risky (?:sign-in|person)|suspicious sign-in|impossible travel|unfamiliar (?:sign-in|features|location)|unfamiliarfeatures|anonymi[sz]ed ?ip|atypical travel|impossibletravel|user at risk",
        {"account_takeover": _E, "travel_new_device": _E}, ("T1078.004",), "initial-access", "A sign-in unlike the person's others: a thief, or the person on a journey.",
    ),
    Phrase(r"leaked password|leaked ?credential|breached credential", {"account_takeover": _E, "credential_guessing": _E}, ("T1078",), "credential-access", "A password that is known outside was tried."),
    Phrase(r"passwordspray|password attack on the organisation|credential attack", {"credential_guessing": _T}, ("T1110.003",), "credential-access", "The service saw one address try many people."),
    Phrase(r"phishing attempt (?:declined|detected)", {"phishing": _T, "account_takeover": _E}, ("T1566",), "initial-access", "Somebody was lured to a false sign-in page; the factor refused to go along."),
)

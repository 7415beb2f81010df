"""Zoom: operation logs. Source of the fields: developers.zoom.us, "Get operation logs report". What was done stands in a sentence: `Security - X: from On to Off`."""

from vidocq.content.sources.saas_audit.service import Rule, Service

_SIGN_IN = r"(two-?factor|2fa|sign[- ]?(\w+ )?(in|out)|password|session|authenticat|sso|saml)"

SERVICES = (Service(
    name="zoom", marks=("operator", "operation_detail", "category_type"), action=("category_type", "action"), time=("time",), actor=("operator",), target=("operation_detail",),
    detail=("operation_detail", "category_type"), words=False,
    rules=(
        Rule("sign-in policy weakened", r"account.*|group.*", when=rf"sign-in methods.*from off to on|security *-[^:]*{_SIGN_IN}[^:]*: from on to off"),
        Rule("protection removed", r"account.*|group.*|user.*", when=r"(security|passcode|waiting room|encrypt)[^:]*: from on to off"),
        Rule("trust changed", r".*", when=r"(sso|saml|certificate|managed domain).*(add|change|update|from )"),
        Rule("rights granted", r".*", when=r"(change role|add role|role).*from ((?!admin|(co-)?owner)[^:])* to .*(admin|owner)|(assign|add)[^:]*(admin|owner) *role"),
        Rule("key made", r".*", when=r"(api key|jwt|oauth|webhook|access token).*(creat|add|generat|regenerat)"),
        Rule("consent granted", r".*", when=r"(install|approv|add)\w* .*\bapp\b|marketplace.*(install|approv|from off to on)"),
        Rule("data exported", r".*", when=r"\bexport"),
    ),
),)

"""Zendesk. Source of the fields: developer.zendesk.com, "Audit Logs". What was done stands in `source_label` and `change_description`."""

from vidocq.content.sources.saas_audit.service import Rule, Service

SERVICES = (Service(
    name="zendesk", marks=("source_type", "source_label", "change_description", "actor_id"), action=("source_type", "action"), time=("created_at",), actor=("actor_name", "actor_id"),
    address=("ip_address",), target=("source_label", "source_id"), says=("source_label", "change_description"), detail=("source_label", "change_description", "source_type"),
    rules=(
        Rule("sign-in policy weakened", r"account_setting.*", when=r"(two.?factor|2fa|password|session|sso|saml|authentication).*(disabled|turned off|low|changed)"),
        Rule("session impersonated", r"account_setting.*", when=r"assum(e|ption)"),
        Rule("", r"account_setting.*", when=r"change_description\W+(enabled|turned on)"),
        Rule("protection removed", r"account_setting.*", when=r"(redaction|attachments?|ip restriction|malicious|encryption).*(disabled|turned off)"),
        Rule("key made", r"(api_token|oauth_(client|token)|zendesk/api_token).*create"),
        Rule("rights granted", r"user(_role)?\..*", when=r"(role|permission)[^,]*(to|:) *\W*(admin|owner)|to administrator"),
        Rule("access removed", r"user\.(destroy|delete|suspend)"),
    ),
),)

"""Atlassian (organisation, Jira, Confluence, Bitbucket). Source of the fields: developer.atlassian.com, "Organization audit log" and "Jira audit records"."""

from vidocq.content.sources.saas_audit.service import Rule, Service

SERVICES = (
    Service(
        name="atlassian", marks=("attributes.action", "attributes.actor"), action=("attributes.action",), time=("attributes.time", "attributes.processedat"),
        actor=("attributes.actor.email", "attributes.actor.name", "attributes.actor.id"), address=("attributes.location.ip",), account=("attributes.container.attributes.sitename", "attributes.container.id"),
        target=("attributes.context.attributes.name", "attributes.context.attributes.groupname", "attributes.context.id"), target_user=("attributes.context.attributes.accountemail", "attributes.context.attributes.email"),
        detail=("attributes.action", "attributes.context", "attributes.container"), sign_in=r"user_log(ged_in|in)\w*",
        rules=(
            Rule("session impersonated", r"user_(logged_in_as|login_as)\w*|\w*impersonat\w*|user_switched_to"),
            Rule("key made", r"(user_)?(api_)?token_created|api_key_created\w*|\w*oauth_client_created"),
            Rule("rights granted", r"user_granted_role|(org|site|product)_admin\w*(added|granted)|user_added_to_group", when=r"admin"),
            Rule("", r"user_added_to_group|user_granted_role|user_removed_from_group"),
        ),
    ),
    Service(
        name="jira", marks=("summary", "category", "objectitem", "created"), action=("category", "summary"), time=("created",), actor=("authoraccountid", "authorkey"), address=("remoteaddress",),
        target=("objectitem.name",), detail=("summary", "category", "objectitem", "changedvalues"),
    ),
)

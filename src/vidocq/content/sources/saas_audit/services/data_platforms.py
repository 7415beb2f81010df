"""Snowflake (LOGIN_HISTORY, QUERY_HISTORY), MongoDB Atlas and Salesforce (event monitoring).

Source of the fields: docs.snowflake.com, "Account Usage"; mongodb.com/docs/atlas, "Events"; developer.salesforce.com, "Real-Time Event Monitoring Objects".
"""

from vidocq.content.sources.saas_audit.service import Rule, Service

_LOGIN = Service(
    name="snowflake", marks=("user_name", "is_success", "first_authentication_factor"), action=("event_type",), time=("event_timestamp",), uid=("event_id",), actor=("user_name",),
    address=("client_ip",), agent=("reported_client_type",), account=("account_name", "account_id"), outcome=("is_success",), error=("error_message", "error_code"),
    detail=("first_authentication_factor", "second_authentication_factor", "reported_client_type"), sign_in="login", mfa=("second_authentication_factor",), words=False,
)
_QUERY = Service(
    name="snowflake", marks=("query_text", "query_type", "user_name"), action=("query_type",), time=("start_time", "end_time", "query_start_time"), uid=("query_id",), actor=("user_name",),
    actor_type=("role_name",), account=("account_name", "database_name"), target=("database_name", "warehouse_name"), outcome=("execution_status",), error=("error_message", "error_code"),
    detail=("query_text",), words=False,
    rules=(
        Rule("identity made", r"create_user"),
        Rule("identity made", r"create", when=r"\bcreate\s+(or\s+replace\s+)?user\b"),
        Rule("second factor removed", r"alter_user|alter.*", when=r"\balter\s+user\b.*(mins_to_bypass_mfa|disable_mfa|rsa_public_key)"),
        Rule("password set", r"alter_user|alter.*", when=r"\balter\s+user\b.*\bset\s+password"),
        Rule("rights granted", r"alter_user|alter.*", when=r"\balter\s+user\b.*disabled\W+false"),
        Rule("rights granted", r"grant.*", when=r"(accountadmin|securityadmin|orgadmin|manage\s+grants|ownership|all\s+privileges)"),
        Rule("network allowed", r".*", when=r"\b(create|alter|drop)\s+(or\s+replace\s+)?network\s+(policy|rule)\b|unset\s+network_policy"),
        Rule("sign-in policy weakened", r".*", when=r"\b(alter|drop|create)\s+(or\s+replace\s+)?(security\s+integration|authentication\s+policy|password\s+policy|session\s+policy)\b"),
        Rule("shared outside", r".*", when=r"\b(create|alter)\s+(or\s+replace\s+)?share\b|\badd\s+accounts?\s*="),
        Rule("data exported", r"unload|copy.*|.*", when=r"\bcopy\s+into\s+\W*(@|s3:|gcs:|azure:|'s3|'azure|'gcs)|\bget\s+@|\bcreate\s+(or\s+replace\s+)?(temporary\s+)?(external\s+)?stage\b.*(s3|azure|gcs)://"),
        Rule("data destroyed", r"(drop|truncate).*|drop", when=r"\b(drop|truncate)\s+(database|schema|table)\b"),
    ),
)
_ATLAS = Service(
    name="mongodb_atlas", marks=("eventtypename", "created", "orgid|groupid"), action=("eventtypename",), time=("created",), actor=("username", "publickey", "apikeyid", "userid"), key=("publickey", "apikeyid"),
    address=("remoteaddress",), account=("orgid", "groupid"), target=("clustername", "resourceid", "alertconfigid", "targetpublickey", "targetusername"), target_user=("targetusername",),
    detail=("eventtypename", "currentvalue", "whitelistentry", "resourcetype", "isglobaladmin"),
    rules=(
        Rule("monitoring impaired", r"alert_config_(deleted|disabled)(_audit)?"),
        Rule("user invited outside", r"invited_to_(org|group|team)|joined_(org|group)", outside=True),
        Rule("", r"invited_to_\w+|joined_\w+|alert_\w+|host_\w+"),
        Rule("rights granted", r"(user|api_key|team)_roles_changed(_audit)?|group_role\w*|org_owner\w*"),
        Rule("network allowed", r"(api_key_access_list|network_permission|org_ui_access_list|ip_access_list)\w*|\w*access_list_entry\w*"),
        Rule("data exported", r"\w*(export|download)\w*|restore_requested|snapshot_download\w*|database_profiler_\w*"),
        Rule("logging impaired", r"\w*audit(ing)?_(config\w*_)?disabled\w*|log_export\w*(deleted|disabled)"),
        Rule("second factor removed", r"\w*(mfa|multi_factor)\w*(disabled|reset|removed|deleted)\w*"),
        Rule("data destroyed", r"cluster_deletion_\w+|cluster_deleted|group_deleted|deleted_(cluster|group)|snapshot_deleted|drop_\w+"),
    ),
)
_SALESFORCE = Service(
    name="salesforce", marks=("event_type", "organization_id", "user_id|user_id_derived"), action=("event_type",), time=("timestamp_derived", "timestamp", "event_date"), uid=("request_id",),
    actor=("user_name", "username", "user_id_derived", "user_id"), actor_type=("user_type",), address=("source_ip", "client_ip", "login_ip"), agent=("user_agent", "browser_type"), account=("organization_id",),
    target=("connected_app_name", "report_name", "report_id", "entity_name", "uri"), outcome=("login_status",), failed=r"^(?!.*NO_ERROR)",
    sign_in=r"login(as)?|loginevent", words=False, finding=r"(session_?hijacking|credential_?stuffing|report_?anomaly|api_?anomaly|guest_?user_?anomaly)\w*",
    detail=("event_type", "connected_app_name", "query", "rows_processed", "row_count", "report_description", "login_type"),
    rules=(
        Rule("session impersonated", r"login_?as\w*"),
        Rule("data exported", r"report_?export\w*|data_?export\w*|bulk_?api(2)?\w*|document_?attachment_?downloads\w*"),
        Rule("rights granted", r"permission_?(set|update)\w*|setup_?audit\w*", when=r"modify ?all|view ?all|admin"),
        Rule("consent granted", r"oauth_?(token_?)?(issued|granted|authorized)\w*|connected_?app_?(install|created)\w*"),
    ),
)
SERVICES = (_LOGIN, _QUERY, _ATLAS, _SALESFORCE)

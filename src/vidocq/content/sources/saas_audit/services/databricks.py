"""Databricks. Source of the fields and actions: docs.databricks.com, "Audit log reference"."""

from vidocq.content.sources.saas_audit.service import Rule, Service

_ADMINS = r"admin|owner"

SERVICES = (Service(
    name="databricks", marks=("servicename|service_name", "actionname|action_name", "useridentity|user_identity|requestparams|request_params|response"), action=("servicename", "service_name", "actionname", "action_name"),
    time=("timestamp", "event_time", "eventtime"), uid=("requestid", "request_id", "event_id"), actor=("useridentity.email", "user_identity.email", "useridentity.subjectname", "user_identity.subject_name", "requestparams.user"),
    actor_type=("auditlevel", "audit_level"), address=("sourceipaddress", "source_ip_address"), agent=("useragent", "user_agent"), account=("accountid", "account_id", "workspaceid", "workspace_id"),
    target=("requestparams.targetgroupname", "request_params.targetgroupname", "requestparams.full_name_arg", "request_params.full_name_arg", "requestparams.name", "request_params.name", "requestparams.path", "requestparams.scope"),
    target_user=("requestparams.targetusername", "request_params.targetusername", "requestparams.principal", "requestparams.user_name"), outcome=("response.statuscode", "response.status_code"),
    error=("response.errormessage", "response.error_message", "response.statuscode"), detail=("requestparams", "request_params"), words=False,
    sign_in=r"accounts\.(\w*login|authenticate|\w*oidc\w*authorization|certlogin)",
    rules=(
        Rule("session impersonated", r"genie\.databricksaccess"),
        Rule("session impersonated", r"accounts\.\w*login", when=r'authentication_method\W+genie_auth'),
        Rule("rights granted", r"\w+\.(setaccountadmin|changeaccountowner|setadmin|addusertoadmingroup|grantworkspaceadmin)"),
        Rule("rights granted", r"\w+\.(addprincipals?togroup|modifyuserrole|updateroleassignment|changeserviceprincipalacls|updateuserrole)", when=_ADMINS),
        Rule("rights granted", r"unitycatalog\.(updatemetastore|updatecatalog|updateexternallocation|updatestoragecredential)", when=r'"owner":'),
        Rule("rights granted", r"unitycatalog\.updatepermissions", when=r'all_privileges|"manage"|create_external|"account users"'),
        Rule("trust changed", r"ssoconfigbackend\.(create|update)|accounts(manager)?\.\w*(sso|federationpolicy|oidc)\w*(create|update|set)?|accounts\.(enable|update)\w*sso\w*"),
        Rule("sign-in policy weakened", r"ssoconfigbackend\.(delete|disable)|accounts\.(disable\w*|updateaccountsettings|changepasswordauthentication|changedatabaseacl)|\w+\.\w*mfa\w*(delete|disable)\w*"),
        Rule("logging impaired", r"workspace\.workspaceconfedit", when=r'verboseauditlogs.*false'),
        Rule("network allowed", r"workspace\.workspaceconfedit", when=r'ipaccesslists.*false'),
        Rule("protection removed", r"workspace\.workspaceconfedit", when=r'(download|export|clipboard|tokens).*true|x-frame.*false'),
        Rule("logging impaired", r"\w+\.(delete|update|patch)logdelivery\w*|logdelivery\.\w+"),
        Rule("network allowed", r"\w+\.\w*(ipaccesslist|networkconnectivity|networkpolicy|privateaccess|vpcendpoint)\w*"),
        Rule("key made", r"accounts\.(generatedbtoken|createservicepr\w+credentials|createserviceprincipalsecret)|tokenmanagement\.createobotoken|serviceprincipalcredentials\.create\w*|gitcredentials\.creategitcredential"),
        Rule("secret read", r"secrets\.getsecret"),
        Rule("shared outside", r"\w+\.(createrecipient|createshare|updatesharepermissions|rotaterecipienttoken)", when=r'^(?!.*"ip_?access_?list":(\["|"[^"]|\{"))'),
        Rule("data exported", r"notebook\.download\w+|workspace\.(export|downloadnotebook\w*|workspaceexport)|databrickssql\.(download\w+|exportquery\w*)|dashboards\.download\w+|filesystem\.directoryget"),
        Rule("function changed", r"globalinitscripts\.(create|update|batch-reorder)|clusters\.\w*initscript\w*"),
        Rule("remote session", r"ssh\.login|webterminal\.startsession"),
        Rule("access removed", r"accounts\.(delete|deactivate\w*|removeuser)", when=r"targetusername|user"),
        Rule("access removed", r"accounts\.(removegroup|deletegroup)"),
        Rule("data destroyed", r"unitycatalog\.(delete|drop)\w+|\w+\.(deleteworkspace|purge\w+|deletecatalog)|mlflow\w*\.delete\w*(bulk|model)\w*"),
    ),
),)

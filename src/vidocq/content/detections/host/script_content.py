"""A script holds what only tools of attack hold."""

from vidocq.model.belief import Detection, Strength

PATTERN = (
    r"amsiutils|amsiscanbuffer|minidumpwritedump|promptforcredential.{0,300}getnetworkcredential|amsiinitfailed|invoke-mimikatz|sekurlsa|invoke-reflectivepeinjection|virtualalloc|getdelegateforfunctionpointer|invoke-shellcode|invoke-psexec|invoke-wmi\b|invoke-dcom|get-keystrokes|get-microphone"
    r"|invoke-bypassuac|add-domainobjectacl|invoke-kerberoast|get-domainuser|get-netuser|invoke-sharefinder|out-minidump|get-gppassword|get-vaultcredential|invoke-allchecks|invoke-bloodhound"
    r"|[a-z$(]\.?downloadstring\(|new-object.{0,40}net\.webclient.{0,200}(iex|invoke-expression|upload)|frombase64string.{0,400}(iex|invoke|gzipstream)|keethief|get-keepassdatabasekey|invoke-dcsync|invoke-tokenmanipulation|invoke-userhunter|find-localadminaccess|invoke-runas|-bxor"
)
"""Names of published offensive tools, and what loads code into memory. Source: attack.mitre.org T1059.001 and its software pages."""

DETECTION = Detection(
    id="host.script_content",
    title="A script on {host} holds what tools of attack hold: {found}",
    why="What is run is written down as it is run, whatever it was wrapped in. Code that is put into memory by hand, or is named after a known tool, is no administrator's script.",
    of=("script_activity",),
    sql=f"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, actor_user, found, COUNT(*) AS times FROM (
            SELECT *, regexp_extract(lower(COALESCE(text, '') || ' ' || COALESCE(command, '')), '{PATTERN}') AS found FROM script_activity) AS s
        WHERE found <> '' GROUP BY host, actor_user, found, time_bucket(INTERVAL 1 MINUTE, time) ORDER BY time, host, found
    """,
    entities={"host": "host:host", "actor_user": "user:actor"},
    suggests={"host_compromise": Strength.TELLING, "something_hostile": Strength.TELLING, "administration_by_code": Strength.EXPECTED, "vulnerability_scanner": Strength.EXPECTED},
    techniques=("T1059.001",),
    blind_spots="Tools that were renamed and rewritten; machines that write no scripts down.",
)

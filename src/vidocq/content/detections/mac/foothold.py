"""A program is made to start by itself on a Mac, by something that installs nothing."""

from vidocq.behaviour.programs import name
from vidocq.model.belief import Detection, Strength

PLACES = r"/library/(launchagents|launchdaemons)/[^/]+\.plist$|/library/startupitems/|/etc/emond\.d/rules/|/library/security/securityagentplugins/|/etc/periodic/(daily|weekly|monthly)/"
TOLD = r"launchctl +(load|bootstrap|submit|enable)\b.*(/users/[^/]+/library/launchagents|/tmp/|/private/tmp/|/users/shared/|/\.)|(>|tee|cp|mv|curl .*-o|plistbuddy|defaults write)\b? *\S*.*library/launch(agents|daemons)/|login item.*(make|path)|make .*login item"
HANDS = "'bash', 'sh', 'zsh', 'dash', 'osascript', 'python', 'python3', 'perl', 'ruby', 'curl', 'wget', 'cp', 'mv', 'tee', 'node', 'php', 'unzip', 'tar', 'base64'"
"""What writes for whoever tells it to: an installer of the system's own writes by itself."""

DETECTION = Detection(
    id="mac.foothold",
    title="{program} on {host} makes something start by itself: {what}",
    why="What stands in these folders starts with the machine or the session. Installers write there through the system's own installer; a shell, a script host or a program in a hidden or temporary folder that does is laying down something that is to stay.",
    of=("file_activity", "process_activity"),
    sql=f"""
        SELECT time, [uid] AS events, host, actor_user, process_guid, {name('process')} AS program, substr(file_name, 1, 300) AS what FROM file_activity
        WHERE operation IN ('create', 'write', 'rename') AND file_name LIKE '/%' AND regexp_matches(lower(file_name), '{PLACES}')
            AND ({name('process')} IN ({HANDS}) OR regexp_matches(process, '^(/private)?/(tmp|var/tmp)/|^/Users/Shared/|/\\.[^/]+/[^/]+$'))
        UNION ALL SELECT time, [uid], host, actor_user, process_guid, {name('process')}, substr(command, 1, 300) FROM process_activity
        WHERE operation = 'start' AND process LIKE '/%' AND regexp_matches(lower(command), '{TOLD}') AND ({name('parent')} IN ('installd', 'installer', 'package_script_service')) IS NOT TRUE
        ORDER BY time
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"host_persistence": Strength.TELLING, "host_compromise": Strength.EXPECTED, "something_hostile": Strength.EXPECTED, "software_update": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED},
    techniques=("T1543.001", "T1547.015"),
    blind_spots="A signed program that adds itself through the system's interface.",
)

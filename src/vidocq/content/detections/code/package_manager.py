"""A package manager administers repositories."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="code.package_manager",
    title="{tool} does {operation} on {resource} as {actor_user}",
    why=(
        "Package managers fetch; they change no repository. Code that comes with a package and finds a token acts from within them, and shows their name."
    ),
    of=("api_activity",),
    sql="""
        SELECT time, [uid] AS events, actor_user, actor_key, src_ip, resource, operation, tool
        FROM api_activity
        WHERE service = 'github' AND regexp_matches(user_agent, '(?i)^(npm|pnpm|yarn|bun|pip|poetry|uv|twine|cargo|composer|bundler|ruby, rubygems|rubygems|nuget|gradle|maven)[/ ]')
            AND NOT regexp_matches(operation, '^(git[.](clone|fetch)|packages[.]|api[.]request|repo[.]download_zip)')
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"account_takeover": Strength.TELLING, "credential_theft": Strength.EXPECTED, "something_hostile": Strength.TELLING},
    techniques=("T1195.002",),
    severity=4,
    blind_spots="Whoever calls may claim any client.",
)

"""A shell of Windows is bound to a connection."""

from vidocq.behaviour.programs import PLACES, starts
from vidocq.model.belief import Detection, Strength

PATTERN = (
    r"\b(nc|nc64|ncat|netcat)(\.exe)?\"? .*(-[a-z]*[ec] *|--exec[ =]|--sh-exec[ =])\"?(\S*\\)?(cmd|powershell|pwsh)(\.exe)?\b|powercat\b.*-(e|ep)\b|invoke-powershelltcp|socat(\.exe)?\b.*exec:\W?(\S*\\)?(cmd|powershell)"
    r"|net\.sockets\.tcpclient\b.*(\b(iex|invoke-expression|cmd|powershell\.exe|pwsh\.exe)\b|scriptblock\]::create)|conptyshell"
)

DETECTION = Detection(
    id="host.shell_on_connection",
    title="{parent} on {host} binds a shell to a connection: {command}",
    why="A shell whose input and output are a connection is typed into from the other end. Whoever administers the machine has a way that asks who they are.",
    of=("process_activity",),
    sql=starts(f"regexp_matches(lower(command), '{PATTERN}')"),
    entities=PLACES,
    suggests={"host_compromise": Strength.DAMNING, "something_hostile": Strength.DAMNING, "administration_by_hand": Strength.NEUTRAL},
    techniques=("T1059.003", "T1095"),
    severity=5,
    blind_spots="A program that holds the shell within itself.",
)

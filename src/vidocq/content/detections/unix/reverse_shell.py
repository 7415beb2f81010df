"""A shell is bound to a connection."""

from vidocq.behaviour.programs import PLACES, starts
from vidocq.model.belief import Detection, Strength

PATTERN = (
    r"\b(ba|z|da|k)?sh +(-[il]+ *)+.*/dev/(tcp|udp)/|\b(ba|z|da|k)?sh *\d*[<>]&? *(\d+<>)?/dev/(tcp|udp)/|/dev/(tcp|udp)/.*([^0-9]0[<>]&|\bwhile .*\bread\b|[|;&] *(/\S*/)?(ba|z|da|k)?sh\b( *[<|;&]|$| -))|[^0-9]0<&\d+.*/dev/(tcp|udp)/|/inet/(tcp|udp)/0/|\bn(c|cat|etcat)\b[^|;&]* (-[a-z]*[ec] *|--exec[ =])(/\S*/)?(ba|z|da|k)?sh\b|mkfifo .*\bsh\b.*\|.*\b(nc|ncat|netcat|openssl|telnet)\b"
    r"|\bsocat\b.*(exec|system):\W?(\S*/)?(ba|z|da)?sh|fsockopen\(.*(exec|system|passthru|popen|proc_open|/bin/(ba|da|z)?sh)|((import|require).{0,80}socket|use +(io::)?socket|-rsocket).*(connect|open)\b.*(dup2|fdopen|/bin/(ba|da|z)?sh|exec|popen)|tcpsocket.*(exec|popen)|\bpty\W{0,3}\.spawn"
    r"|new io::socket.*fdopen|net\.dial.*exec\.command|(child_process|exec|spawn).{0,80}(net\.connect|net\.socket|new net)"
)
"""How each tool and language does it. Source: attack.mitre.org T1059.004; gtfobins.github.io ("Reverse shell")."""
READERS = r"^(/usr(/local)?)?/s?bin/(e?grep|rg|ag|zgrep|less|man|vim?|nano|yara|clamscan|find|git)$"
"""Programs whose arguments are what to look for, not what to do. They count where they are installed."""

DETECTION = Detection(
    id="unix.reverse_shell",
    title="{parent} on {host} binds a shell to a connection: {command}",
    why="A shell whose input and output are a connection is typed into from the other end. Administrators have a daemon for that, which asks who they are.",
    of=("process_activity",),
    sql=starts(f"regexp_matches(lower(command), '{PATTERN}') AND NOT regexp_matches(lower(process), '{READERS}')"),
    entities=PLACES,
    suggests={"host_compromise": Strength.DAMNING, "exploited_service": Strength.TELLING, "something_hostile": Strength.DAMNING, "administration_by_hand": Strength.NEUTRAL},
    techniques=("T1059.004",),
    severity=5,
    blind_spots="A port that is opened through the shell's own device and not given to a shell: that is how containers ask whether a service is well. A shell within a program that does it by itself; commands of a terminal, which start nothing.",
)

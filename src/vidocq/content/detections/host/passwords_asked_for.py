"""A command asks the machine for passwords that it keeps."""

from vidocq.behaviour.programs import PLACES, commands_told
from vidocq.model.belief import Detection, Strength

ASKS = (
    # what the command line says, technique. Source: attack.mitre.org T1552.001, T1552.002, T1552.006, T1555.
    (r"wlan +show +profiles?.*key=clear|security +find-generic-password.*airport", "T1555"),
    (r"\bwmic(\.exe)?\"? .*(useraccount|netlogin|computersystem|service|startup).*\bpassword\b", "T1552"),
    (r"\breg(\.exe)?\"? +query +.*/f +\"?(password|passwd|pwd)|reg.* query .*(winlogon.*defaultpassword|sshhostkeys|simontatham|winvnc|realvnc)", "T1552.002"),
    (r"findstr(\.exe)?\"? .*/s.*(password|passwd|pwd|cpassword)|findstr.*(password|cpassword).*(\.xml|\.ini|\.config|\.txt)|select-string .*(password|cpassword).*\.(xml|ini|config|txt)", "T1552.001"),
    (r"\bcmdkey(\.exe)?\"? +/list|vaultcmd(\.exe)?\"? +/list|rundll32.*keymgr.*krshowkeymgr|credwiz", "T1555.004"),
    (r"get-gpppassword|\\sysvol\\.*cpassword", "T1552.006"),
    (r"appcmd(\.exe)?\"? .*list .*(apppool|vdir).*(/text:|/config)", "T1552.001"),
)

DETECTION = Detection(
    id="host.passwords_asked_for",
    title="{program} on {host} asks for passwords: {command}",
    why="Networks, services and sign-ins have passwords that the machine keeps, and files hold some that were forgotten there. Who knows a password does not search for it; now and then its owner has lost one.",
    of=("process_activity",),
    sql=commands_told(ASKS),
    entities=PLACES,
    suggests={"credential_theft": Strength.TELLING, "something_hostile": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    techniques=("T1552",),
    blind_spots="A program that reads the same stores without a command.",
)

"""Words that name a step of an intrusion."""

from vidocq.model.belief import Phrase, Strength

_E, _T = Strength.EXPECTED, Strength.TELLING

PHRASES = (
    Phrase(
        r"\bnmap\b|\bmasscan\b|\bzmap\b|port ?scan|service scan|network scan|\bsweep\b|insecure connection attempt \(scan\)",
        {"scanning": _T, "vulnerability_scanner": _E}, ("T1046",), "discovery", "The tool is named.",
    ),
    Phrase(
        r"wpscan|dirb\b|dirbuster|gobuster|nikto|sqlmap|acunetix|nessus|openvas|burp|web (?:application )?scan",
        {"scanning": _T, "vulnerability_scanner": _E}, ("T1595.002",), "reconnaissance", "The tool is named.",
    ),
    Phrase(
        r"web server 40\d|web server 50\d|multiple web server|forbidden (?:file|directory)|directory index|suspicious url|common web attack|"
        r"status code in \w+ access",
        {"scanning": _E, "exploited_service": _E}, ("T1595.003",), "reconnaissance", "Requests for what is not there are how a web server is searched.",
    ),
    Phrase(
        r"request method|characters in \w+ access|occurrence frequencies of \w+ access",
        {"scanning": _E, "exploited_service": _E}, ("T1595",), "reconnaissance", "Requests unlike any the server had seen.",
    ),
    Phrase(
        r"web ?shell|(?:high|unusual) entropy in \w+ access|command injection|remote code execution|\bRCE\b|deserialization|log4j|jndi|shellshock|"
        r"path traversal|directory traversal|file inclusion|sql injection|xss\b|cross.site",
        {"exploited_service": _T, "internet_noise": _E}, ("T1190", "T1505.003"), "initial-access", "A request that carries a program.",
    ),
    Phrase(r"exploit|\bCVE-\d{4}-\d+", {"exploited_service": _T, "internet_noise": _E}, ("T1190",), "initial-access", "A known hole is tried."),
    Phrase(
        r"brute.?force|password spray|multiple (?:auth\w* |login )?fail|failed logins in a small period|password guess|credential stuffing|"
        r"too many (?:failed|auth)",
        {"credential_guessing": _E, "broken_client": _E}, ("T1110",), "credential-access", "Many wrong passwords.",
    ),
    Phrase(
        r"sudo to root|successfully changed uid|first time user executed sudo|privilege escalation|uac bypass|token manipulation|sid.history|setuid|"
        r"user_cmd|user_auth|user_acct|user_start|user_end|cred_acq|cred_refr|cred_disp",
        {"privilege_escalation": _E, "administration_by_hand": _E}, ("T1548",), "privilege-escalation", "Somebody takes another user's rights.",
    ),
    Phrase(
        r"privilege escalation|uac bypass|token manipulation|sid.history",
        {"privilege_escalation": _T}, ("T1134",), "privilege-escalation", "The act is named.",
    ),
    Phrase(
        r"mimikatz|credential (?:dump|theft)|lsass|ntds|ntdsutil|dcsync|kerberoast|rubeus|kekeo|golden ticket|secretsdump|sam dump|dual-purpose tools",
        {"credential_theft": _T}, ("T1003",), "credential-access", "Stored credentials are taken.",
    ),
    Phrase(
        r"pass.the.(?:hash|ticket)|overpass|identity theft|lateral movement|psexec|wmiexec|remote (?:service|activity|location)|"
        r"registered as a service|deceptive user account",
        {"lateral_movement": _T}, ("T1021", "T1550"), "lateral-movement", "Somebody moves on with what was taken.",
    ),
    Phrase(
        r"process injection|process hollowing|no command line arg|suspicious (?:powershell|script|process|service)|encoded command|human-operated|"
        r"hands-on-keyboard|cobalt ?strike|metasploit|meterpreter|reverse shell|suspicious (?:sequence|application)",
        {"host_compromise": _T}, ("T1059",), "execution", "Programs behave as an intruder's do.",
    ),
    Phrase(r"(?:discovery|reconnaissance|exploration|account lookups|enumerat\w+)", {"host_compromise": _E}, ("T1087",), "discovery", "Somebody looks around."),
    Phrase(
        r"\bmalware\b|\btrojan\b|\bbackdoor\b|\bvirus(?:$|\W(?:$|[^d]|d[^a]|da[^t]))|dropper|downloader|stealer|\bRAT\b|\bworm\b|spyware|hack ?tool",
        {"malware_delivery": _T}, ("T1204",), "execution", "A hostile program is named.",
    ),
    Phrase(
        r"\bcnc\b|\bc2\b|command.and.control|\bbeacon|\bC&C\b|checkin|check-in",
        {"c2_channel": _T}, ("T1071",), "command-and-control", "A hostile channel is named.",
    ),
    Phrase(
        r"dns (?:tunnel|exfil)|dnsteal|iodine|dnscat|unusual occurrence frequencies of query records|new ip address in dns",
        {"c2_dns": _E, "exfiltration": _E}, ("T1071.004", "T1048"), "exfiltration", "Data leaves in questions for names.",
    ),
    Phrase(r"exfiltrat|data theft|mass download|unusual (?:amount|volume) of data", {"exfiltration": _T}, ("T1041",), "exfiltration", "Data leaves."),
    Phrase(
        r"ransom|shadow cop|mass (?:encrypt|delet)|wiper|file encryption|stopping services",
        {"destruction": _T}, ("T1486",), "impact", "Data is destroyed or held.",
    ),
    Phrase(r"crypto.?min|coin ?miner|xmrig|stratum|monero|cryptocurrency", {"cryptomining": _T}, ("T1496",), "impact", "Coins are mined."),
    Phrase(
        r"tamper|disabled? (?:antivirus|defender|logging|firewall|audit)|log(?:s)? (?:was |were )?cleared|trail (?:stopped|deleted)|defen[cs]e evasion",
        {"defence_impairment": _T}, ("T1562",), "defense-evasion", "What would see is put out.",
    ),
    Phrase(
        r"account creation|new (?:user|admin)\w* (?:created|added)|added to (?:the )?\w*admin|persistence|access key created|federat\w+ (?:token|"
        r"domain)",
        {"identity_persistence": _E, "administration_by_hand": _E}, ("T1136",), "persistence", "A way back in.",
    ),
    Phrase(
        r"phish|malicious url|url click|zap|quarantined|spoof|(?:malicious|suspicious) (?:email|attachment|link)|accessed a? ?link",
        {"phishing": _T}, ("T1566",), "initial-access", "A message lures.",
    ),
    Phrase(
        r"anonymous ip|impossible travel|atypical travel|unfamiliar (?:sign|location)|leaked credential|risky (?:user|sign)|"
        r"suspicious (?:\w+ )?(?:auth|sign|login|resource management)|inbox|\bbec\b|financial fraud|proxy ip|\btor\b|unauthorizedaccess",
        {"account_takeover": _T, "travel_new_device": _E}, ("T1078",), "initial-access", "An account is used by somebody else.",
    ),
)

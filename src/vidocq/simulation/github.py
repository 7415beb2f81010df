"""Records of GitHub's audit log as it is streamed. Source of the fields: docs.github.com, "Audit log events for your organization"."""

from __future__ import annotations

import base64
from random import Random
from typing import Any

from vidocq.simulation import ids
from vidocq.simulation.firm import Employee, Firm
from vidocq.simulation.line import Line
from vidocq.simulation.tenant import upn

REPOSITORIES = ("orders", "stock", "billing", "search", "website", "infra", "mobile", "pricing", "reports", "labels")
GIT = ("git/2.43.0", "git/2.39.5 (Apple Git-154)", "git/2.47.1.windows.2")
RUNNERS = "GitHub Actions"


def login(firm: Firm, who: Employee) -> str:
    """The account somebody has there."""
    return f"{who.given}-{who.family}-{firm.name[:4]}"


def developers(firm: Firm) -> tuple[Employee, ...]:
    """Those who write code: the first eight save those of the desk, and everybody else of technology."""
    desk = {p.name for p in firm.people if p.kind in ("desk", "analyst")}
    return tuple(e for e in firm.staff if e.department == "technology" and e.login not in desk)


def token(firm: Firm, who: str) -> str:
    """The digest of a token, as the log tells it."""
    return base64.b64encode(Random(f"{firm.seed}/github/{who}").randbytes(32)).decode()


def event(firm: Firm, rng: Random, at: float, action: str, actor: Employee | str, address: str | None, repository: str = "", agent: str = "", **more: Any) -> Line:
    """One event. `actor` is a person, or the name of a program."""
    when, uid = int(at * 1000), ids.letters(rng, 22)
    name = actor if isinstance(actor, str) else login(firm, actor)
    record: dict[str, Any] = {
        "@timestamp": when, "_document_id": uid, "action": action, "actor": name, "actor_id": Random(f"{firm.seed}/github-id/{name}").randrange(10**7, 2 * 10**8), "actor_is_bot": isinstance(actor, str),
        "business": firm.name, "business_id": firm.seed % 90_000 + 1000, "created_at": when, "org": firm.name, "org_id": firm.seed % 900_000 + 10_000, "operation_type": _kind(action), "request_id": ids.hexes(rng, 20).upper(), **more,
    }
    if address:
        record["actor_ip"] = address
    if agent:
        record["user_agent"] = agent
    if not isinstance(actor, str):
        record["external_identity_nameid"] = upn(firm, actor)
    if repository:
        place = f"{firm.name}/{repository}"
        record |= {"repo": place, "repo_id": Random(f"{firm.seed}/repository/{repository}").randrange(10**8, 9 * 10**8), "repository": place, "repository_public": False}
    return Line(when / 1000, "github", uid, record)


def _kind(action: str) -> str:
    verb = action.rpartition(".")[2]
    return "create" if verb.startswith(("create", "add", "register")) else "remove" if verb.startswith(("remove", "destroy", "delete")) else "access" if action.startswith(("git.", "org.sso")) else "modify"


def git(firm: Firm, rng: Random, at: float, verb: str, who: Employee, address: str, repository: str) -> Line:
    """Code is fetched, cloned or pushed by somebody."""
    ssh = Random(f"{firm.seed}/ssh/{who.login}").random() < 0.5
    how: dict[str, Any] = {"transport_protocol": 2, "transport_protocol_name": "ssh"} if ssh else {
        "transport_protocol": 1, "transport_protocol_name": "http", "programmatic_access_type": "OAuth access token", "hashed_token": token(firm, who.login)}
    return event(firm, rng, at, f"git.{verb}", who, address, repository, Random(f"{firm.seed}/git/{who.login}").choice(GIT), **how)


def run(
    firm: Firm, rng: Random, at: float, who: Employee | str, repository: str, *, workflow: str = "build.yml", name: str = "Build", trigger: str = "push", branch: str = "main", secrets: tuple[str, ...] = ("GITHUB_TOKEN",),
    runner: str = "", takes: float = 240, conclusion: str = "success",
) -> tuple[Line, ...]:
    """A workflow runs: it is begun, its job is handed to a runner with the secrets it asks for, it ends. `runner` names one of the firm's own."""
    number, sha = rng.randrange(10**9, 2 * 10**10), ids.hexes(rng, 40)
    told: dict[str, Any] = {"event": trigger, "head_branch": branch, "head_sha": sha, "name": name, "run_attempt": 1, "run_number": rng.randrange(20, 4000), "workflow_id": Random(f"{firm.seed}/{repository}/{workflow}").randrange(10**6, 10**8), "workflow_run_id": number}
    job: dict[str, Any] = {
        "job_name": name.lower(), "job_workflow_ref": f"{firm.name}/{repository}/.github/workflows/{workflow}@refs/heads/{branch}", "runner_id": rng.randrange(1, 900), "runner_name": runner or f"{RUNNERS} {rng.randrange(1, 900)}",
        "runner_group_name": "Default" if runner else RUNNERS, "runner_labels": ["self-hosted", "linux"] if runner else ["ubuntu-latest"], "is_hosted_runner": not runner, "secrets_passed": list(secrets),
    }
    return (
        event(firm, rng, at, "workflows.created_workflow_run", who, None, repository, **told),
        event(firm, rng, at + 4, "workflows.prepared_workflow_job", who, None, repository, workflow_run_id=number, run_attempt=1, **job),
        event(firm, rng, at + takes, "workflows.completed_workflow_run", who, None, repository, **told, conclusion=conclusion),
    )

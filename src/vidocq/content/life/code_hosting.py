"""Code is fetched, pushed and built all day: people with their tokens, workflows with their secrets, bots that bring updates, a new telephone or laptop with a new key."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation import github
from vidocq.simulation.clock import HOUR, is_workday, midnight
from vidocq.simulation.firm import Employee, Firm
from vidocq.simulation.line import Line, Part
from vidocq.simulation.tenant import Spell, spells, times

_SECRETS = {"infra": ("GITHUB_TOKEN", "AWS_ROLE_ARN", "AZURE_CLIENT_SECRET"), "orders": ("GITHUB_TOKEN", "REGISTRY_TOKEN"), "website": ("GITHUB_TOKEN", "CDN_KEY")}


def _coding(firm: Firm, rng: Random, who: Employee, spell: Spell) -> Iterator[Line]:
    own = Random(f"{firm.seed}/repositories/{who.login}").sample(github.REPOSITORIES, 4)
    agent = who.host.agent
    if rng.random() < 0.7:
        yield github.event(firm, rng, spell.start + rng.uniform(100, 2000), "org.sso_response", who, spell.address, agent=agent)
    for at in times(rng, spell, 9):
        yield github.git(firm, rng, at, rng.choices(("fetch", "push", "clone"), (8, 4, 0.4))[0], who, spell.address, rng.choice(own))
    for at in times(rng, spell, 2.5):
        place, branch = rng.choice(own), rng.choice(("main", f"feature-{rng.randrange(900)}", f"fix-{rng.randrange(900)}"))
        yield github.event(firm, rng, at, f"pull_request.{rng.choice(('create', 'merge', 'close'))}", who, spell.address, place, agent, pull_request_id=rng.randrange(10**6, 10**9))
        broken = rng.random() < 0.15
        yield from github.run(firm, rng, at + 30, who, place, branch=branch, secrets=_SECRETS.get(place, ("GITHUB_TOKEN",)), takes=rng.uniform(60, 1200), conclusion="failure" if broken else "success")


def _care(firm: Firm, rng: Random, who: Employee, spell: Spell) -> Iterator[Line]:
    """What is done now and then: a key for a new laptop, a token, a repository, a colleague let in."""
    at, agent = rng.uniform(spell.start, spell.end), who.host.agent
    kind = rng.choice(("public_key.create", "personal_access_token.create", "repo.create", "team.add_member", "repo.add_member", "repo.update_actions_secret", "protected_branch.policy_override"))
    more = {"title": f"{who.given}-laptop"} if kind == "public_key.create" else {"permission": "write", "user": github.login(firm, rng.choice(github.developers(firm)))} if kind.endswith("add_member") else {}
    place = "" if kind in ("public_key.create", "personal_access_token.create") else f"trial-{rng.randrange(99)}" if kind == "repo.create" else rng.choice(github.REPOSITORIES)
    yield github.event(firm, rng, at, kind, who, spell.address, place, agent, **more)


def _machines(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    """Builds at night, and a bot that brings newer libraries."""
    for n, place in enumerate(github.REPOSITORIES):
        yield from github.run(firm, rng, midnight(day) + 3 * HOUR + 240 * n + rng.uniform(0, 60), "github-actions[bot]", place, workflow="nightly.yml", name="Nightly", trigger="schedule", secrets=_SECRETS.get(place, ("GITHUB_TOKEN",)), takes=900)
        if is_workday(day) and rng.random() < 0.4:
            at = midnight(day) + rng.uniform(4, 7) * HOUR
            yield github.event(firm, rng, at, "git.push", "renovate[bot]", None, place, "", transport_protocol_name="http", programmatic_access_type="GitHub App server-to-server token", hashed_token=github.token(firm, "renovate"))
            yield from github.run(firm, rng, at + 20, "renovate[bot]", place, trigger="pull_request", branch=f"renovate/lib-{rng.randrange(99)}")


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    for who in github.developers(firm):
        for spell in spells(firm, who, day):
            yield from _coding(firm, rng, who, spell)
            if rng.random() < 0.06:
                yield from _care(firm, rng, who, spell)
    yield from _machines(firm, rng, day)


PART = Part("cloud", tell)

"""The website's deployment: a user of the cloud account with a long-lived key, which a workflow uses to lay files into a bucket."""

from __future__ import annotations

from random import Random

from vidocq.simulation import ids
from vidocq.simulation.cloudtrail import Call, Caller
from vidocq.simulation.firm import Firm

USER, REPOSITORY = "deploy-website", "website"
SECRETS = ("GITHUB_TOKEN", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
AGENT = "aws-cli/2.22.35 md/awscrt#0.23.4 ua/2.0 os/linux#6.8.0-1021-azure md/arch#x86_64 lang/python#3.12.6 md/pyimpl#CPython exec-env/GitHub_Actions cfg/retry-mode#standard md/installer#exe md/prompt#off md/command#{}"


def deployer(firm: Firm, address: str, agent: str = AGENT) -> Caller:
    """The user who deploys, from an address."""
    own = Random(f"{firm.seed}/deployer")
    identity = {
        "type": "IAMUser", "principalId": ids.aws(own, "AIDA"), "arn": f"arn:aws:iam::{firm.account}:user/{USER}", "accountId": firm.account, "accessKeyId": ids.aws(own, "AKIA"), "userName": USER,
    }
    return Caller(identity, address, agent)


def upload(firm: Firm, rng: Random) -> list[Call]:
    """What one deployment asks: who it is, what lies there, and some files laid down."""
    bucket = firm.buckets[1]
    files = [Call("s3", "PutObject", {"bucketName": bucket, "key": f"assets/app-{ids.hexes(rng, 8)}.js"}) for _ in range(rng.randint(3, 9))]
    return [Call("sts", "GetCallerIdentity"), Call("s3", "ListObjects", {"bucketName": bucket, "prefix": "assets/"}), *files]

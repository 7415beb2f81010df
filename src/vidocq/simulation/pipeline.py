"""The pipeline that changes the cloud by code: its role, its tool, its session."""

from __future__ import annotations

from random import Random

from vidocq.simulation.cloudtrail import Caller, role
from vidocq.simulation.firm import Firm

AGENT = (
    "APN/1.0 HashiCorp/1.0 Terraform/1.9.8 (+https://www.terraform.io) terraform-provider-aws/5.81.0 (+https://registry.terraform.io/providers/hashicorp/aws) "
    "aws-sdk-go-v2/1.32.6 ua/2.1 os/linux lang/go#1.23.3 md/GOOS#linux md/GOARCH#amd64"
)
ROLE = "ci-terraform"


def pipeline(firm: Firm, rng: Random, at: float) -> Caller:
    """The pipeline's session that began at `at`."""
    return Caller(role(firm, ROLE, f"run-{rng.randrange(10_000, 99_999)}", rng, at), firm.runner, AGENT)

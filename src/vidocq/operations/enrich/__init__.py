"""What outside tables say about the addresses, names and assets that events mention."""

from vidocq.operations.enrich.enrichment import enrich

__all__ = ["enrich"]

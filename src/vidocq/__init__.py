"""vidocq investigates every alert: hypotheses, questions, bits of evidence, and few incidents."""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Run", "__version__", "investigate"]

if TYPE_CHECKING:
    from vidocq.operations.run import Run, investigate


def __getattr__(name: str) -> Any:
    # Imported late: `vidocq --help` and `import vidocq` need neither DuckDB nor Arrow.
    if name in ("Run", "investigate"):
        from vidocq.operations import run

        return getattr(run, name)
    raise AttributeError(name)

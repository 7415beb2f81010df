"""The engines under test: DuckDB, and Spark on this machine, started once. Spark is left out only where there is no Java."""

import os
import shutil

import pytest
from examples import play

from vidocq.store import spark
from vidocq.store.duckdb import Store

SMALL = {
    # A thousand rows: compiling a statement to bytecode, and planning it anew while it runs, cost more than they save.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.log.level": "OFF",
}


def java():
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java") or (home and shutil.which("java", path=os.path.join(home, "bin")))


@pytest.fixture(scope="session")
def session():
    if not java():
        pytest.skip("Spark needs Java 17, and there is no java on this machine")
    session = spark.local(2, SMALL)
    yield session
    session.stop()


@pytest.fixture(scope="session")
def worlds():
    """Every case of every question, played into tables."""
    return play()


@pytest.fixture(scope="session")
def embedded(worlds):
    """The worlds in DuckDB."""
    stores = []
    for world in worlds:
        store = Store()
        for name, table in world.tables.items():
            store.insert(name, table)
        stores.append(store)
    yield stores
    for store in stores:
        store.close()


@pytest.fixture(scope="session")
def cluster(session, worlds):
    """The worlds in Spark."""
    return [spark.SparkStore(session, world.tables) for world in worlds]

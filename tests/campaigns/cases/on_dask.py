"""`python -m tests.campaigns.cases.on_dask WORDS`: a command on a Dask cluster that goes with it.

Two workers, each a process of its own, which the cluster renews when one dies. Its own log is not
the program's and stays silent.
"""

import logging
import sys

from distributed import LocalCluster

from dashboards.cli import main

WORKERS = 2

if __name__ == "__main__":
    for name in ("core", "nanny", "scheduler", "worker"):
        logging.getLogger(f"distributed.{name}").setLevel(logging.CRITICAL)
    with LocalCluster(
        n_workers=WORKERS,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        memory_limit=0,
        silence_logs=logging.CRITICAL,
    ) as cluster:
        status = main([*sys.argv[1:], "--cluster", cluster.scheduler_address])
    sys.exit(status)

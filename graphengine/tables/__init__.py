"""The graph at rest: one Parquet table per node kind and per relation kind."""

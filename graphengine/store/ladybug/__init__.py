"""The embedded Cypher engine: a read-only snapshot of one graph version, asked in a process apart.

Ladybug is no store of record here: the snapshot is made whole from the graph tables, never written
to, and whatever runs on it can be killed.
"""

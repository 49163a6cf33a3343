"""The graph on a Neo4j 5 server: loaded, kept up to date and asked over Bolt."""

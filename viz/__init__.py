"""Pictures and exports of subgraphs."""

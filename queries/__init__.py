"""Questions to the graph and the rules that yield clues."""

"""The vocabulary, the graph at rest and the algorithms on it: what every other package speaks."""

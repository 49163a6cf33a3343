"""Records to graph tables: one module per part of the vocabulary, all of them pure SQL."""

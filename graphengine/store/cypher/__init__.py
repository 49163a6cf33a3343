"""Reading free Cypher text: tokens, the grammar of what only reads, and what is refused."""

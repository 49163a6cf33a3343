"""The clue ledger."""

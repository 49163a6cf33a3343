"""The readers, one per form of file."""

"""The logical types."""

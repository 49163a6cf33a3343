"""From register files to records, and from records to graph tables."""

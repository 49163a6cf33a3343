"""A synthetic county: sixteen registers of invented people, and what was planted in them."""

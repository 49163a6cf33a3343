"""A synthetic county: sixteen registers of invented people, and the truth about what was planted."""

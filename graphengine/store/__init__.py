"""Where relationship questions run."""

"""Measurements by one command each; none of them is part of the tests."""

"""The innocent look-alikes that are planted beside the schemes."""

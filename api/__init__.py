"""The ways in: command line, HTTP, and the pipeline that composes the other packages."""

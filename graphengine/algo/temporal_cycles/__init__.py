"""Money that travels in time: transfers indexed once, flows and cycles enumerated exactly."""

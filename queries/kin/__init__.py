"""What the kin rules share: who has power where, who holds firms, households and lineages."""

"""Following money: public payments, who has power over them, where they end, what explains it."""

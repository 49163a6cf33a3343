"""The schemes that are planted: who favours whom, in which shape, and which rows show it."""

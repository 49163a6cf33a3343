"""The rules, one file each; the catalogue finds every module with a `RULE`."""

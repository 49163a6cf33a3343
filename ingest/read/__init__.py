"""Reading register files: one module per form, all giving tables of text in batches."""

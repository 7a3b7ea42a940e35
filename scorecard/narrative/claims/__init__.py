"""Claims: what people say of a measure, held against what the figures say of it. One rule, one function."""

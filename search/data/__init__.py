"""Word lists, as data, read by `search.wordlists`; search/README.md, "Data", says where they come from."""

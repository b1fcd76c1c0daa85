"""Word lists, as data. Written for this project (CC0) and read by us; see search/README.md, "Data"."""

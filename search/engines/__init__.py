"""Engines: each keeps `search.index.SearchIndex`. Import the one you need; only its own loads whoosh."""

"""Migrations: date-named, one head, schema and data apart; each can be read aloud."""

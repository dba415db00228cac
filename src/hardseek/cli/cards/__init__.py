"""Commands on role cards."""

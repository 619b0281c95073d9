"""The database: base classes, sessions with a scope, migrations, the embedded server."""

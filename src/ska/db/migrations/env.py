"""Run migrations as the owner, with two operations of our own: `protect` and `read_only`."""

from alembic import context
from alembic.operations import MigrateOperation, Operations

READABLE = (
    "organizer_id = ANY ((SELECT string_to_array("
    "nullif(current_setting('app.organizers', true), ''), ',')::uuid[])::uuid[])"
)
WRITABLE = "organizer_id = nullif(current_setting('app.organizer', true), '')::uuid"


@Operations.register_operation("protect")
class Protect(MigrateOperation):
    """Guard an owned table: read the organizers in scope, write only the one in the address."""

    def __init__(self, table):
        self.table = table

    @classmethod
    def protect(cls, operations, table):
        return operations.invoke(cls(table))


@Operations.implementation_for(Protect)
def _protect(operations, operation):
    table = operation.table
    operations.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    operations.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    operations.execute(f'CREATE POLICY reading ON "{table}" FOR SELECT USING ({READABLE})')
    operations.execute(f'CREATE POLICY adding ON "{table}" FOR INSERT WITH CHECK ({WRITABLE})')
    operations.execute(
        f'CREATE POLICY changing ON "{table}" FOR UPDATE USING ({WRITABLE}) WITH CHECK ({WRITABLE})'
    )
    operations.execute(f'CREATE POLICY removing ON "{table}" FOR DELETE USING ({WRITABLE})')


@Operations.register_operation("read_only")
class ReadOnly(MigrateOperation):
    """Let the application read a reference table and nothing more."""

    def __init__(self, table):
        self.table = table

    @classmethod
    def read_only(cls, operations, table):
        return operations.invoke(cls(table))


@Operations.implementation_for(ReadOnly)
def _read_only(operations, operation):
    operations.execute(f'REVOKE INSERT, UPDATE, DELETE ON "{operation.table}" FROM ska_app')


connection = context.config.attributes["connection"]
metadata = context.config.attributes["metadata"]
context.configure(connection=connection, target_metadata=metadata, compare_type=True)
with context.begin_transaction():
    context.run_migrations()

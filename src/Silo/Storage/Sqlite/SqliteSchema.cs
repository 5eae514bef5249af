namespace OrleansIdentity.Silo.Storage.Sqlite;

/// <summary>
/// The numbered migrations. Each runs once, in a transaction of its own; the number reached is the database's <c>user_version</c>.
/// A migration that was released is never changed: the next one corrects it.
/// </summary>
internal static class SqliteSchema
{
    private static readonly string[] Migrations =
    [
        // 1. `record` keeps its rowid so that `record_page` holds nothing but keys: pages are taken from that index and then joined to documents.
        // Deleted records lie apart in `tombstone`: behind a flag they would slow every count and offset. `keys` is what `unique_key` and
        // `index_key` hold for the record, so that a change of keys is found without a search by id.
        """
        CREATE TABLE record (
            tenant TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL,
            commit_id BLOB NOT NULL, position INTEGER NOT NULL, keys TEXT NOT NULL, document BLOB NOT NULL);
        CREATE UNIQUE INDEX record_page ON record (tenant, kind, id);
        CREATE INDEX record_tenants ON record (id) WHERE kind = 'tenant';
        CREATE TABLE tombstone (
            tenant TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL,
            commit_id BLOB NOT NULL, position INTEGER NOT NULL, deleted_at INTEGER NOT NULL,
            PRIMARY KEY (tenant, kind, id)) WITHOUT ROWID;
        CREATE TABLE unique_key (
            tenant TEXT NOT NULL, kind TEXT NOT NULL, attribute TEXT NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL,
            PRIMARY KEY (tenant, kind, attribute, value)) WITHOUT ROWID;
        CREATE TABLE index_key (
            tenant TEXT NOT NULL, kind TEXT NOT NULL, attribute TEXT NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL,
            PRIMARY KEY (tenant, kind, attribute, value, id)) WITHOUT ROWID;
        CREATE TABLE event (
            tenant TEXT NOT NULL, position INTEGER NOT NULL, commit_id BLOB NOT NULL, time INTEGER NOT NULL, type TEXT NOT NULL,
            kind TEXT NOT NULL, resource_id TEXT NOT NULL, version INTEGER NOT NULL,
            source TEXT NOT NULL, actor TEXT NOT NULL, correlation_id TEXT NOT NULL, changes BLOB NOT NULL,
            PRIMARY KEY (tenant, position)) WITHOUT ROWID;
        CREATE INDEX event_resource ON event (tenant, resource_id, position);
        CREATE TABLE sequence (tenant TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE tally (tenant TEXT NOT NULL, kind TEXT NOT NULL, total INTEGER NOT NULL, PRIMARY KEY (tenant, kind)) WITHOUT ROWID;
        CREATE TABLE probe (id INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL);
        """,

        // 2. Members are rows, so that a change of one costs no more in a group of 100,000. Of a deleted user the rows stay, marked, until the group
        // gives them up: `member_departed` is the list of that work, and holds nothing else.
        """
        CREATE TABLE member (
            tenant TEXT NOT NULL, group_id TEXT NOT NULL, member_id TEXT NOT NULL, departed INTEGER NOT NULL,
            PRIMARY KEY (tenant, group_id, member_id)) WITHOUT ROWID;
        CREATE INDEX member_groups ON member (tenant, member_id, group_id, departed);
        CREATE INDEX member_departed ON member (tenant, group_id, member_id) WHERE departed = 1;
        """,

        // 3. What belongs to a record and no representation shows.
        """
        ALTER TABLE record ADD COLUMN private BLOB NOT NULL DEFAULT x'';
        """,
    ];

    /// <summary>Brings the database to the newest version.</summary>
    /// <exception cref="StoreRefusedException">It is from a newer program.</exception>
    public static void Migrate(SqliteSession session)
    {
        var version = session.Number("PRAGMA user_version") ?? 0;
        if (version > Migrations.Length)
        {
            throw new StoreRefusedException(
                $"The data has schema version {version}, and this program knows versions up to {Migrations.Length}. Start the program that wrote it, or a newer one.");
        }

        for (var next = version; next < Migrations.Length; next++)
        {
            session.Script($"BEGIN IMMEDIATE; {Migrations[next]} PRAGMA user_version = {next + 1}; COMMIT;");
        }
    }
}

namespace OrleansIdentity.Silo.Storage.Sqlite;

/// <summary>How the SQLite store works.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>The database file. Its folder is created when it is missing.</summary>
    public required string Path { get; init; }

    /// <summary>The most commits in one transaction.</summary>
    public int MaxBatch { get; init; } = 512;

    /// <summary>The most commits that wait; beyond it a commit is refused at once, so that a slow disk does not fill the memory.</summary>
    public int MaxQueued { get; init; } = 20_000;

    /// <summary>The most pages (4 KiB) that the database file may have; null for as many as the disk has room for.</summary>
    public int? MaxPages { get; init; }

    /// <summary>How many scans run at once, so that odd filters do not delay look-ups.</summary>
    public int ScanLanes { get; init; } = 2;
}

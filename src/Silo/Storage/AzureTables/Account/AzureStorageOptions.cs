namespace OrleansIdentity.Silo.Storage.AzureTables.Account;

/// <summary>Which Azure Storage account keeps the data, and how it is used; section <c>Storage:Azure</c>.</summary>
public sealed class AzureStorageOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Storage:Azure";

    /// <summary>The account's connection string. Either this, or both endpoints.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The account's table endpoint, such as <c>https://ACCOUNT.table.core.windows.net</c>; the process signs in with its own identity.</summary>
    public Uri? TableEndpoint { get; set; }

    /// <summary>The account's blob endpoint, such as <c>https://ACCOUNT.blob.core.windows.net</c>.</summary>
    public Uri? BlobEndpoint { get; set; }

    /// <summary>The table of records, keys and events. Created when it is missing.</summary>
    public string TableName { get; set; } = "OrleansIdentity";

    /// <summary>The container of large documents and index snapshots. Created when it is missing.</summary>
    public string ContainerName { get; set; } = "orleansidentity";

    /// <summary>The table of small grain states, in the layout of Orleans' Azure Table provider. Created when it is missing.</summary>
    public string GrainStateTableName { get; set; } = "OrleansGrainState";

    /// <summary>Whether grain states are written as text columns, as that provider does when told to use its string format. Both are read.</summary>
    public bool GrainStateAsText { get; set; }

    /// <summary>Whether clearing a grain state deletes its row; otherwise the row stays, without its state.</summary>
    public bool DeleteGrainStateOnClear { get; set; }

    /// <summary>The most commits of one tenant that wait; beyond it a commit is refused at once.</summary>
    public int MaxQueued { get; set; } = 20_000;

    /// <summary>A tenant's index is written to a snapshot after this many commits, and when its lane closes. Fewer make a restart faster and cost more writes.</summary>
    public int SnapshotEvery { get; set; } = 20_000;

    /// <summary>How many scans run at once in this process, so that odd filters do not delay look-ups.</summary>
    public int ScanLanes { get; set; } = 2;

    /// <summary>How often a request is made before the store is said to be unavailable. The pause doubles from 50 ms, and is longer when the service asks for it.</summary>
    public int MaxAttempts { get; set; } = 7;

    /// <summary>How long one request may take, in seconds.</summary>
    public int RequestTimeoutSeconds { get; set; } = 10;
}

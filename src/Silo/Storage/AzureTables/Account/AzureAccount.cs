using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace OrleansIdentity.Silo.Storage.AzureTables.Account;

/// <summary>The account's clients. They do not repeat requests by themselves: only who knows what a request meant can tell a repetition's refusal from a first one's.</summary>
internal sealed class AzureAccount
{
    private AzureAccount(TableServiceClient tables, BlobServiceClient blobs, AzureStorageOptions options)
    {
        Table = tables.GetTableClient(options.TableName);
        GrainStates = tables.GetTableClient(options.GrainStateTableName);
        Blobs = blobs.GetBlobContainerClient(options.ContainerName);
    }

    /// <summary>The table of records, keys and events.</summary>
    public TableClient Table { get; }

    /// <summary>The table of small grain states.</summary>
    public TableClient GrainStates { get; }

    /// <summary>The container of large documents and snapshots.</summary>
    public BlobContainerClient Blobs { get; }

    /// <summary>Makes the clients; connects to nothing yet.</summary>
    /// <param name="options">Which account.</param>
    /// <param name="transport">What carries the requests; null for the default.</param>
    public static AzureAccount Connect(AzureStorageOptions options, HttpPipelineTransport? transport = null)
    {
        // The newest version that emulators know too.
        var tableOptions = Configure(new TableClientOptions(), options, transport);
        var blobOptions = Configure(new BlobClientOptions(BlobClientOptions.ServiceVersion.V2026_02_06), options, transport);
        if (options.ConnectionString is { } connection)
        {
            return new AzureAccount(new TableServiceClient(connection, tableOptions), new BlobServiceClient(connection, blobOptions), options);
        }

        var identity = new DefaultAzureCredential();
        return new AzureAccount(
            new TableServiceClient(options.TableEndpoint, identity, tableOptions), new BlobServiceClient(options.BlobEndpoint, identity, blobOptions), options);
    }

    /// <summary>Creates tables and container where they are missing.</summary>
    public async Task PrepareAsync(Persistence persistence, CancellationToken cancellationToken)
    {
        await persistence.RunAsync(token => Table.CreateIfNotExistsAsync(token), cancellationToken);
        await persistence.RunAsync(token => GrainStates.CreateIfNotExistsAsync(token), cancellationToken);
        await persistence.RunAsync(token => Blobs.CreateIfNotExistsAsync(cancellationToken: token), cancellationToken);
    }

    private static T Configure<T>(T client, AzureStorageOptions options, HttpPipelineTransport? transport)
        where T : ClientOptions
    {
        client.Retry.MaxRetries = 0;
        client.Retry.NetworkTimeout = TimeSpan.FromSeconds(options.RequestTimeoutSeconds);
        client.Transport = transport ?? client.Transport;
        return client;
    }
}

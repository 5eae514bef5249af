using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Account;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Silo.Storage.AzureTables;

/// <summary>
/// What is too large for a row. A blob is written before the transaction whose row points to it, under a name of its own, and removed after the
/// transaction that points elsewhere: at every moment the row that is committed points to a blob that is complete.
/// </summary>
internal sealed class Blobs(BlobContainerClient container, Persistence persistence)
{
    /// <summary>Puts the document of a commit where it belongs.</summary>
    public Task<Payload> PlaceDocumentAsync(Commit commit) => commit.Change is PutRecord put
        ? PlaceAsync(put.Document, $"{Generation(put.Key, put.ExpectedVersion + 1)}-{commit.Id:n}")
        : Task.FromResult<Payload>(default);

    /// <summary>Puts the changes of a commit's event where they belong.</summary>
    public Task<Payload> PlaceChangesAsync(Commit commit) => PlaceAsync(commit.Event.Changes, $"events/{TableKeys.Partition(commit.Tenant)}/{commit.Id:n}");

    /// <summary>Puts what a commit does to members where it belongs. The event's row is what makes it count: the blob of a commit that was refused does no harm.</summary>
    public Task<Payload> PlaceMembersAsync(string tenant, Guid commitId, MemberDelta members) =>
        PlaceAsync(MemberIds.Pack(members), $"members/{TableKeys.Partition(tenant)}/{commitId:n}");

    /// <summary>Reads a payload; null when its blob is gone, because a later commit points elsewhere.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(Payload payload, CancellationToken cancellationToken) =>
        payload.Blob is { } name ? await persistence.RunAsync(token => DownloadAsync(name, token), cancellationToken) : payload.Bytes;

    /// <summary>Removes the documents of a record's earlier versions. What cannot be removed now is removed after the next large document.</summary>
    /// <param name="change">The change that was committed. A later one may already have written its document.</param>
    public async Task SweepAsync(RecordChange change)
    {
        try
        {
            var current = Generation(change.Key, change.ExpectedVersion + 1);
            await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, Generations(change.Key), CancellationToken.None))
            {
                if (string.CompareOrdinal(blob.Name, current) < 0)
                {
                    await container.DeleteBlobIfExistsAsync(blob.Name);
                }
            }
        }
        catch (Exception exception) when (Persistence.IsPassing(exception))
        {
            // The commit stands; a blob that nothing points to does no harm.
        }
    }

    /// <summary>Makes an empty JSON array of what a payload points to.</summary>
    public Task EmptyAsync(Payload payload) => persistence.RunAsync(
        token => container.GetBlobClient(payload.Blob).UploadAsync(new BinaryData("[]"u8.ToArray()), overwrite: true, token), CancellationToken.None);

    private async Task<Payload> PlaceAsync(ReadOnlyMemory<byte> bytes, string name)
    {
        if (bytes.Length <= Payload.MaxInline)
        {
            return new Payload(bytes, null);
        }

        await persistence.RunAsync(token => container.GetBlobClient(name).UploadAsync(new BinaryData(bytes), overwrite: true, token), CancellationToken.None);
        return new Payload(default, name);
    }

    private async Task<ReadOnlyMemory<byte>?> DownloadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await container.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value.Content.ToMemory();
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    private static string Generation(RecordKey key, long version) => $"{Generations(key)}{version.ToString("d19", CultureInfo.InvariantCulture)}";

    private static string Generations(RecordKey key) => $"records/{TableKeys.Partition(key.Tenant)}/{TableKeys.Encode(key.Kind)}/{TableKeys.Encode(key.Id)}/";
}

using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using OrleansIdentity.Silo.Storage.AzureTables.Account;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>
/// A lane's index in one blob. Whichever lane wrote it, and however old it is, it is what the events up to its position have made, so it can be
/// old but not wrong; it carries its own check sum, and one that does not fit is as good as none.
/// </summary>
internal sealed class Snapshots(string tenant, BlobContainerClient blobs, Persistence persistence)
{
    private const uint Format = 0x33584449;

    private const string EndOfKinds = "";

    private readonly BlobClient _blob = blobs.GetBlobClient($"index/{TableKeys.Partition(tenant)}");

    /// <summary>Reads the snapshot; null when there is none that can be used.</summary>
    public async Task<LaneIndex?> ReadAsync() => await persistence.RunAsync(DownloadAsync, CancellationToken.None) is { } bytes ? Decode(bytes) : null;

    /// <summary>Writes a snapshot that <see cref="Encode"/> made.</summary>
    public Task WriteAsync(byte[] content) => persistence.RunAsync(token => _blob.UploadAsync(new BinaryData(content), overwrite: true, token), CancellationToken.None);

    /// <summary>Removes the snapshot, which was found to be wrong.</summary>
    public Task DeleteAsync() => persistence.RunAsync(token => _blob.DeleteIfExistsAsync(cancellationToken: token), CancellationToken.None);

    /// <summary>The index as bytes, with their check sum.</summary>
    public static byte[] Encode(LaneIndex index)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Format);
            writer.Write(index.Position);
            foreach (var (kind, entries) in index.Kinds)
            {
                writer.Write(kind);
                writer.Write(entries.Count);
                foreach (var entry in entries.All)
                {
                    writer.Write(entry.Id);
                    writer.Write(entry.Version);
                    writer.Write(entry.CommitId.ToByteArray());
                    writer.Write(entry.Position);
                    writer.Write(entry.HasBlob);
                    writer.Write7BitEncodedInt(entry.Keys.Length);
                    writer.Write(KeyHash.Pack(entry.Keys));
                }
            }

            writer.Write(EndOfKinds);
            foreach (var (group, members, departed) in index.Members.Groups)
            {
                writer.Write(group);
                MemberIds.Write(writer, members);
                MemberIds.Write(writer, departed);
            }
        }

        stream.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return stream.ToArray();
    }

    /// <summary>The index that <see cref="Encode"/> made these bytes of; null when they are damaged or of another format.</summary>
    public static LaneIndex? Decode(byte[] bytes)
    {
        var length = bytes.Length - SHA256.HashSizeInBytes;
        if (length <= 0 || !SHA256.HashData(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(bytes.AsSpan(length)))
        {
            return null;
        }

        using var stream = new MemoryStream(bytes, 0, length);
        using var reader = new BinaryReader(stream);
        if (reader.ReadUInt32() != Format)
        {
            return null;
        }

        var index = new LaneIndex();
        var position = reader.ReadInt64();
        while (reader.ReadString() is { Length: > 0 } kind)
        {
            for (var left = reader.ReadInt32(); left > 0; left--)
            {
                var (id, version, commit, at, hasBlob) =
                    (reader.ReadString(), reader.ReadInt64(), new Guid(reader.ReadBytes(16)), reader.ReadInt64(), reader.ReadBoolean());
                index.Load(kind, new IndexEntry(id, version, commit, at, KeyHash.Unpack(reader.ReadBytes(reader.Read7BitEncodedInt() * KeyHash.PackedLength)), hasBlob));
            }
        }

        while (stream.Position < length)
        {
            index.Members.Load(reader.ReadString(), MemberIds.Read(reader), MemberIds.Read(reader));
        }

        index.Loaded(position);
        return index;
    }

    private async Task<byte[]?> DownloadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await _blob.DownloadContentAsync(cancellationToken)).Value.Content.ToArray();
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }
}

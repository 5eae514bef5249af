using System.Text.Json;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Resources;

/// <summary>A resource as its grain holds it in memory: the stored representation and what is needed to answer without parsing it.</summary>
/// <param name="Meta">Its SCIM metadata.</param>
/// <param name="Document">The stored representation, UTF-8 JSON, see <see cref="ResourceDocument"/>.</param>
internal record ResourceRecord(ResourceMeta Meta, byte[] Document)
{
    /// <summary>What belongs to it and no representation shows, UTF-8 JSON; empty when there is nothing.</summary>
    public virtual ReadOnlyMemory<byte> Private => default;

    /// <summary>Reads a record from the store.</summary>
    public static ResourceRecord From(StoredRecord stored)
    {
        var document = stored.Document.ToArray();
        return new ResourceRecord(ResourceDocument.ReadMeta(document), document);
    }
}

using System.Buffers;
using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Tenants;

/// <summary>Users of a tenant as they are stored, and as they are shown.</summary>
internal static class TenantDocuments
{
    public static byte[] Stored(ResourceType type, string attributes) =>
        ResourceDocument.Write(type, "id-1", Json.Object(attributes), new ResourceMeta("User", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 3));

    public static JsonObject Shown(ResourceType type, byte[] stored, Projection? projection = null)
    {
        var output = new ArrayBufferWriter<byte>();
        ResourceDocument.WriteOpen(output, type, stored, "https://x/Users/id-1", projection);
        ResourceDocument.WriteClose(output);
        return Json.Node(output.WrittenSpan).AsObject();
    }
}

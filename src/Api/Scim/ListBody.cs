using System.Buffers;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Scim.Paging;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Api.Scim;

/// <summary>Writes a page of resources as a ListResponse (RFC 7644 §3.4.2).</summary>
internal static class ListBody
{
    private const int BytesAroundADocument = 160;

    public static ArrayBufferWriter<byte> Write(ScimContext context, ResourceType type, ListReply reply, int startIndex, Projection? projection)
    {
        var size = BytesAroundADocument + reply.Resources.Sum(resource => resource.Document.Length + BytesAroundADocument);
        var body = new ArrayBufferWriter<byte>(size);
        ListResponse.WriteStart(body, reply.Total, startIndex, reply.Resources.Length);
        for (var index = 0; index < reply.Resources.Length; index++)
        {
            if (index > 0)
            {
                ListResponse.WriteSeparator(body);
            }

            var resource = reply.Resources[index];
            ResourceDocument.WriteResponse(body, resource.Document.Span, context.Location(type.Endpoint, resource.Id), projection);
        }

        ListResponse.WriteEnd(body);
        return body;
    }
}

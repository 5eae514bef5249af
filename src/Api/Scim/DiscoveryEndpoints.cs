using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Scim;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Paging;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Api.Scim;

/// <summary>What the server is and can do (RFC 7644 §4). Paging and projection parameters are ignored; a filter is refused.</summary>
internal sealed class DiscoveryEndpoints(IOptions<RequestOptions> options)
{
    public Task ServiceProviderConfigAsync(ScimContext context, string id) => DocumentAsync(
        context, writer => new ServiceProviderConfig(ScimLimits.Default, options.Value.MaxBulkBodyBytes).WriteTo(writer, context.BaseUrl));

    public Task ResourceTypesAsync(ScimContext context, string id) =>
        ListAsync(context, Types(context), (writer, type) => DiscoveryDocuments.WriteResourceType(writer, type, context.BaseUrl));

    public Task ResourceTypeAsync(ScimContext context, string id) =>
        Types(context).FirstOrDefault(type => type.Name.Equals(id, StringComparison.OrdinalIgnoreCase)) is { } found
            ? DocumentAsync(context, writer => DiscoveryDocuments.WriteResourceType(writer, found, context.BaseUrl))
            : ScimResponse.ErrorAsync(context.Http, ScimErrors.NotFound("ResourceType", id));

    public Task SchemasAsync(ScimContext context, string id) =>
        ListAsync(context, Schemas(context), (writer, schema) => DiscoveryDocuments.WriteSchema(writer, schema, context.BaseUrl));

    public Task SchemaAsync(ScimContext context, string id) =>
        Schemas(context).FirstOrDefault(schema => schema.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) is { } found
            ? DocumentAsync(context, writer => DiscoveryDocuments.WriteSchema(writer, found, context.BaseUrl))
            : ScimResponse.ErrorAsync(context.Http, ScimErrors.NotFound("Schema", id));

    private static ResourceType[] Types(ScimContext context) => [context.Users.Type, ResourceTypes.Group];

    private static SchemaDefinition[] Schemas(ScimContext context) =>
        [.. Types(context).SelectMany(type => type.Extensions.Select(extension => extension.Schema).Prepend(type.Schema)).DistinctBy(schema => schema.Id)];

    private static Task ListAsync<T>(ScimContext context, T[] items, Action<Utf8JsonWriter, T> write)
    {
        if (context.Http.Request.Query.ContainsKey("filter"))
        {
            return ScimResponse.ErrorAsync(context.Http, ScimErrors.FilterForbidden());
        }

        var body = new ArrayBufferWriter<byte>(16_384);
        ListResponse.WriteStart(body, items.Length, 1, items.Length);
        for (var index = 0; index < items.Length; index++)
        {
            if (index > 0)
            {
                ListResponse.WriteSeparator(body);
            }

            using var writer = new Utf8JsonWriter(body);
            write(writer, items[index]);
        }

        ListResponse.WriteEnd(body);
        return ScimResponse.BodyAsync(context.Http, StatusCodes.Status200OK, body);
    }

    private static Task DocumentAsync(ScimContext context, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(4_096);
        using (var writer = new Utf8JsonWriter(body))
        {
            write(writer);
        }

        return ScimResponse.BodyAsync(context.Http, StatusCodes.Status200OK, body);
    }
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Filters;
using OrleansIdentity.Scim.Patch;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Tests.Support;

/// <summary>The engine's doors, with JSON as text on both sides.</summary>
internal static class Engine
{
    public static readonly ScimLimits Limits = ScimLimits.Default;

    public static Outcome<Filter> Parse(string filter, ResourceType? type = null) => Filter.Parse(type ?? ResourceTypes.User, filter, Limits);

    public static bool Matches(string filter, string resource, ResourceType? type = null)
    {
        using var document = JsonDocument.Parse(resource);
        return Parse(filter, type).Value.Matches(document.RootElement);
    }

    public static Outcome<ResourceInput> Read(string body, ResourceType? type = null) => Read(Encoding.UTF8.GetBytes(body), type);

    public static Outcome<ResourceInput> Read(byte[] body, ResourceType? type = null) => ResourceInput.Read(type ?? ResourceTypes.User, body, Limits);

    /// <summary>The attributes that a POST with these members is read as.</summary>
    public static string Stored(string members, ResourceType? type = null) => Read(Body(members), type).Value.Attributes.ToJsonString();

    /// <summary>A body: <c>schemas</c> and these members.</summary>
    public static string Body(string members) => $$"""{"schemas":["{{SchemaUrns.User}}"],{{members}}}""";

    public static Outcome<PatchRequest> ReadPatch(string operations, ResourceType? type = null) => PatchRequest.Read(
        type ?? ResourceTypes.User,
        Encoding.UTF8.GetBytes($$"""{"schemas":["{{SchemaUrns.PatchOp}}"],"Operations":[{{operations}}]}"""),
        Limits);

    /// <summary>The attributes after a PATCH with these operations, or the error.</summary>
    public static Outcome<PatchResult> Patch(string before, string operations, ResourceType? type = null) =>
        ReadPatch(operations, type).TryGet(out var request, out var error) ? request.Apply(Json.Object(before)) : error;

    /// <summary>One operation; null leaves the member out.</summary>
    public static string Operation(string op, string? path, string? value)
    {
        var operation = new JsonObject { ["op"] = op };
        if (path is not null)
        {
            operation["path"] = path;
        }

        var text = operation.ToJsonString();
        return value is null ? text : $"{text[..^1]},\"value\":{value}}}";
    }
}

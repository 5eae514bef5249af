using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Filters;
using OrleansIdentity.Scim.Members;
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

    /// <summary>What a PATCH of a group with these operations does to its members: <c>+a,b</c>, <c>-a</c>, <c>=a,b</c>, <c>a>b</c>; or the error's keyword and id.</summary>
    public static string Members(string operations) =>
        ReadPatch(operations, ResourceTypes.Group).TryGet(out var request, out var error) && request.Apply(Json.Object("""{"displayName":"G"}""")).TryGet(out var patched, out error)
            ? string.Join(' ', patched.Members.Select(Text))
            : $"{error.ScimType} {error.Id}";

    private static string Text(MemberOperation operation) => operation switch
    {
        MemberOperation.Add add => "+" + string.Join(',', add.Ids),
        MemberOperation.Remove remove => "-" + string.Join(',', remove.Ids),
        MemberOperation.Replace replace => "=" + string.Join(',', replace.Ids),
        MemberOperation.Exchange exchange => $"{exchange.Id}>{exchange.By}",
        _ => throw new ArgumentException("Unknown operation.", nameof(operation)),
    };

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

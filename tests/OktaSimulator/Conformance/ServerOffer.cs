using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.OktaSimulator.Conformance;

/// <summary>What a server says that it offers, read from its discovery endpoints; for what these cannot say, from its answer to a first request.</summary>
internal sealed class ServerOffer
{
    private static readonly (Feature Feature, string Member)[] Stated =
    [
        (Feature.Patch, "patch/supported"),
        (Feature.Bulk, "bulk/supported"),
        (Feature.Filter, "filter/supported"),
        (Feature.Sort, "sort/supported"),
        (Feature.ETag, "etag/supported"),
        (Feature.CursorPaging, "pagination/cursor"),
    ];

    private readonly Dictionary<Feature, string> _absent = [];

    private ServerOffer(JsonObject? config, JsonObject? userSchema, JsonObject? userType)
    {
        Config = config;
        UserSchema = userSchema;
        UserType = userType;
    }

    /// <summary>The service provider configuration; null when it cannot be read.</summary>
    public JsonObject? Config { get; }

    /// <summary>The schema of the core user; null when it cannot be read.</summary>
    public JsonObject? UserSchema { get; }

    /// <summary>The resource type of users; null when it cannot be read.</summary>
    public JsonObject? UserType { get; }

    /// <summary>The schemas of the user's extensions that a user must have.</summary>
    public IReadOnlyList<JsonObject> RequiredExtensions { get; private init; } = [];

    /// <summary>Reads what there is.</summary>
    public static async Task<ServerOffer> ReadAsync(OktaScimClient client, CancellationToken cancellationToken)
    {
        var config = await SendAsync(HttpMethod.Get, "ServiceProviderConfig");
        var types = await SendAsync(HttpMethod.Get, "ResourceTypes");
        var schemas = await SendAsync(HttpMethod.Get, "Schemas");
        var userType = types.Json.Resources().FirstOrDefault(type => type.Text("schema") == ScimUrns.User);
        var offer = new ServerOffer(config.IsSuccess ? config.Json : null, Schema(ScimUrns.User), userType)
        {
            RequiredExtensions = [.. Extensions(userType)
                .Where(extension => extension.At("required")?.ToString() == "true")
                .Select(extension => Schema(extension.Text("schema") ?? ""))
                .OfType<JsonObject>()],
        };
        offer.LeaveOut(Feature.ServiceProviderConfig, config);
        offer.LeaveOut(Feature.ResourceTypes, types);
        offer.LeaveOut(Feature.Schemas, schemas);
        foreach (var (feature, member) in Stated.Where(_ => offer.Config is not null))
        {
            // Pagination is of RFC 9865: who says nothing about it offers none.
            var stated = offer.Config.At(member)?.ToString() ?? (feature == Feature.CursorPaging ? "absent" : "unknown");
            if (stated is "false" or "absent")
            {
                offer._absent[feature] = $"ServiceProviderConfig says: {member} is {stated}";
            }
        }

        if (!types.IsSuccess)
        {
            offer.LeaveOut(Feature.Groups, await SendAsync(HttpMethod.Get, "Groups?count=1"));
        }
        else if (!types.Json.Resources().Any(type => type.Text("schema") == ScimUrns.Group))
        {
            offer._absent[Feature.Groups] = "ResourceTypes lists no Group";
        }

        if (userType is not null && !Extensions(userType).Any(extension => extension.Text("schema") == ScimUrns.EnterpriseUser))
        {
            offer._absent[Feature.EnterpriseUser] = "the User resource type lists no enterprise extension";
        }

        var search = new JsonObject { ["schemas"] = new JsonArray(ScimUrns.SearchRequest), ["count"] = 0 };
        offer.LeaveOut(Feature.Search, await SendAsync(HttpMethod.Post, "Users/.search", search));
        offer.LeaveOut(Feature.RootSearch, await SendAsync(HttpMethod.Post, ".search", search));
        return offer;

        JsonObject? Schema(string urn) => schemas.Json.Resources().FirstOrDefault(schema => schema.Text("id") == urn);

        Task<ScimAnswer> SendAsync(HttpMethod method, string path, JsonObject? body = null) =>
            client.SendAsync(new ScimRequest(CallKind.Read, method, path, body), cancellationToken);
    }

    /// <summary>Why a check does not apply; null when it does.</summary>
    public string? WhyNot(Check check) =>
        _absent.Where(absent => check.Needs.HasFlag(absent.Key)).Select(absent => absent.Value).FirstOrDefault()
        ?? check.Attributes.Where(attribute => !Has(attribute)).Select(attribute => $"the schema of users has no '{attribute}'").FirstOrDefault();

    /// <summary>Whether a check asks for something of which the server does not say whether it offers it: a 501 is a truthful answer then.</summary>
    public bool LeavesOpen(Check check) => Config is null && Stated.Any(stated => check.Needs.HasFlag(stated.Feature));

    /// <summary>Whether the server does not say that it lacks something.</summary>
    public bool Offers(Feature feature) => !_absent.ContainsKey(feature);

    /// <summary>Whether users have an attribute; a server that lists none may have all.</summary>
    public bool Has(string attribute) => UserSchema.At("attributes") is not JsonArray attributes
        || attributes.Any(one => attribute.Equals(one.Text("name"), StringComparison.OrdinalIgnoreCase));

    private static JsonArray Extensions(JsonObject? type) => type.At("schemaExtensions") as JsonArray ?? [];

    private void LeaveOut(Feature feature, ScimAnswer answer)
    {
        if (answer.Status is 404 or 405 or 501)
        {
            _absent[feature] = answer.ToString();
        }
    }
}

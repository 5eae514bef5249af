using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Truth;

/// <summary>A tenant with an attribute of every kind that it may define, what is discovered there, and resources to try it on.</summary>
internal sealed class Subject : IDisposable
{
    private int _made;

    private Subject(TestTenant tenant, IReadOnlyList<DiscoveredType> types)
    {
        Tenant = tenant;
        Types = types;
    }

    public TestTenant Tenant { get; }

    public ScimClient Scim => Tenant.Scim;

    public IReadOnlyList<DiscoveredType> Types { get; }

    public static async Task<Subject> CreateAsync(RunningProduct product)
    {
        var tenant = await TestTenant.CreateAsync(product);
        string[] kinds = ["string", "boolean", "decimal", "integer", "dateTime", "reference"];
        await tenant.DefineSchemaAsync(0,
        [
            .. kinds.Select(type => new { name = $"one-{type}", type }),
            .. kinds.Select(type => new { name = $"many-{type}", type, multiValued = true }),
            new { name = "exact", type = "string", caseExact = true },
            new { name = "level", type = "string", canonicalValues = new[] { "Junior", "Senior" } },
            new { name = "costCode", type = "string", required = true },
        ]);
        return new Subject(tenant, await Discovered.ReadAsync(tenant.Scim));
    }

    /// <summary>A body that has what is required and nothing else.</summary>
    public JsonObject Body(DiscoveredType type)
    {
        var body = new JsonObject { ["schemas"] = new JsonArray(type.Schema) };
        foreach (var attribute in type.Attributes.Where(attribute => attribute is { Required: true, Parent: null }))
        {
            attribute.Put(body, attribute.Uniqueness == "server" ? $"{attribute.Name} {++_made}" : Samples.Whole(attribute, type.Attributes));
        }

        return body;
    }

    /// <summary>Creates a resource and gives its address.</summary>
    public async Task<string> CreateAsync(DiscoveredType type)
    {
        var answer = await Scim.PostAsync(type.Endpoint, Body(type));
        Assert.Equal(201, answer.Status);
        return $"{type.Endpoint}/{answer.Body!["id"]!.GetValue<string>()}";
    }

    /// <summary>Sets an attribute by its path; a part of a multi-valued attribute by an element that has nothing else.</summary>
    public Task<ScimAnswer> SetAsync(string address, Discovered attribute, JsonNode value)
    {
        var operation = attribute.Parent is { MultiValued: true } parent
            ? ScimClient.Replace(parent.Path, new JsonArray(new JsonObject { [attribute.Name] = value }))
            : ScimClient.Replace(attribute.Path, value);
        return Scim.PatchAsync(address, ScimClient.PatchOp(operation));
    }

    /// <summary>How many resources match; null when the filter is refused as such.</summary>
    public async Task<int?> CountAsync(DiscoveredType type, string filter)
    {
        var answer = await Scim.GetAsync($"{type.Endpoint}?count=0&filter={Uri.EscapeDataString(filter)}");
        if (answer.Status == 200)
        {
            return answer.Body!["totalResults"]!.GetValue<int>();
        }

        answer.ShouldBeError(400, "invalidFilter");
        return null;
    }

    /// <summary>Tries something on every attribute that it is about; all that is not as discovery says is named.</summary>
    public async Task EachAsync(Func<Discovered, bool> which, Func<DiscoveredType, Discovered, Task<string?>> attempt)
    {
        var (tried, untrue) = (0, new List<string>());
        foreach (var type in Types)
        {
            foreach (var attribute in type.Attributes.Where(which))
            {
                tried++;
                if (await attempt(type, attribute) is { } finding)
                {
                    untrue.Add($"{type.Name} {attribute}: {finding}");
                }
            }
        }

        Assert.NotEqual(0, tried);
        Assert.Empty(untrue);
    }

    public void Dispose() => Tenant.Dispose();
}

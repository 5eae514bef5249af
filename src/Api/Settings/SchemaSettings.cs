using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Schemas;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Grains.Contracts.Tenants;

namespace OrleansIdentity.Api.Settings;

/// <summary>The tenant's own schema of users: read, replace, by the rules by which the vendor does.</summary>
internal static class SchemaSettings
{
    public static void MapSchema(this RouteGroupBuilder group)
    {
        group.MapGet("/schema", ReadAsync).WithSummary("The tenant's own schema of users").Produces<TenantSchemaDocument>();
        group.MapPut("/schema", (Delegate)DefineAsync)
            .WithSummary("Replace the tenant's own schema of users, from the next request on; the revision that was read is sent back")
            .Accepts<TenantSchemaDocument>("application/json")
            .Produces<TenantSchemaDocument>().ProducesProblem(400).ProducesProblem(409).ProducesProblem(412).ProducesProblem(415);
    }

    private static Task<IResult> ReadAsync(HttpContext http, GrainsOf<ITenantGrain> tenants) => AnswerAsync(http, tenants, SettingsCall.Of(http).Settings);

    private static async Task<IResult> DefineAsync(HttpContext http, GrainsOf<ITenantGrain> tenants)
    {
        var call = SettingsCall.Of(http);
        var (wanted, refused) = await SettingsBody.ReadAsync<TenantSchemaDocument>(http, call.Call.Deadline);
        if (refused is not null)
        {
            return refused;
        }

        if (wanted!.Read(call.Origin, out var definition) is { } unreadable)
        {
            return Problem.From(unreadable);
        }

        var reply = await tenants.Get(call.Call.Tenant).ChangeIntegrationAsync(new SetSchema(call.Settings.Version, definition!)).WaitAsync(call.Call.Deadline);
        return reply.Refusal is { } refusal ? Problem.From(refusal) : await AnswerAsync(http, tenants, reply.Settings!);
    }

    // The schema is read after the tag is known: it may be newer than that, and then a change with this tag is refused.
    private static async Task<IResult> AnswerAsync(HttpContext http, GrainsOf<ITenantGrain> tenants, IntegrationView settings)
    {
        var call = SettingsCall.Of(http).Call;
        var schema = await tenants.Get(call.Tenant).ReadSchemaAsync().WaitAsync(call.Deadline);
        SettingsCall.Tagged(http, settings);
        return Results.Ok(TenantSchemaDocument.From(schema!));
    }
}

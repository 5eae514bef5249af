using OrleansIdentity.Api.Schemas;

namespace OrleansIdentity.Api.Operator;

/// <summary>A tenant's own schema of users: read, replace.</summary>
internal static class SchemaEndpoints
{
    public static void MapSchemas(this RouteGroupBuilder group)
    {
        group.MapGet("/tenants/{slug}/schema", ReadAsync)
            .WithSummary("Read a tenant's own schema of users").Produces<TenantSchemaDocument>().ProducesProblem(404);
        group.MapPut("/tenants/{slug}/schema", DefineAsync)
            .WithSummary("Replace a tenant's own schema of users, from the next request on; the revision that was read is sent back")
            .Produces<TenantSchemaDocument>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> ReadAsync(string slug, IGrainFactory grains) =>
        TenantEndpoints.Find(grains, slug) is { } tenant && await tenant.ReadSchemaAsync() is { } schema
            ? Results.Ok(TenantSchemaDocument.From(schema))
            : TenantEndpoints.Unknown();

    private static async Task<IResult> DefineAsync(string slug, TenantSchemaDocument wanted, HttpContext http, IGrainFactory grains)
    {
        if (TenantEndpoints.Find(grains, slug) is not { } tenant)
        {
            return TenantEndpoints.Unknown();
        }

        var call = OperatorCall.Of(http);
        if (wanted.Read(call.Origin, out var command) is { } unreadable)
        {
            return OperatorProblem.From(unreadable);
        }

        var reply = await tenant.DefineSchemaAsync(command!);
        call.IsRecorded = reply.Changed;
        return reply.Refusal is { } refusal ? OperatorProblem.From(refusal) : Results.Ok(TenantSchemaDocument.From(reply.Schema!));
    }
}

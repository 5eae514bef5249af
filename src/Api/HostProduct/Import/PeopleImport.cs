using System.Text;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Profiles;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Api.HostProduct.Import;

/// <summary>
/// Makes people of rows: whoever is there is edited, whoever is not is created. Each row is a command of its own, so a file that was cut short in the
/// middle can be sent again: what was done is unchanged then.
/// </summary>
internal sealed class PeopleImport(HostServices services)
{
    private const int Chunk = 200;
    private const int AtOnce = 16;

    /// <summary>Carries out a file, or finds out what it would come to.</summary>
    public async Task<RowResult[]> RunAsync(HostCall call, Actor actor, PeopleFile file, bool isRehearsal, CancellationToken cancellationToken)
    {
        var results = new RowResult[file.Rows.Count];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var repeated = file.Rows.Where(row => row.Name is { } name && !seen.Add(CaseFolding.Fold(name))).Select(row => row.Number).ToHashSet();
        for (var start = 0; start < results.Length; start += Chunk)
        {
            var from = start;
            var rows = file.Rows.Skip(from).Take(Chunk).ToArray();
            var known = await services.People(call.Tenant).ResolveAsync([.. rows.Select(row => row.Name ?? "")], withOktaIds: false, cancellationToken);
            await Parallel.ForAsync(0, rows.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (index, _) =>
                results[from + index] = repeated.Contains(rows[index].Number)
                    ? Failed(rows[index], "csv-row-repeated", "An earlier row is about the same person. Leave one of them out.")
                    : await RunAsync(call, actor, rows[index], known[index], isRehearsal));
        }

        return results;
    }

    private async Task<RowResult> RunAsync(HostCall call, Actor actor, PeopleRow row, string? id, bool isRehearsal)
    {
        if (row.Fields is null)
        {
            return Failed(row, "csv-cells", "The row has not as many cells as the header. Correct it.");
        }

        if (row.Name is null)
        {
            return Failed(row, "csv-name-missing", "The row has neither email nor user_name. Give one.");
        }

        var fields = Encoding.UTF8.GetBytes(row.Fields.ToJsonString());
        try
        {
            return id is null
                ? await CreateAsync(call, actor, row, ChangeEndpoints.WithUserName(fields), isRehearsal)
                : await EditAsync(call, actor, row, id, fields, isRehearsal);
        }
        catch (Exception exception) when (Hosting.Problem.IsPassing(exception))
        {
            return Failed(row, "unavailable", "The store or a node did not answer. Send the file again: what was done is unchanged then.");
        }
    }

    private async Task<RowResult> CreateAsync(HostCall call, Actor actor, PeopleRow row, byte[] fields, bool isRehearsal)
    {
        if (!ProfileEdit.Apply(call.Users.Type, [], fields).TryGet(out var attributes, out var error))
        {
            return Failed(row, error);
        }

        var id = services.NewId();
        var command = new CreateResource(call.Origin(actor), services.Deadline, Encoding.UTF8.GetBytes(attributes.ToJsonString())) { IsRehearsal = isRehearsal };
        return Result(row, isRehearsal ? null : id, "created", await services.User(call.Tenant, id).CreateAsync(call.For(actor, command)));
    }

    private async Task<RowResult> EditAsync(HostCall call, Actor actor, PeopleRow row, string id, byte[] fields, bool isRehearsal)
    {
        var command = new EditProfile(call.Origin(actor), services.Deadline, null, fields) { IsRehearsal = isRehearsal };
        return Result(row, id, "updated", await services.User(call.Tenant, id).EditProfileAsync(call.For(actor, command)));
    }

    private static RowResult Result(PeopleRow row, string? id, string changed, ResourceReply reply) => reply.Error is { } error
        ? Failed(row, error)
        : new RowResult(row.Number, reply.Changed ? changed : "unchanged", id, null);

    private static RowResult Failed(PeopleRow row, ScimError error) => Failed(row, error.Id, error.Detail);

    private static RowResult Failed(PeopleRow row, string id, string detail) => new(row.Number, "error", null, new RowError(id, detail));
}

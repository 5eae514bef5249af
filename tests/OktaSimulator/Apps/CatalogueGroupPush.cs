using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Org;
using OrleansIdentity.OktaSimulator.Scim;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Apps;

/// <summary>Group push of an app of the catalogue, or of the integration wizard: PATCH.</summary>
internal sealed class CatalogueGroupPush(ScimSession scim) : GroupPush(scim)
{
    /// <summary>Okta's standard for how many changes of members one request has.</summary>
    private const int BatchSize = 100;

    public override Task<ScimAnswer> FillAsync(OktaGroup group, CancellationToken cancellationToken) =>
        ChangeAsync(group, [], group.Members, cancellationToken);

    // The id comes along in the value, and is that of the URL.
    public override Task<ScimAnswer> RenameAsync(OktaGroup group, CancellationToken cancellationToken) =>
        PatchAsync(group, [Replace(null, new JsonObject { ["id"] = group.ScimId, ["displayName"] = group.Name })], cancellationToken);

    public override async Task<ScimAnswer> ChangeAsync(
        OktaGroup group, IReadOnlyList<OktaUser> left, IReadOnlyList<OktaUser> came, CancellationToken cancellationToken)
    {
        var changes = left.Select(user => (User: user, HasLeft: true)).Concat(came.Select(user => (User: user, HasLeft: false)));
        ScimAnswer? last = null;
        foreach (var batch in changes.Chunk(BatchSize))
        {
            var removes = batch.Where(change => change.HasLeft).Select(change => new JsonObject
            {
                ["op"] = "remove",
                ["path"] = $"members[{ScimQuery.Eq("value", change.User.ScimId!)}]",
            });
            JsonObject[] operations = [.. removes, .. Add([.. batch.Where(change => !change.HasLeft).Select(change => change.User)])];
            last = await PatchAsync(group, operations, cancellationToken);
            if (!last.IsSuccess)
            {
                break;
            }
        }

        return last ?? throw new ArgumentException("Nothing has changed.", nameof(came));
    }

    public override Task<ScimAnswer> ReplaceAsync(OktaGroup group, bool withPath, CancellationToken cancellationToken) => PatchAsync(
        group,
        [
            withPath
                ? Replace("members", Values(group.Members))
                : Replace(null, new JsonObject { ["members"] = Values(group.Members), ["id"] = group.ScimId, ["displayName"] = group.Name }),
        ],
        cancellationToken);

    private static JsonObject[] Add(OktaUser[] users) =>
        users.Length == 0 ? [] : [new JsonObject { ["op"] = "add", ["path"] = "members", ["value"] = Values(users) }];

    private static JsonObject Replace(string? path, JsonNode value)
    {
        var operation = new JsonObject { ["op"] = "replace" };
        if (path is not null)
        {
            operation["path"] = path;
        }

        operation["value"] = value;
        return operation;
    }

    private Task<ScimAnswer> PatchAsync(OktaGroup group, JsonObject[] operations, CancellationToken cancellationToken) => Scim.PatchAsync(
        group.ScimId!,
        new JsonObject { ["schemas"] = new JsonArray(ScimUrns.PatchOp), ["Operations"] = new JsonArray([.. operations]) },
        cancellationToken);
}

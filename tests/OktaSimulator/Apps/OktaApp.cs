using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Org;
using OrleansIdentity.OktaSimulator.Scim;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Apps;

/// <summary>
/// An Okta app with provisioning: which verb does what depends on its kind. A method sends what Okta would send and says whether all of it was accepted.
/// </summary>
internal abstract class OktaApp(ScimSession scim)
{
    /// <summary>A group that does not exist. Membership is readOnly on a user, so that nothing may come of it.</summary>
    public const string StaleGroup = "00000000-0000-0000-0000-00000000abcd";

    protected ScimSession Scim => scim;

    /// <summary>Profile update: the profile of the person is the new one already.</summary>
    /// <param name="user">The person.</param>
    /// <param name="before">The profile that the server still has.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public abstract Task<ScimAnswer> UpdateProfileAsync(OktaUser user, OktaProfile before, CancellationToken cancellationToken);

    /// <summary>Activates or deactivates, as the person's assignment says.</summary>
    public abstract Task<ScimAnswer> SetActiveAsync(OktaUser user, CancellationToken cancellationToken);

    /// <summary>Password sync.</summary>
    public abstract Task<ScimAnswer> PushPasswordAsync(OktaUser user, string password, CancellationToken cancellationToken);

    /// <summary>Empties attributes that the person no longer has in Okta.</summary>
    public abstract Task<ScimAnswer> ClearAsync(OktaUser user, OktaProfile before, ClearedAs way, CancellationToken cancellationToken);

    /// <summary>Links to an account that was found: Okta's values are laid over what the server has, whatever the kind of app.</summary>
    public Task<ScimAnswer> LinkAsync(OktaUser user, CancellationToken cancellationToken) => PutAsync(user, null, cancellationToken);

    /// <summary>
    /// GET, then PUT of the server's own object with Okta's values laid over it. It goes back with all that the server put in, readOnly members
    /// included, and with groups that are out of date.
    /// </summary>
    protected async Task<ScimAnswer> PutAsync(OktaUser user, Action<JsonObject>? change, CancellationToken cancellationToken)
    {
        var read = await scim.SendReadAsync(user.ScimId!, cancellationToken);
        if (!read.IsSuccess || read.Json?.DeepClone() is not JsonObject resource)
        {
            return read;
        }

        AttributeMapping.Overlay(resource, user);
        resource["groups"] = new JsonArray(new JsonObject { ["value"] = StaleGroup, ["display"] = "No longer there" });
        change?.Invoke(resource);
        return await scim.ReplaceAsync(user.ScimId!, resource, cancellationToken);
    }

    /// <summary>Empties in a resource, or in the value of a PATCH, what the person had before and has no longer.</summary>
    protected static void Clear(JsonObject target, OktaUser user, OktaProfile before, ClearedAs way)
    {
        foreach (var attribute in AttributeMapping.All.Where(one => one.Value(before) is not null && one.Value(user.Profile) is null))
        {
            if (way == ClearedAs.Absent)
            {
                attribute.Target.Remove(target);
            }
            else
            {
                attribute.Target.Write(target, way == ClearedAs.Null ? null : "");
            }
        }
    }
}

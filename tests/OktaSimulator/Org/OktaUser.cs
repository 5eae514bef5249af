using System.Text.Json.Nodes;

namespace OrleansIdentity.OktaSimulator.Org;

/// <summary>A person of the org, and where its assignment to the app stands: what the server must show for it.</summary>
internal sealed class OktaUser(int number, string id, OktaProfile profile)
{
    /// <summary>Its place in the org, from 0.</summary>
    public int Number { get; } = number;

    /// <summary>Okta's own id (<c>00u…</c>), which the server is given as <c>externalId</c>.</summary>
    public string Id { get; } = id;

    /// <summary>The profile as of the last change that the server acknowledged.</summary>
    public OktaProfile Profile { get; set; } = profile;

    /// <summary>Whether the app is assigned, so that the account must be active.</summary>
    public bool IsAssigned { get; set; } = true;

    /// <summary>The server's id for it; null while Okta has no link to an account.</summary>
    public string? ScimId { get; set; }

    /// <summary>What somebody else had put on the account before Okta was linked to it; null when Okta created it.</summary>
    public JsonObject? Unmapped { get; init; }

    /// <summary>The login that it had before it was renamed.</summary>
    public string? FormerLogin { get; set; }

    /// <summary>Whether the account was deleted on the server by somebody else.</summary>
    public bool IsDeleted { get; set; }
}

using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Members;

namespace OrleansIdentity.Grains.Resources;

/// <summary>What a command wants of a resource, before it is known what that comes to for the members of a group.</summary>
/// <param name="Before">The attributes as they are; null when the resource does not exist yet.</param>
/// <param name="After">The attributes as they are to be.</param>
/// <param name="Members">What is to be done to the members, in order; none for other resources than groups.</param>
/// <param name="Ignored">Why parts of the request have no effect.</param>
internal sealed record ResourceDraft(JsonObject? Before, JsonObject After, IReadOnlyList<MemberOperation> Members, string[] Ignored)
{
    /// <summary>The attributes as they are stored: what they are, and what the tenant's schema does not show any more.</summary>
    public JsonObject? Stored { get; init; } = Before;
}

/// <summary>What member operations come to for a group as it is.</summary>
/// <param name="Delta">Who joins and who leaves.</param>
/// <param name="LeftOut">Who would join, were they users of the tenant.</param>
internal sealed record MemberChange(MemberDelta Delta, IReadOnlyList<string> LeftOut)
{
    /// <summary>Nothing.</summary>
    public static MemberChange None { get; } = new(new MemberDelta([], []), []);
}

using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Api.Scim.Operations;

/// <summary>What became of an operation on a resource.</summary>
/// <param name="Id">The resource's id; that of a resource which was not created names nothing.</param>
/// <param name="Reply">What its grain said, or would have said had it been asked.</param>
internal sealed record ResourceOutcome(string Id, ResourceReply Reply)
{
    /// <summary>Why it was refused; null when it was carried out.</summary>
    public ScimError? Error => Reply.Error;

    /// <summary>A refusal that needed no grain.</summary>
    public static ResourceOutcome Refused(string id, ScimError error) => new(id, ResourceReply.Refused(error));
}

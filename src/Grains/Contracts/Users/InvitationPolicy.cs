namespace OrleansIdentity.Grains.Contracts.Users;

/// <summary>Whether and when a tenant's new accounts are invited.</summary>
/// <param name="Automatic">Whether they are at all without anybody's doing. Off while a customer is being implemented.</param>
/// <param name="HireDateField">The custom field whose date the invitation waits for; null to invite at creation, whatever the start date.</param>
[GenerateSerializer, Immutable, Alias("InvitationPolicy")]
public sealed record InvitationPolicy([property: Id(0)] bool Automatic, [property: Id(1)] string? HireDateField)
{
    /// <summary>What a tenant begins with: nobody is invited automatically.</summary>
    public static InvitationPolicy None { get; } = new(Automatic: false, null);
}

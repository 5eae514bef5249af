using OrleansIdentity.Grains.Standard.Mapping;
using OrleansIdentity.Okta.Results;

namespace OrleansIdentity.Api.Standard.People;

/// <summary>What a read of one person has shown.</summary>
internal abstract record PersonRead
{
    private PersonRead()
    {
    }

    /// <summary>The person is assigned to the app.</summary>
    public sealed record Found(OktaPerson Person) : PersonRead;

    /// <summary>The person is not assigned, or not there at all.</summary>
    /// <param name="OktaId">Whom to take access from; null when nobody knows who it was.</param>
    public sealed record Gone(string? OktaId) : PersonRead;

    /// <summary>The person is there and cannot be taken over as it is.</summary>
    public sealed record Unfit(OktaError Error) : PersonRead;

    /// <summary>Nothing is known.</summary>
    public sealed record Failed(OktaFailure Failure) : PersonRead;
}

namespace OrleansIdentity.Okta.Results;

/// <summary>Why a call has no value.</summary>
public abstract record OktaFailure
{
    private OktaFailure()
    {
    }

    /// <summary>The org is there, the thing is not: no such user, or a user without this assignment.</summary>
    public sealed record NotFound : OktaFailure;

    /// <summary>The org answered no; asking again changes nothing until somebody has done what the message says.</summary>
    public sealed record Refused(OktaError Error) : OktaFailure;

    /// <summary>The tenant's share of the org's rate limit is used up.</summary>
    /// <param name="Until">When to ask again, by this process's clock.</param>
    public sealed record RateLimited(DateTimeOffset Until) : OktaFailure;

    /// <summary>There was no answer that can be used; asking again later may help. Nothing is known about what was asked for.</summary>
    public sealed record Unreachable(OktaError Error) : OktaFailure;

    /// <summary>What an admin is told.</summary>
    public OktaError Describe() => this switch
    {
        Refused refused => refused.Error,
        Unreachable unreachable => unreachable.Error,
        RateLimited limited => new OktaError(
            "okta-rate-limited",
            $"Okta's rate limit leaves nothing for this product until {limited.Until:u}. It goes on by itself; raise the limit of the API token in Okta if this is frequent."),
        _ => new OktaError("okta-not-found", "Okta does not have it. Check the id."),
    };
}

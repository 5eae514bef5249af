namespace OrleansIdentity.Okta.Results;

/// <summary>What went wrong with an org, as its admin is told. It never holds text of the org's own, which could repeat a secret that was sent.</summary>
/// <param name="Id">A stable id in kebab case.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record OktaError(string Id, string Message)
{
    /// <summary>Okta's code, such as <c>E0000006</c>, or the keyword of RFC 6749 §5.2; null when there is none.</summary>
    public string? Code { get; init; }

    /// <summary>Okta's id of this occurrence, for its support; null when there is none.</summary>
    public string? ErrorId { get; init; }
}

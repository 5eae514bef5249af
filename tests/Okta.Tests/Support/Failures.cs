using OrleansIdentity.Okta.Results;

namespace OrleansIdentity.Okta.Tests.Support;

/// <summary>What a result says.</summary>
internal static class Failures
{
    /// <summary>The id of a refusal; anything else fails the test.</summary>
    public static string RefusedId<T>(this OktaResult<T> result)
        where T : notnull => Assert.IsType<OktaFailure.Refused>(result.Failure).Error.Id;

    /// <summary>The id of what makes the org unreachable; anything else fails the test.</summary>
    public static string UnreachableId<T>(this OktaResult<T> result)
        where T : notnull => Assert.IsType<OktaFailure.Unreachable>(result.Failure).Error.Id;

    /// <summary>The time until which the call is limited; anything else fails the test.</summary>
    public static DateTimeOffset LimitedUntil<T>(this OktaResult<T> result)
        where T : notnull => Assert.IsType<OktaFailure.RateLimited>(result.Failure).Until;
}

using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Org;
using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>
/// Somebody else makes accounts: in other letter case than Okta has the login in, without <c>externalId</c>, with attributes that Okta does not map,
/// and every other one deactivated.
/// </summary>
internal static class StrangersPhase
{
    public static Task RunAsync(AppRun run, CancellationToken cancellationToken) => run.EachAsync(
        run.Cast.Strangers,
        async (user, token) =>
        {
            user.IsAssigned = user.Number % 2 == 0;
            var answer = await run.Scim.CreateAsync(Body(user), token);
            if (run.Scim.Created(answer) is { } id)
            {
                run.StrangerIds[user] = id;
            }
        },
        cancellationToken);

    private static JsonObject Body(OktaUser user)
    {
        var body = user.Unmapped!.DeepClone().AsObject();
        body["schemas"] = new JsonArray(ScimUrns.User);
        body["userName"] = user.Profile.Login.ToUpperInvariant();
        body["name"] = new JsonObject { ["givenName"] = "Somebody", ["familyName"] = "Else" };
        body["active"] = user.IsAssigned;
        return body;
    }
}

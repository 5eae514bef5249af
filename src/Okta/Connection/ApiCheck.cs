using OrleansIdentity.Okta.Apps;
using OrleansIdentity.Okta.Credentials;
using OrleansIdentity.Okta.Http;
using OrleansIdentity.Okta.Json;
using OrleansIdentity.Okta.Results;

namespace OrleansIdentity.Okta.Connection;

/// <summary>Tests org, credential and app by harmless reads, in order of what depends on what.</summary>
/// <param name="clients">Makes clients.</param>
/// <param name="time">The clock that the org's is compared with.</param>
public sealed class ApiCheck(OktaClients clients, TimeProvider time)
{
    private const int PageLimit = 500;
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(30);

    // Okta takes a proof or an assertion for wrong beyond this.
    private static readonly TimeSpan Fatal = TimeSpan.FromMinutes(5);

    /// <summary>Runs all checks.</summary>
    /// <param name="connection">What to test.</param>
    /// <param name="appId">The tenant's app in the org.</param>
    /// <param name="cancellationToken">Gives up, with an exception.</param>
    /// <returns>One result for each check, always all of them and in the same order.</returns>
    public async Task<IReadOnlyList<ConnectionCheck>> RunAsync(OktaConnection connection, string appId, CancellationToken cancellationToken = default)
    {
        using var client = clients.Open(connection);
        var app = await client.GetAppAsync(appId, cancellationToken);
        var credential = await CheckCredentialAsync(client, connection.Credential, app.Failure, cancellationToken);
        if (credential.Result == CheckResult.Failed)
        {
            string[] rest = [CheckIds.App, CheckIds.AssignedUsers, CheckIds.Users, CheckIds.Groups, CheckIds.Logs];
            return [credential, .. rest.Select(id => ConnectionCheck.Skip(id, CheckIds.Credential)), CheckClock(client), CheckRateLimit(client)];
        }

        return
        [
            credential,
            Check(app),
            app.Failure is null ? await CheckAssignedAsync(client, appId, cancellationToken) : ConnectionCheck.Skip(CheckIds.AssignedUsers, CheckIds.App),
            Reads(CheckIds.Users, "people", await client.GetAsync(OktaCall.Users, "/api/v1/users?limit=1", OktaJson.Default.OktaUserArray, cancellationToken)),
            Reads(CheckIds.Groups, "groups", await client.GetAsync(OktaCall.Groups, "/api/v1/groups?limit=1", OktaJson.Default.OktaGroupArray, cancellationToken)),
            Reads(CheckIds.Logs, "the System Log", await client.GetAsync(OktaCall.Logs, "/api/v1/logs?limit=1", OktaJson.Default.LogEventArray, cancellationToken)),
            CheckClock(client),
            CheckRateLimit(client),
        ];
    }

    // An API token can say whose it is. A service app cannot; that it was given a token is what shows that it is right.
    private static async Task<ConnectionCheck> CheckCredentialAsync(
        OktaClient client, OktaCredential credential, OktaFailure? failure, CancellationToken cancellationToken)
    {
        if (credential is OktaCredential.ServiceApp)
        {
            return client.Transport.GrantedScopes is { } scopes
                ? ConnectionCheck.Pass(CheckIds.Credential, $"The service app is accepted, with the scopes {string.Join(", ", scopes.Where(OktaScopes.All.Contains))}.")
                : ConnectionCheck.Fail(CheckIds.Credential, failure!);
        }

        var me = await client.GetUserAsync("me", cancellationToken);
        return me.TryGet(out var owner, out var refusal)
            ? ConnectionCheck.Pass(CheckIds.Credential, $"The API token is accepted; it is {owner.Profile.Text("login") ?? owner.Id}'s and may do what that admin may.")
            : ConnectionCheck.Fail(CheckIds.Credential, refusal);
    }

    private static ConnectionCheck Check(OktaResult<OktaApp> app)
    {
        if (!app.TryGet(out var found, out var failure))
        {
            return failure is OktaFailure.NotFound
                ? ConnectionCheck.Fail(CheckIds.App, new OktaError("okta-app-not-found", "The org has no app with this id. In Okta, open the app: the id is in the address (0oa...)."))
                : ConnectionCheck.Fail(CheckIds.App, failure);
        }

        var what = $"'{found.Label}' ({found.SignOnMode})";
        return string.Equals(found.Status, "ACTIVE", StringComparison.Ordinal)
            ? ConnectionCheck.Pass(CheckIds.App, $"The app is {what}.")
            : ConnectionCheck.Fail(CheckIds.App, new OktaError("okta-app-inactive", $"The app {what} is not active. Activate it in Okta."));
    }

    private static async Task<ConnectionCheck> CheckAssignedAsync(OktaClient client, string appId, CancellationToken cancellationToken)
    {
        if (!(await client.GetAppUsersPageAsync(appId, new AppUserQuery(PageLimit), null, cancellationToken)).TryGet(out var page, out var failure))
        {
            return ConnectionCheck.Fail(CheckIds.AssignedUsers, failure);
        }

        var count = $"{(page.Next is null ? "" : "At least ")}{page.Items.Count}";
        return page.Items.Count == 0
            ? ConnectionCheck.Warn(CheckIds.AssignedUsers, "Nobody has the app, so nobody is provisioned. Assign people or groups to it in Okta.")
            : ConnectionCheck.Pass(CheckIds.AssignedUsers, $"{count} people have the app.");
    }

    private static ConnectionCheck Reads<T>(string id, string what, OktaResult<T> result)
        where T : notnull =>
        result.Failure is { } failure ? ConnectionCheck.Fail(id, failure) : ConnectionCheck.Pass(id, $"The credential may read {what}.");

    private ConnectionCheck CheckClock(OktaClient client)
    {
        if (client.Transport.LastAnswer is not { } answer)
        {
            return ConnectionCheck.Skip(CheckIds.Clock, CheckIds.Credential);
        }

        var off = answer.Ours - answer.Theirs;
        var seconds = Math.Abs((int)off.TotalSeconds);
        var finding = $"This server's clock is {seconds} s {(off > TimeSpan.Zero ? "ahead of" : "behind")} Okta's. Set it right by NTP.";
        return off.Duration() >= Fatal
            ? ConnectionCheck.Fail(CheckIds.Clock, new OktaError("clock-wrong", $"{finding} Okta refuses what a service app signs."))
            : off.Duration() >= Noticeable
                ? ConnectionCheck.Warn(CheckIds.Clock, finding)
                : ConnectionCheck.Pass(CheckIds.Clock, "This server's clock and Okta's agree.");
    }

    private ConnectionCheck CheckRateLimit(OktaClient client)
    {
        var window = client.Transport.WindowOf(OktaCall.AppUsers);
        if (window.Limit == 0)
        {
            return ConnectionCheck.Skip(CheckIds.RateLimit, CheckIds.AssignedUsers);
        }

        var finding = $"Okta allows {window.Limit} pages of assignments a minute; {Math.Max(0, window.Remaining)} were left.";
        return window.WaitAt(time.GetUtcNow(), client.Transport.Rules) > TimeSpan.Zero
            ? ConnectionCheck.Warn(CheckIds.RateLimit, $"{finding} This product's part of them is used up for now; a sync waits.")
            : ConnectionCheck.Pass(CheckIds.RateLimit, finding);
    }
}

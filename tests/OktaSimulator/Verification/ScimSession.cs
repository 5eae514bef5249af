using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.OktaSimulator.Verification;

/// <summary>The SCIM operations that Okta uses on resources of one type, each answer held against what Okta insists on.</summary>
/// <param name="client">Sends.</param>
/// <param name="query">How queries are written.</param>
/// <param name="findings">Where to report.</param>
/// <param name="endpoint">The type's endpoint.</param>
internal sealed class ScimSession(OktaScimClient client, ScimQuery query, FindingLog findings, string endpoint)
{
    public AnswerChecks Checks { get; } = new(findings);

    /// <summary>Test connection.</summary>
    /// <param name="authorization">Another credential than the target's own; null for that.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public Task<ScimAnswer> TestConnectionAsync(string? authorization, CancellationToken cancellationToken) =>
        SendAsync(new ScimRequest(CallKind.ConnectionTest, HttpMethod.Get, ScimQuery.Page(endpoint, 1, 2), Authorization: authorization), cancellationToken);

    /// <summary>Looks up by a filter; null when there was no list.</summary>
    public async Task<UserList?> FindAsync(string filter, CancellationToken cancellationToken)
    {
        var answer = await SendRawFilterAsync(filter, cancellationToken);
        switch (answer)
        {
            // Okta takes it for an empty list.
            case { Status: 404, IsUsable: true }:
                return UserList.Empty;
            case { Status: 200, IsUsable: true }:
                return Checks.IsList(answer, ScimQuery.LookUpCount);
            default:
                findings.Require(!answer.IsUsable, FindingKinds.FilterRefused, answer);
                return null;
        }
    }

    /// <summary>Looks up, whatever the answer.</summary>
    public Task<ScimAnswer> SendRawFilterAsync(string filter, CancellationToken cancellationToken) =>
        SendAsync(new ScimRequest(CallKind.LookUp, HttpMethod.Get, query.LookUp(endpoint, filter)), cancellationToken);

    /// <summary>A page of an import; null when there was none.</summary>
    public async Task<UserList?> PageAsync(int startIndex, int count, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(new ScimRequest(CallKind.ImportPage, HttpMethod.Get, ScimQuery.Page(endpoint, startIndex, count)), cancellationToken);
        if (answer is not { Status: 200, IsUsable: true })
        {
            findings.Require(!answer.IsUsable, FindingKinds.ImportRefused, answer);
            return null;
        }

        return Checks.IsList(answer, count);
    }

    /// <summary>Reads by id, whatever the answer.</summary>
    public Task<ScimAnswer> SendReadAsync(string id, CancellationToken cancellationToken) =>
        SendAsync(new ScimRequest(CallKind.Read, HttpMethod.Get, PathOf(id)), cancellationToken);

    /// <summary>Reads an account that must be there.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="missing">The finding when it is not.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<JsonObject?> ReadAsync(string id, FindingKind missing, CancellationToken cancellationToken)
    {
        var answer = await SendReadAsync(id, cancellationToken);
        if (answer is not { Status: 200, IsUsable: true })
        {
            findings.Require(!answer.IsUsable, missing, answer);
            return null;
        }

        return Checks.IsResource(answer, id) ? answer.Json : null;
    }

    /// <summary>Reads a discovery list.</summary>
    public Task<ScimAnswer> DiscoverAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new ScimRequest(CallKind.Read, HttpMethod.Get, path), cancellationToken);

    public Task<ScimAnswer> CreateAsync(JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(new ScimRequest(CallKind.Create, HttpMethod.Post, endpoint, body), cancellationToken);

    public Task<ScimAnswer> ReplaceAsync(string id, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(new ScimRequest(CallKind.Replace, HttpMethod.Put, PathOf(id), body), cancellationToken);

    public Task<ScimAnswer> PatchAsync(string id, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(new ScimRequest(CallKind.Patch, HttpMethod.Patch, PathOf(id), body), cancellationToken);

    public Task<ScimAnswer> DeleteAsync(string id, CancellationToken cancellationToken) =>
        SendAsync(new ScimRequest(CallKind.Delete, HttpMethod.Delete, PathOf(id)), cancellationToken);

    /// <summary>Judges the answer to a create that must succeed, and gives the id of the account.</summary>
    public string? Created(ScimAnswer answer)
    {
        if (answer is not { Status: 201, IsUsable: true })
        {
            findings.Require(!answer.IsUsable, FindingKinds.CreateRefused, answer);
            return null;
        }

        findings.Require(answer.HasLocation, FindingKinds.LocationMissing, answer);
        return Checks.IsResource(answer, null) ? answer.Id : null;
    }

    /// <summary>Judges the answer to a change that must succeed: 200 with the whole resource; after PATCH also 204 with nothing.</summary>
    public bool Changed(ScimAnswer answer, string id)
    {
        if (answer is { Status: 204, Request.Kind: CallKind.Patch })
        {
            return true;
        }

        if (answer is not { Status: 200, IsUsable: true })
        {
            findings.Require(!answer.IsUsable, FindingKinds.ChangeRefused, answer);
            return false;
        }

        return Checks.IsResource(answer, id);
    }

    private string PathOf(string id) => $"{endpoint}/{Uri.EscapeDataString(id)}";

    private async Task<ScimAnswer> SendAsync(ScimRequest request, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(request, cancellationToken);
        Checks.IsAnswer(answer);
        return answer;
    }
}

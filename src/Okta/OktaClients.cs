using OrleansIdentity.Okta.Budget;
using OrleansIdentity.Okta.Http;

namespace OrleansIdentity.Okta;

/// <summary>Makes clients.</summary>
public sealed class OktaClients
{
    private readonly IHttpClientFactory _clients;
    private readonly OrgBudgets _budgets;
    private readonly TimeProvider _time;

    internal OktaClients(IHttpClientFactory clients, OrgBudgets budgets, TimeProvider time) => (_clients, _budgets, _time) = (clients, budgets, time);

    /// <summary>
    /// A client for a connection. It holds the access token of a service app, so keep it while the connection stays the same. Clients of one tenant and org share a
    /// rate budget.
    /// </summary>
    public OktaClient Open(OktaConnection connection) =>
        new(connection.Org, new OktaTransport(_clients, connection, _budgets.Of(connection), _time));
}

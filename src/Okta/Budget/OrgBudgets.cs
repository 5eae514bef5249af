using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace OrleansIdentity.Okta.Budget;

/// <summary>The budgets of this process.</summary>
internal sealed class OrgBudgets(IOptions<OktaOptions> options, TimeProvider time)
{
    // Beyond it, budgets that have nothing to remember are dropped: an admin can type any number of org addresses.
    private const int Many = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Tenant, string Org), OrgBudget> _budgets = [];

    /// <summary>The budget of a tenant for an org.</summary>
    public OrgBudget Of(OktaConnection connection)
    {
        var key = (connection.Tenant, connection.Org.ToString());
        lock (_lock)
        {
            if (_budgets.TryGetValue(key, out var budget))
            {
                return budget;
            }

            if (_budgets.Count >= Many)
            {
                foreach (var idle in _budgets.Where(pair => pair.Value.IsIdle).Select(pair => pair.Key).ToArray())
                {
                    _budgets.Remove(idle);
                }
            }

            var set = options.Value;
            return _budgets[key] = new OrgBudget(new RateRules(set.BudgetShare, set.ReserveShare), set.Concurrency, Jitter, time);
        }
    }

    private static double Jitter() => RandomNumberGenerator.GetInt32(1_000_000) / 1_000_000d;
}

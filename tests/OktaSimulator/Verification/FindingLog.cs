using System.Collections.Concurrent;

namespace OrleansIdentity.OktaSimulator.Verification;

/// <summary>Collects what is found while one app is played.</summary>
internal sealed class FindingLog(string app)
{
    private readonly ConcurrentQueue<Finding> _findings = [];

    /// <summary>The phase that findings belong to.</summary>
    public string Phase { get; set; } = "";

    public IReadOnlyCollection<Finding> All => _findings;

    public void Add(FindingKind kind, object evidence) => _findings.Enqueue(new Finding(kind, app, Phase, evidence.ToString() ?? ""));

    /// <summary>Adds a finding unless the condition holds, and gives the condition back.</summary>
    public bool Require(bool condition, FindingKind kind, object evidence)
    {
        if (!condition)
        {
            Add(kind, evidence);
        }

        return condition;
    }
}

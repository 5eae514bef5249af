using OrleansIdentity.Api.Tests.Judge.Faults;

namespace OrleansIdentity.Api.Tests.Judge.Conformance;

/// <summary>A way in which a server can break a sentence of the RFCs, and the checks that have to fail for it: these and no others.</summary>
/// <param name="Name">What the server does.</param>
/// <param name="Expected">The ids of the checks.</param>
/// <param name="Make">Makes the fault, with a memory of its own.</param>
internal sealed record ConformanceFault(string Name, string[] Expected, Func<FaultyProduct.Fault> Make)
{
    public static IReadOnlyList<ConformanceFault> All { get; } =
        [.. DiscoveryFaults.All, .. ResourceFaults.All, .. QueryFaults.All, .. PatchFaults.All, .. VersionFaults.All, .. RefusalFaults.All];

    /// <summary>A fault without a memory.</summary>
    public static ConformanceFault Of(string name, string[] expected, FaultyProduct.Fault fault) => new(name, expected, () => fault);

    /// <summary>A fault that changes answers.</summary>
    public static ConformanceFault Answer(string name, string[] expected, Func<FaultyExchange, FaultyAnswer, FaultyAnswer> change) =>
        Of(name, expected, async exchange => change(exchange, await exchange.ForwardAsync()));

    public override string ToString() => Name;
}

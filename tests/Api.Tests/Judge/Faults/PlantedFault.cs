using OrleansIdentity.OktaSimulator.Apps;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.Api.Tests.Judge.Faults;

/// <summary>A way in which a server can be wrong, and what the simulator has to say about it.</summary>
/// <param name="Name">What the server does.</param>
/// <param name="Expected">The finding.</param>
/// <param name="App">The kind of app that meets it.</param>
/// <param name="Make">Makes the fault, with a memory of its own.</param>
internal sealed record PlantedFault(string Name, FindingKind Expected, AppKind App, Func<FaultyProduct.Fault> Make)
{
    public static IReadOnlyList<PlantedFault> All { get; } = [.. AnswerFaults.All, .. ListFaults.All, .. CreateFaults.All, .. ChangeFaults.All,
        .. GroupFaults.All];

    /// <summary>The endpoint that is faulty.</summary>
    public string Endpoint { get; init; } = "Users";

    /// <summary>A fault that an app of the classic kind meets.</summary>
    public static PlantedFault Classic(string name, FindingKind expected, FaultyProduct.Fault fault) => new(name, expected, AppKind.Classic, () => fault);

    /// <summary>A fault that an app of the catalogue meets.</summary>
    public static PlantedFault Catalogue(string name, FindingKind expected, FaultyProduct.Fault fault) => new(name, expected, AppKind.Catalogue, () => fault);

    /// <summary>The fault, where it is; everything else goes through.</summary>
    public FaultyProduct.Fault Plant()
    {
        var fault = Make();
        return exchange => exchange.Endpoint == Endpoint ? fault(exchange) : exchange.ForwardAsync();
    }

    public override string ToString() => $"{App}: {Name}";
}

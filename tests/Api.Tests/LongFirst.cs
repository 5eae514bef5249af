using OrleansIdentity.Api.Tests.Invitations;
using OrleansIdentity.Api.Tests.Judge;
using OrleansIdentity.Api.Tests.Judge.Conformance;
using OrleansIdentity.Api.Tests.Kill;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Api.Tests.SignIn;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("OrleansIdentity.Api.Tests.LongFirst", "OrleansIdentity.Api.Tests")]

namespace OrleansIdentity.Api.Tests;

/// <summary>Begins with what takes minutes, so that nothing of it is left to run alone at the end.</summary>
public sealed class LongFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        nameof(KillTests), SignInCollection.Name, ProductCollection.Name, nameof(PlantedFaultTests), nameof(ConformanceFaultTests), nameof(InvitationTests), nameof(MailFailureTests),
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections.OrderBy(collection =>
        Array.FindIndex(Long, name => collection.DisplayName.EndsWith(name, StringComparison.Ordinal)) is >= 0 and var place ? place : Long.Length);
}

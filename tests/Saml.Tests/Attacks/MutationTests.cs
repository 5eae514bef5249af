using System.Text;
using OrleansIdentity.Saml.Parties;
using OrleansIdentity.Saml.Responses;
using OrleansIdentity.Saml.Tests.Peers;
using OrleansIdentity.Saml.Tests.Support;

namespace OrleansIdentity.Saml.Tests.Attacks;

/// <summary>Thousands of damaged responses: none signs anybody else in, and none surprises.</summary>
public sealed class MutationTests
{
    [Theory]
    [InlineData(SignedParts.Assertion, 1)]
    [InlineData(SignedParts.Response, 2)]
    [InlineData(SignedParts.Both, 3)]
    internal async Task Validate_BytesChanged_NeverSignsAnybodyElseIn(SignedParts parts, int seed) =>
        await RunAsync(parts, seed, 4_000, (random, xml) => Damage.Bytes(random, Encoding.UTF8.GetBytes(xml)));

    [Theory]
    [InlineData(SignedParts.Assertion, 4)]
    [InlineData(SignedParts.Response, 5)]
    [InlineData(SignedParts.Both, 6)]
    internal async Task Validate_TreeChanged_NeverSignsAnybodyElseIn(SignedParts parts, int seed) =>
        await RunAsync(parts, seed, 2_000, (random, xml) => Encoding.UTF8.GetBytes(Doc.Edit(xml, document => Damage.Tree(random, document))));

    private static async Task RunAsync(SignedParts parts, int seed, int rounds, Func<Random, string, byte[]> damage)
    {
        var genuine = new Genuine().Signed(new Signing { Parts = parts });
        var xml = genuine.ToXml();
        Assert.True(genuine.Validate().TryGet(out var expected, out _));
        var random = new Random(seed);
        var refusals = new HashSet<string>();
        var accepted = new List<SamlCase>();
        for (var round = 0; round < rounds; round++)
        {
            var damaged = genuine with { Response = SamlCase.Of(damage(random, xml)).Response };
            if (damaged.Validate().TryGet(out var identity, out var refusal))
            {
                Same(expected, identity, damaged);
                accepted.Add(damaged);
            }
            else
            {
                refusals.Add(refusal.Id);
            }
        }

        // The damage is neither so great nor so small that nothing would be tried.
        Assert.InRange(accepted.Count, 1, rounds / 2);
        Assert.True(refusals.Count >= 5, string.Join(' ', refusals));

        // What is accepted unchanged lies outside of what is signed; node-saml must not mind it more than we do.
        foreach (var damaged in accepted.DistinctBy(one => one.Response).Take(40))
        {
            var peer = await SamlPeer.NodeSamlAsync(damaged);
            Assert.True(peer.Ok && peer.NameId == Tenant.User, $"{peer.Error}\n{damaged.ToXml()}");
        }
    }

    private static void Same(SamlIdentity expected, SamlIdentity actual, SamlCase damaged)
    {
        var attributes = actual.Attributes.ToDictionary(pair => pair.Key, pair => string.Join('\n', pair.Value));
        Assert.True(
            expected with { Attributes = actual.Attributes } == actual
            && expected.Attributes.Count == attributes.Count
            && expected.Attributes.All(pair => attributes.GetValueOrDefault(pair.Key) == string.Join('\n', pair.Value)),
            $"Signed in as {actual}:\n{damaged.ToXml()}");
    }
}

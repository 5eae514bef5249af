using System.Runtime.CompilerServices;
using OrleansIdentity.Saml.Responses;
using OrleansIdentity.Saml.Tests.Peers;

namespace OrleansIdentity.Saml.Tests.Support;

/// <summary>Asserts what becomes of a case, here and in node-saml. Where the two differ, <see cref="Differences"/> must say why.</summary>
internal static class Judge
{
    /// <summary>It is accepted, by node-saml too, as the same user.</summary>
    public static async Task<SamlIdentity> AcceptsAsync(SamlCase @case, string variant = "", [CallerMemberName] string test = "")
    {
        Assert.True(@case.Validate().TryGet(out var identity, out var refusal), $"{variant} {refusal?.Id}: {refusal?.Detail}");
        var peer = await SamlPeer.NodeSamlAsync(@case);
        var name = Differences.Name(test, variant);
        Assert.True(peer.Ok != Differences.Contains(Differences.Laxer, test, variant), peer.Ok
            ? $"node-saml agrees with {name}: it is no difference."
            : $"node-saml refuses what we accept: {name}: {peer.Error}");
        Assert.True(!peer.Ok || peer.NameId == identity.NameId.Value, $"node-saml reads another name: {peer.NameId}");
        return identity;
    }

    /// <summary>It is refused with this id, by node-saml too.</summary>
    public static async Task RefusesAsync(string id, SamlCase @case, string variant = "", [CallerMemberName] string test = "")
    {
        Assert.False(@case.Validate().TryGet(out var identity, out var refusal), $"{variant} was accepted as {identity?.NameId.Value}.");
        Assert.True(id == refusal.Id, $"{variant} expected {id}, was {refusal.Id}: {refusal.Detail}");
        Assert.StartsWith("saml-", refusal.Id);
        Assert.DoesNotContain(refusal.Detail, letter => letter is '<' or '>' or '"' or < ' ');
        Assert.InRange(refusal.Detail.Length, 40, 700);

        var peer = await SamlPeer.NodeSamlAsync(@case);
        var name = Differences.Name(test, variant);
        Assert.True(peer.Ok == Differences.Contains(Differences.Stricter, test, variant), peer.Ok
            ? $"node-saml accepts what we refuse with {refusal.Id}: {name} (as {peer.NameId})"
            : $"node-saml agrees with {name}: it is no difference ({peer.Error}).");
    }}

using OrleansIdentity.OktaSimulator.Scim;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Api.Tests.Judge;

/// <summary>A SCIM server of another make.</summary>
internal sealed class ScimmyPeer : IDisposable
{
    private const string Token = "a-token-of-the-peer";

    private readonly NodePeer _peer;

    private ScimmyPeer(NodePeer peer)
    {
        _peer = peer;
        Target = new ScimTarget(peer.Url, Token);
    }

    public ScimTarget Target { get; }

    public static async Task<ScimmyPeer> StartAsync() => new(await NodePeer.StartAsync("scimmy", ("SCIM_TOKEN", Token)));

    public override string ToString() => _peer.ToString();

    public void Dispose() => _peer.Dispose();
}

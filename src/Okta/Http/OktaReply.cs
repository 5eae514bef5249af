namespace OrleansIdentity.Okta.Http;

/// <summary>A successful answer.</summary>
/// <param name="Body">Its body.</param>
/// <param name="Links">The values of its <c>Link</c> lines.</param>
internal sealed record OktaReply(byte[] Body, IReadOnlyList<string> Links);

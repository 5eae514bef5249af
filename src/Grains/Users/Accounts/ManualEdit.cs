using System.Text.Json.Nodes;

namespace OrleansIdentity.Grains.Users.Accounts;

/// <summary>That a field was edited by hand since Okta supplied it last.</summary>
/// <param name="OktaValue">What Okta supplied; null when it has supplied nothing.</param>
/// <param name="At">When it was edited last (UTC).</param>
/// <param name="By">The user who did.</param>
internal sealed record ManualEdit(JsonNode? OktaValue, DateTimeOffset At, string By);

using System.Text.Json.Nodes;

namespace OrleansIdentity.Api.Tests.Kill;

/// <summary>What one user must look like: the state last acknowledged, and the state that a request without an answer may have made of it.</summary>
internal sealed class UserModel
{
    /// <summary>A state of a user as far as the model follows it; null means that there is no such user.</summary>
    public sealed record State(string UserName, string ExternalId, bool Active, string NickName)
    {
        public static State From(JsonObject user) => new(
            user["userName"]!.GetValue<string>(),
            user["externalId"]!.GetValue<string>(),
            user["active"]!.GetValue<bool>(),
            user["nickName"]?.GetValue<string>() ?? "");
    }

    public required string UserName { get; init; }

    public string? Id { get; set; }

    public State? Acknowledged { get; set; }

    /// <summary>Set before a request is sent, cleared when it is answered.</summary>
    public bool InFlight { get; set; }

    public State? Attempted { get; set; }

    public bool Allows(State? found) => Equals(found, Acknowledged) || (InFlight && Equals(found, Attempted));
}

using System.Text.Json.Nodes;

namespace OrleansIdentity.OktaSimulator.Verification;

/// <summary>A list that has been read.</summary>
/// <param name="TotalResults">How many match.</param>
/// <param name="StartIndex">The index of the first one here, from 1.</param>
/// <param name="ItemsPerPage">How many are here, as the server says.</param>
/// <param name="Users">The resources.</param>
internal sealed record UserList(int TotalResults, int StartIndex, int ItemsPerPage, IReadOnlyList<JsonObject> Users)
{
    public static UserList Empty { get; } = new(0, 1, 0, []);

    public IEnumerable<string> Ids => Users.Select(user => user["id"]?.ToString() ?? "");
}

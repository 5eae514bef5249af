using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Org;

namespace OrleansIdentity.OktaSimulator.CommandLine;

/// <summary>A made-up person's profile as the directory keeps it.</summary>
internal static class ProfileJson
{
    /// <summary>Everything but names and login.</summary>
    public static JsonObject More(OktaProfile profile) => new()
    {
        ["email"] = profile.Email,
        ["displayName"] = profile.DisplayName,
        ["locale"] = profile.Locale,
        ["employeeNumber"] = profile.EmployeeNumber,
        ["title"] = profile.Title,
        ["city"] = profile.City,
        ["department"] = profile.Department,
        ["managerId"] = profile.ManagerId,
        ["hireDate"] = profile.HireDate,
    };
}

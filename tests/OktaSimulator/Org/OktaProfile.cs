namespace OrleansIdentity.OktaSimulator.Org;

/// <summary>What Okta knows about a person. A member without a value is null.</summary>
internal sealed record OktaProfile(
    string Login,
    string Email,
    string FirstName,
    string LastName,
    string DisplayName,
    string Locale,
    string EmployeeNumber,
    string? Title,
    string? City,
    string? Department,
    string? ManagerId,
    string? HireDate);

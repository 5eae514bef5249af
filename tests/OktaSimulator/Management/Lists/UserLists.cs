using Microsoft.AspNetCore.Http;
using OrleansIdentity.OktaSimulator.Directories;

namespace OrleansIdentity.OktaSimulator.Management.Lists;

/// <summary>Lists of people. Conditions are of the form <c>attribute eq "value"</c>, joined by <c>and</c>.</summary>
internal static class UserLists
{
    /// <summary>Leaves out who is deactivated, unless the condition asks for a status. <c>search</c> asks an index that lags behind, <c>filter</c> does not.</summary>
    public static Task UsersAsync(SimulatedOrg org, HttpContext http)
    {
        var (search, filter) = (http.Request.Query["search"].ToString(), http.Request.Query["filter"].ToString());
        var condition = search.Length > 0 ? search : filter;
        if (Conditions.Read(condition) is not { } conditions)
        {
            return org.Errors.WriteAsync(http, 400, "E0000031", "Invalid search criteria.");
        }

        var users = org.Directory.Users
            .Select(user => search.Length > 0 ? org.Directory.FindIndexed(user.Id, org.Options.IndexLag) : user)
            .OfType<DirectoryUser>()
            .Where(user => user.IsThere || conditions.Any(one => one.Attribute == "status"))
            .Where(user => conditions.All(one => string.Equals(Value(user, one.Attribute), one.Value, StringComparison.OrdinalIgnoreCase)));
        return PageWriter.WriteAsync(org, http, users, user => user.Id, AppJson.User, standard: 200, most: 200);
    }

    public static Task MembersAsync(SimulatedOrg org, HttpContext http, DirectoryGroup group) => PageWriter.WriteAsync(
        org, http, org.Directory.MembersOf(group.Id).Select(org.Directory.FindUser).OfType<DirectoryUser>(), user => user.Id, AppJson.User, standard: 200, most: 200);

    private static string Value(DirectoryUser user, string attribute) => attribute switch
    {
        "id" => user.Id,
        "status" => user.Status,
        _ => user.Text(attribute.StartsWith("profile.", StringComparison.Ordinal) ? attribute["profile.".Length..] : attribute),
    };
}

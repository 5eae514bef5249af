using System.Globalization;
using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Directories;

namespace OrleansIdentity.OktaSimulator.Scripts;

/// <summary>Changes of the kinds that happen in an org, by chance. The same seed on the same org makes the same changes.</summary>
/// <param name="directory">The directory that changes.</param>
/// <param name="appId">The app that is assigned and taken back.</param>
/// <param name="seed">What chance is made from.</param>
public sealed class ChangeGenerator(OrgDirectory directory, string appId, int seed)
{
    private static readonly string[] Departments = ["Sales", "R&D", "People/Culture", "Élan", "Support: tier 2"];

    private readonly Random _random = new(seed);
    private int _created;

    /// <summary>Makes one change and says which.</summary>
    public string Change()
    {
        var users = directory.Users;
        if (users.Count == 0 || _random.Next(10) == 0)
        {
            var login = string.Create(CultureInfo.InvariantCulture, $"new.{seed}.{++_created}@okta.example");
            directory.Assign(appId, directory.CreateUser(login, "New", $"Person {_created}").Id);
            return $"created and assigned {login}";
        }

        var user = users[_random.Next(users.Count)];
        if (user.Status == DirectoryStatus.Deprovisioned)
        {
            directory.Reactivate(user.Id);
            return $"reactivated {user.Login}";
        }

        switch (_random.Next(8))
        {
            case 0:
                directory.Deactivate(user.Id);
                return $"deactivated {user.Login}";
            case 1:
                directory.Unassign(appId, user.Id);
                return $"unassigned {user.Login}";
            case 2:
                return Toggle(user);
            case 3 or 4:
                directory.Assign(appId, user.Id);
                return $"assigned {user.Login}";
            default:
                var department = Departments[_random.Next(Departments.Length)];
                directory.UpdateProfile(user.Id, new JsonObject { ["department"] = department });
                return $"moved {user.Login} to {department}";
        }
    }

    private string Toggle(DirectoryUser user)
    {
        if (user.Status == DirectoryStatus.Suspended)
        {
            directory.Unsuspend(user.Id);
            return $"unsuspended {user.Login}";
        }

        directory.Suspend(user.Id);
        return $"suspended {user.Login}";
    }
}

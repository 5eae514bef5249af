using OrleansIdentity.Grains.Directory;
using OrleansIdentity.Scim;
using OrleansIdentity.Scim.Filters;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Tests.Directory;

public sealed class MembershipFilterTests
{
    [Theory]
    [InlineData("Group", "members.value eq \"u1\"", "u1", false)]
    [InlineData("Group", "members eq \"u1\"", "u1", false)]
    [InlineData("Group", "members[value eq \"u1\"]", "u1", false)]
    [InlineData("Group", "displayName sw \"E\" and members.value eq \"u1\"", "u1", true)]
    [InlineData("Group", "(members.value eq \"u1\") and (displayName sw \"E\" or externalId pr)", "u1", true)]
    [InlineData("Group", "displayName sw \"E\"", null, true)]
    [InlineData("User", "groups.value eq \"G1\"", "g1", false)]
    [InlineData("User", "groups[value eq \"g1\"] and active eq true", "g1", true)]
    [InlineData("User", "emails[value eq \"u1\"]", null, true)]
    public void From_WhatTheRowsCanAnswer_IsPartedFromTheRest(string type, string filter, string? with, bool hasRest)
    {
        var parted = MembershipFilter.From(Parse(type, filter)).Value;
        Assert.Equal((with, hasRest), (parted.With, parted.Rest is not null));
    }

    [Theory]
    [InlineData("Group", "members.value ne \"u1\"")]
    [InlineData("Group", "members.value sw \"u\"")]
    [InlineData("Group", "members.value eq null")]
    [InlineData("Group", "members pr")]
    [InlineData("Group", "members.type eq \"User\"")]
    [InlineData("Group", "not (members.value eq \"u1\")")]
    [InlineData("Group", "members.value eq \"u1\" or displayName eq \"E\"")]
    [InlineData("Group", "members.value eq \"u1\" and members.value eq \"u2\"")]
    [InlineData("Group", "members[value eq \"u1\" and type eq \"User\"]")]
    [InlineData("Group", "displayName eq \"E\" and not (members pr)")]
    [InlineData("User", "groups.display eq \"Everyone\"")]
    [InlineData("User", "active eq true and (groups.value eq \"g1\" or groups.value eq \"g2\")")]
    public void From_AnythingElseAboutMemberships_IsRefusedAndMatchesNothingInSilence(string type, string filter) =>
        Assert.Equal("filter-membership", MembershipFilter.From(Parse(type, filter)).Error.Id);

    private static Filter Parse(string type, string filter) =>
        Filter.Parse(type == "User" ? ResourceTypes.User : ResourceTypes.Group, filter, ScimLimits.Default).Value;
}

using OrleansIdentity.Grains.Tenants;

namespace OrleansIdentity.Grains.Tests.Tenants;

public sealed class TenantNameTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("acme-2", true)]
    [InlineData("0", true)]
    [InlineData("a-", false)]
    [InlineData("-a", false)]
    [InlineData("a.b", false)]
    [InlineData("a|b", false)]
    [InlineData("ä", false)]
    [InlineData("a\n", false)]
    [InlineData("", false)]
    public void IsSlug_IsOneLabelInLowerCase(string text, bool expected) => Assert.Equal(expected, TenantName.IsSlug(text));

    [Fact]
    public void IsSlug_SixtyThreeCharacters_IsTheLongest()
    {
        Assert.True(TenantName.IsSlug(new string('a', 63)));
        Assert.False(TenantName.IsSlug(new string('a', 64)));
    }

    [Theory]
    [InlineData("id.example.com", true)]
    [InlineData("a.b", true)]
    [InlineData("localhost", false)]
    [InlineData("1.2.3.4", false)]
    [InlineData("Id.Example.com", false)]
    [InlineData("a..b", false)]
    [InlineData("a.b:80", false)]
    [InlineData("a.b\n", false)]
    public void IsHostName_HasTwoLabelsAndIsNoAddress(string text, bool expected) => Assert.Equal(expected, TenantName.IsHostName(text));
}

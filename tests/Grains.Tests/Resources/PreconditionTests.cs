using OrleansIdentity.Grains.Resources;

namespace OrleansIdentity.Grains.Tests.Resources;

public sealed class PreconditionTests
{
    [Theory]
    [InlineData("W/\"3\"", true)]
    [InlineData("\"3\"", true)]
    [InlineData("*", true)]
    [InlineData(" W/\"1\" , W/\"3\"", true)]
    [InlineData("W/\"4\"", false)]
    [InlineData("W/\"33\"", false)]
    [InlineData("3", false)]
    [InlineData("W/3", false)]
    [InlineData("", false)]
    [InlineData("\"\"", false)]
    [InlineData("\"", false)]
    [InlineData("w/\"3\"", false)]
    public void Names_EntityTags_AreComparedWeakly(string header, bool expected) => Assert.Equal(expected, Precondition.Names(header, 3));
}

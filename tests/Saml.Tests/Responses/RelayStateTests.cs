using OrleansIdentity.Saml.Responses;

namespace OrleansIdentity.Saml.Tests.Responses;

/// <summary>Row 36 of the attacks.</summary>
public sealed class RelayStateTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/courses")]
    [InlineData("/courses/12?tab=a&next=%2Fhome#part")]
    [InlineData("/courses?next=https://acme.example.com/x")]
    [InlineData("/~ada/@me/a:b;c,d")]
    [InlineData("/a%20b/%C3%A9")]
    public void LocalPath_PathOfThisOrigin_IsItself(string relayState) => Assert.Equal(relayState, RelayState.LocalPath(relayState));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("courses")]
    [InlineData("https://attacker.example")]
    [InlineData("https:attacker.example")]
    [InlineData("//attacker.example")]
    [InlineData("///attacker.example")]
    [InlineData("/\\attacker.example")]
    [InlineData("\\\\attacker.example")]
    [InlineData("\\/attacker.example")]
    [InlineData("/\t/attacker.example")]
    [InlineData("/\n/attacker.example")]
    [InlineData("\t//attacker.example")]
    [InlineData(" /courses")]
    [InlineData("/courses ")]
    [InlineData("/..//attacker.example")]
    [InlineData("/.//attacker.example")]
    [InlineData("/courses//attacker.example")]
    [InlineData("/%2Fattacker.example")]
    [InlineData("/%2f%2fattacker.example")]
    [InlineData("/%5Cattacker.example")]
    [InlineData("/%09/attacker.example")]
    [InlineData("/a%0d%0aSet-Cookie:x=y")]
    [InlineData("/a?x=%0D%0ASet-Cookie:x=y")]
    [InlineData("/a\r\nSet-Cookie:x=y")]
    [InlineData("/a%00")]
    [InlineData("/a%7F")]
    [InlineData("/a\0")]
    [InlineData("/a\u007F")]
    [InlineData("/\u2215attacker.example")]
    [InlineData("/\uFF0Fattacker.example")]
    [InlineData("/é")]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("@attacker.example")]
    [InlineData(".attacker.example")]
    [InlineData("?x")]
    [InlineData("#x")]
    public void LocalPath_AnythingElse_IsNone(string? relayState) => Assert.Null(RelayState.LocalPath(relayState));

    [Fact]
    public void LocalPath_TooLong_IsNone()
    {
        Assert.NotNull(RelayState.LocalPath("/" + new string('x', RelayState.MaxLength - 1)));
        Assert.Null(RelayState.LocalPath("/" + new string('x', RelayState.MaxLength)));
    }
}

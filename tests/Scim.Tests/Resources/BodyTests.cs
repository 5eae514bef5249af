using System.Text;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Resources;

/// <summary>What is refused before anybody asks what it means: no JSON, no Unicode, too deep, too many, twice.</summary>
public sealed class BodyTests
{
    // What is there twice has no one meaning.
    [Theory]
    [InlineData("\"nickName\":\"a\",\"nickName\":\"b\"")]
    [InlineData("\"nickName\":\"a\",\"NICKNAME\":\"b\"")]
    [InlineData("\"name\":{\"givenName\":\"a\",\"GivenName\":\"b\"}")]
    [InlineData("\"emails\":[{\"value\":\"a\",\"Value\":\"b\"}]")]
    [InlineData($"\"{SchemaUrns.EnterpriseUser}\":{{\"division\":\"a\",\"Division\":\"b\"}}")]
    [InlineData("\"urn:x:User\":{\"a\":1},\"URN:x:User\":{\"a\":2}")]
    [InlineData("\"urn:x:User\":{\"a\":1,\"a\":2}")]
    [InlineData("\"Schemas\":[\"urn:x\"]")]
    public void Member_GivenTwice_IsInvalidSyntax(string members) => Json.Refused("invalidSyntax", Engine.Read(Engine.Body(members)));

    [Theory]
    [InlineData("\"nickName\":\"\\ud800\"")]
    [InlineData("\"nickName\":\"\\udc00\\ud800\"")]
    [InlineData("\"nickName\":\"a\\u0000b\"")]
    [InlineData("\"urn:x:User\":{\"\\ud800\":1}")]
    [InlineData("\"urn:x:User\":{\"a\":[\"\\u0000\"]}")]
    [InlineData("\"\\ud800\":1")]
    [InlineData("\"shoe\\u0000Size\":1")]
    public void Text_ThatIsNoUnicode_IsRefused(string member)
    {
        var outcome = Engine.Read(Engine.Body(member));

        Assert.False(outcome.Succeeded);
        Assert.Contains(outcome.Error.Id, new[] { "body-not-unicode", "body-malformed" });
    }

    // Bytes that are no UTF-8: a lone continuation, an overlong form, half a surrogate pair, a cut sequence.
    [Theory]
    [InlineData("80")]
    [InlineData("C0AF")]
    [InlineData("EDA080")]
    [InlineData("F09F98")]
    [InlineData("FF")]
    public void Bytes_ThatAreNoUtf8_AreInvalidSyntax(string hex)
    {
        var bad = Convert.FromHexString(hex);
        byte[] Around(string before, string after) => [.. Encoding.UTF8.GetBytes(before), .. bad, .. Encoding.UTF8.GetBytes(after)];

        Json.Refused("invalidSyntax", "body-malformed", Engine.Read(Around("{\"schemas\":[\"urn:x\"],\"nickName\":\"", "\"}")));
        Json.Refused("invalidSyntax", "body-malformed", Engine.Read(Around("{\"schemas\":[\"urn:x\"],\"nick", "\":\"x\"}")));
        Json.Refused("invalidSyntax", "body-malformed", Engine.Read(Around("{\"schemas\":[\"urn:x\"],\"urn:x\":{\"a\":\"", "\\u0041\"}}")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"schemas\":[\"urn:x\"],}")]
    [InlineData("{\"schemas\":[\"urn:x\"]} {}")]
    [InlineData("{\"schemas\":[\"urn:x\"]/**/}")]
    [InlineData("{\"schemas\":[\"urn:x\"],\"nickName\":\"\n\"}")]
    public void Body_NoJsonObject_IsInvalidSyntax(string body) => Json.Refused("invalidSyntax", Engine.Read(body));

    [Fact]
    public void Depth_UpToTheLimitAndNoFurther()
    {
        string Nested(int depth) => Engine.Body($"\"urn:x:User\":{string.Concat(Enumerable.Repeat("{\"a\":", depth))}1{new string('}', depth)}");

        Assert.True(Engine.Read(Nested(31)).Succeeded);
        Json.Refused("invalidSyntax", "body-malformed", Engine.Read(Nested(32)));
        Json.Refused("invalidSyntax", "body-malformed", Engine.Read(Nested(100_000)));
    }

    [Fact]
    public void Elements_UpToTheLimitAndNoFurther()
    {
        string Emails(int count) => Engine.Body($"\"emails\":[{string.Join(',', Enumerable.Repeat("""{"value":"a"}""", count))}]");

        Assert.True(Engine.Read(Emails(1_000)).Succeeded);
        Json.Refused("invalidValue", "too-many-values", Engine.Read(Emails(1_001)));
    }

    // An error repeats only so much of what was sent.
    [Fact]
    public void Error_AboutALongName_IsShort()
    {
        var name = new string('n', 100_000);

        Assert.InRange(Engine.Read(Engine.Body($"\"{name}\":1,\"{name.ToUpperInvariant()}\":2")).Error.Detail.Length, 1, 300);
    }
}

using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace OrleansIdentity.Api.Tests.Product;

/// <summary>An answer, read to its end.</summary>
public sealed record ScimAnswer(int Status, string? ContentType, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonObject? Body => Text.Length > 0 ? JsonNode.Parse(Text) as JsonObject : null;

    public string? ScimType => Body?["scimType"]?.GetValue<string>();

    public string Detail => Body?["detail"]?.GetValue<string>() ?? "";

    public static async Task<ScimAnswer> ReadAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Content.Headers.ContentType?.MediaType,
        await response.Content.ReadAsStringAsync(),
        response.Headers,
        response.Content.Headers);

    /// <summary>Asserts that it is a SCIM error (RFC 7644 §3.12) with this status and keyword.</summary>
    public void ShouldBeError(int status, string? scimType = null)
    {
        Assert.Equal(status, Status);
        Assert.Equal(ScimClient.MediaType, ContentType);
        var body = Assert.IsType<JsonObject>(Body);
        Assert.Equal("urn:ietf:params:scim:api:messages:2.0:Error", body["schemas"]?[0]?.GetValue<string>());
        Assert.Equal(status.ToString(System.Globalization.CultureInfo.InvariantCulture), body["status"]?.GetValue<string>());
        Assert.Equal(scimType, ScimType);
        Assert.NotEmpty(Detail);
    }
}

using System.Net;
using System.Text;
using OrleansIdentity.Okta.Errors;
using OrleansIdentity.Okta.Results;
using OrleansIdentity.Okta.Tests.Support;
using OrleansIdentity.OktaSimulator.Management.Faults;

namespace OrleansIdentity.Okta.Tests.Errors;

/// <summary>Error bodies, §5.4: each becomes what an admin can act on.</summary>
public class AnswerFailuresTests
{
    [Theory]
    [InlineData(401, "E0000011", "okta-token-invalid")]
    [InlineData(401, "E0000004", "okta-authentication-failed")]
    [InlineData(403, "E0000006", "okta-not-permitted")]
    [InlineData(405, "E0000022", "okta-not-available")]
    [InlineData(403, "E0000022", "okta-not-available")]
    [InlineData(400, "E0000001", "okta-request-invalid")]
    [InlineData(400, "E0000031", "okta-request-invalid")]
    [InlineData(403, "E9999999", "okta-not-permitted")]
    [InlineData(401, "", "okta-authentication-failed")]
    public void Of_RefusingCode_IsRefused(int status, string code, string id)
    {
        var error = Assert.IsType<OktaFailure.Refused>(Of(status, code)).Error;

        Assert.Equal(id, error.Id);
        Assert.Equal(code.Length == 0 ? null : code, error.Code);
        Assert.Equal("oae1234567890", error.ErrorId);
    }

    [Theory]
    [InlineData(500, "E0000009", "okta-server-error")]
    [InlineData(503, "", "okta-server-error")]
    [InlineData(302, "", "okta-redirected")]
    [InlineData(404, "", "okta-unexpected-answer")]
    [InlineData(418, "", "okta-unexpected-answer")]
    public void Of_AnythingElse_SaysNothingAboutTheUser(int status, string code, string id) =>
        Assert.Equal(id, Assert.IsType<OktaFailure.Unreachable>(Of(status, code)).Error.Id);

    [Fact]
    public void Of_NotFound_IsNotFound() => Assert.IsType<OktaFailure.NotFound>(Of(404, "E0000007"));

    [Fact]
    public async Task GetApp_ServerErrorPasses_IsRepeated()
    {
        await using var harness = await Harness.StartAsync();
        harness.Org.Faults.Add(new Fault(FaultKind.ServerError, Times: 2) { Status = 503 });

        Assert.Equal(harness.App.Id, Harness.Parse(await harness.Client.GetAppAsync(harness.App.Id)).Id);
        Assert.Equal(3, harness.Org.Requests.All.Count);
    }

    [Fact]
    public async Task GetApp_ServerErrorStays_IsGivenUp()
    {
        await using var harness = await Harness.StartAsync();
        harness.Org.Faults.Add(new Fault(FaultKind.ServerError, Times: 99));

        Assert.Equal("okta-server-error", (await harness.Client.GetAppAsync(harness.App.Id)).UnreachableId());
        Assert.Equal(3, harness.Org.Requests.All.Count);
    }

    private static OktaFailure Of(int status, string code) => AnswerFailures.Of(
        (HttpStatusCode)status, Encoding.UTF8.GetBytes(code.Length == 0 ? """{"errorId":"oae1234567890"}""" : $$"""{"errorCode":"{{code}}","errorId":"oae1234567890"}"""), hadCursor: false);
}

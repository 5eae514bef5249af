using OrleansIdentity.Saml.Certificates;
using OrleansIdentity.Saml.Parties;
using OrleansIdentity.Saml.Responses;
using OrleansIdentity.Saml.Tests.Support;

namespace OrleansIdentity.Saml.Tests.Attacks;

/// <summary>Rows 24, 25, 28 and 38 of the attacks: too early, too late, once more, of a failed sign-in, by a key out of date. The skew is two minutes.</summary>
public sealed class TimeTests
{
    private const double Tick = 0.001 / 60;

    // Row 24.
    [Theory]
    [InlineData(-2)]
    [InlineData(-60)]
    public async Task Validate_Expired_IsRefused(double minutes) =>
        await Judge.RefusesAsync("saml-expired", new Genuine { NotOnOrAfter = Genuine.At(minutes) }.Signed(), $"{minutes}");

    [Theory]
    [InlineData(-2)]
    [InlineData(-60)]
    public async Task Validate_ConfirmationExpired_IsRefused(double minutes) =>
        await Judge.RefusesAsync("saml-subject-expired", new Genuine { SubjectNotOnOrAfter = Genuine.At(minutes) }.Signed(), $"{minutes}");

    [Theory]
    [InlineData(2 + Tick)]
    [InlineData(60)]
    public async Task Validate_NotYetValid_IsRefused(double minutes) =>
        await Judge.RefusesAsync("saml-not-yet-valid", new Genuine { NotBefore = Genuine.At(minutes) }.Signed(), $"{(int)minutes}");

    [Fact]
    public async Task Validate_WithinTheSkew_IsAccepted() => await Judge.AcceptsAsync(new Genuine
    {
        NotBefore = Genuine.At(2), NotOnOrAfter = Genuine.At(-2 + Tick), SubjectNotOnOrAfter = Genuine.At(-2 + Tick), AuthnInstant = Genuine.At(2),
    }.Signed());

    [Fact]
    public async Task Validate_NoSkew_RefusesTheVeryMoment() => await Judge.RefusesAsync(
        "saml-expired", new Genuine { NotOnOrAfter = Genuine.At(0) }.Signed() with { Policy = new SamlPolicy { ClockSkew = TimeSpan.Zero } });

    [Theory]
    [InlineData(-1)]
    [InlineData(301)]
    public void ClockSkew_NegativeOrBeyondFiveMinutes_Throws(int seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamlPolicy { ClockSkew = TimeSpan.FromSeconds(seconds) });

    // Core §1.3.3: UTC, written with Z; the time zone of this machine never counts.
    [Theory]
    [InlineData("2026-03-01T13:00:00")]
    [InlineData("2026-03-01T13:00:00+01:00")]
    [InlineData("2026-03-01")]
    [InlineData("tomorrow")]
    [InlineData("")]
    [InlineData("2026-02-30T13:00:00Z")]
    [InlineData("2026-03-01T13:00:00.Z")]
    [InlineData("2026-03-01T13:00:00.-1Z")]
    [InlineData("2026-03-01T13:00:00Z\n")]
    [InlineData("Z")]
    public async Task Validate_TimeThatIsNoUtcInstant_IsRefused(string time) =>
        await Judge.RefusesAsync("saml-conditions", new Genuine { NotOnOrAfter = time.Replace("\n", "&#10;") }.Signed(), time);

    [Theory]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z")]
    [InlineData("2026-03-01T13:00:00.123456789Z")]
    public async Task Validate_ExtremeTimes_IsAccepted(string time)
    {
        var identity = await Judge.AcceptsAsync(
            new Genuine { NotBefore = "0001-01-01T00:00:00Z", NotOnOrAfter = time, SubjectNotOnOrAfter = time, SessionNotOnOrAfter = time }.Signed(), time);

        Assert.True(identity.ReplayUntil >= identity.SessionNotOnOrAfter);
    }

    // Row 25, with the port as a caller implements it; that it holds on another node and after a restart is a matter of the caller's store.
    [Fact]
    public void Validate_TheSameAgain_IsKnownByItsIdUntilItWouldBeRefused()
    {
        var seen = new Dictionary<string, DateTimeOffset>();
        var response = new Genuine().Signed();

        Assert.True(Use(response));
        Assert.False(Use(response));
        Assert.False(Use(response.With(xml => xml.Replace("\"_response\"", "\"_another\""))));
        Assert.True(Use(new Genuine { AssertionId = "_next" }.Signed()));

        // To the last moment the id must be kept it is needed, and from then on it is not.
        var until = seen["_assertion"];
        Assert.False(Use(response with { Now = until.AddTicks(-1) }));
        Assert.False((response with { Now = until }).Validate().TryGet(out _, out var refusal));
        Assert.Equal("saml-subject-expired", refusal.Id);

        bool Use(SamlCase @case)
        {
            Assert.True((@case with { Now = @case.Now }).Validate().TryGet(out var identity, out var refused) || refused.Id == "saml-expired");
            return identity is not null && seen.TryAdd(identity.AssertionId, identity.ReplayUntil);
        }
    }

    // Row 28.
    [Theory]
    [InlineData("urn:oasis:names:tc:SAML:2.0:status:Responder")]
    [InlineData("urn:oasis:names:tc:SAML:2.0:status:success")]
    [InlineData("")]
    public async Task Validate_OtherStatusWithAnAssertion_IsRefused(string status) =>
        await Judge.RefusesAsync("saml-status", new Genuine { Status = status }.Signed(), status);

    [Fact]
    public async Task Validate_SuccessBelowAFailure_IsRefused() => await Judge.RefusesAsync(
        "saml-status",
        new Genuine { Status = "urn:oasis:names:tc:SAML:2.0:status:Requester", StatusContent = $"<samlp:StatusCode Value=\"{SamlNames.Success}\"/>" }.Signed());

    [Fact]
    public async Task Validate_FailureWithoutAssertion_TellsItsStatus()
    {
        var failure = SamlCase.Of(Doc.Edit(
            new Genuine { Status = "urn:oasis:names:tc:SAML:2.0:status:Responder", StatusContent = "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:AuthnFailed\"/>" }.ToXml(),
            document => document.DocumentElement!.RemoveChild(Doc.Find(document, "Assertion"))));

        await Judge.RefusesAsync("saml-status", failure);
        Assert.False(failure.Validate().TryGet(out _, out var refusal));
        Assert.Contains("status:AuthnFailed", refusal.Detail);
    }

    [Fact]
    public async Task Validate_SuccessWithoutAssertion_IsRefused() => await Judge.RefusesAsync(
        "saml-assertion-count", SamlCase.Of(Doc.Edit(new Genuine().ToXml(), document => document.DocumentElement!.RemoveChild(Doc.Find(document, "Assertion")))));

    // Row 38.
    [Fact]
    public async Task Validate_ExpiredCertificate_IsRefused() => await Judge.RefusesAsync(
        "saml-certificate-expired", new Genuine().Signed(new Signing { Key = TestKey.Expired }) with { Certificates = TestKey.Trusting(TestKey.Expired) });

    [Fact]
    public async Task Validate_ExpiredCertificateThatThePolicyAccepts_IsAccepted() => await Judge.AcceptsAsync(
        new Genuine().Signed(new Signing { Key = TestKey.Expired }) with
        {
            Certificates = TestKey.Trusting(TestKey.Expired),
            Policy = new SamlPolicy { ExpiredCertificates = ExpiredCertificates.Accept },
        });

    [Fact]
    public async Task Validate_RotatedCertificate_IsAcceptedUntilTheGraceIsOver()
    {
        Assert.True(TestKey.Trusting(TestKey.Idp).Rotate(TestKey.Other.Certificate, Tenant.Now, TimeSpan.FromMinutes(1)).TryGet(out var rotated, out _));
        var old = new Genuine().Signed() with { Certificates = rotated };
        var next = new Genuine().Signed(new Signing { Key = TestKey.Other }) with { Certificates = rotated };

        await Judge.AcceptsAsync(old, "old, in grace");
        await Judge.AcceptsAsync(next, "new");
        await Judge.RefusesAsync("saml-signature-invalid", old with { Now = Tenant.Now.AddMinutes(1) }, "old, after grace");
    }

    [Fact]
    public async Task Validate_NoCertificate_IsRefused() =>
        await Judge.RefusesAsync("saml-certificate-none", new Genuine().Signed() with { Certificates = SigningCertificates.None });
}

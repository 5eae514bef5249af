using OrleansIdentity.Saml.Refusals;

namespace OrleansIdentity.Saml.Certificates;

/// <summary>The certificates of an identity provider: the current one and, while it rotates, another. A value; each change gives a new one.</summary>
public sealed class SigningCertificates
{
    /// <summary>How many can be live at once.</summary>
    public const int MaxLive = 2;

    private SigningCertificates(IReadOnlyList<TrustedCertificate> all) => All = all;

    /// <summary>No certificate: every response is refused.</summary>
    public static SigningCertificates None { get; } = new([]);

    /// <summary>All of them, those out of force too, oldest first.</summary>
    public IReadOnlyList<TrustedCertificate> All { get; }

    /// <summary>Trusts these, such as those of imported metadata.</summary>
    /// <returns>The certificates, each once; or <c>saml-certificate-too-many</c>.</returns>
    public static SamlOutcome<SigningCertificates> Of(params IEnumerable<TrustedCertificate> certificates)
    {
        var all = certificates.DistinctBy(trusted => trusted.Certificate.Thumbprint).ToList();
        return all.Count <= MaxLive ? new SigningCertificates(all) : SetupRefusals.TooManyCertificates(MaxLive);
    }

    /// <summary>Those that are trusted at this moment.</summary>
    public IEnumerable<SamlCertificate> LiveAt(DateTimeOffset now) => All.Where(trusted => trusted.IsLiveAt(now)).Select(trusted => trusted.Certificate);

    /// <summary>Makes <paramref name="next"/> the current one; the one before it is trusted for the grace period still. What is out of force is dropped.</summary>
    /// <returns>The certificates after the change; or <c>saml-certificate-too-many</c> while an earlier rotation is not over.</returns>
    public SamlOutcome<SigningCertificates> Rotate(SamlCertificate next, DateTimeOffset now, TimeSpan grace) => Of(All
        .Where(trusted => trusted.IsLiveAt(now) && trusted.Certificate.Thumbprint != next.Thumbprint)
        .Select(trusted => trusted with { Until = trusted.Until ?? now + grace })
        .Append(new TrustedCertificate(next)));
}

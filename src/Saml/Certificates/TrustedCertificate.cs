namespace OrleansIdentity.Saml.Certificates;

/// <summary>A certificate and until when it is trusted.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Until">The moment from which it is trusted no more, set when another one took its place; null while it is the current one.</param>
public sealed record TrustedCertificate(SamlCertificate Certificate, DateTimeOffset? Until = null)
{
    /// <summary>Whether it is trusted at this moment. Its own days of validity are a matter of policy, not of this.</summary>
    public bool IsLiveAt(DateTimeOffset now) => Until is not { } until || now < until;
}
